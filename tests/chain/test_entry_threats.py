"""What an adversary may try on entries and disclosures, by the row of the threat list."""

import json

import pytest

from evidence_chain import canonical
from evidence_chain.entry import MAX_ENTRY, MAX_VALUE, open_record, parse, seal
from evidence_chain.errors import FormatError, ProofError, RuleError

SEED = bytes(range(32))
FIELDS = {"slug": "gates", "statement": "Three gates", "note": None}
ID = "ab" * 32


@pytest.fixture
def record():
    return seal("claim", FIELDS, seed=SEED)


def opened(record, **changed):
    body, salts = (changed.get(name, getattr(record, name)) for name in ("body", "salts"))
    return open_record(parse(record.entry), body, salts)


def entry_text(**changed):
    return canonical.encode({"kind": "claim", "open": {}, "sealed": {}, "v": 1} | changed)


def test_what_the_attacks_start_from_holds(record):
    assert opened(record) == FIELDS


@pytest.mark.parametrize(
    ("sealed", "claimed"),
    [({"n": 12}, {"n1": 2}), ({"n1": 2}, {"n": 12}), ({"": 10}, {"1": 0}), ({"0": 1}, {"": 1})],
)
def test_row_20_bytes_moved_between_name_and_value(sealed, claimed):
    record = seal("claim", sealed, seed=SEED)
    (name,), (other,) = sealed, claimed
    forged = entry_text(sealed={other: parse(record.entry).sealed[name]})
    salts = canonical.encode({other: json.loads(record.salts)[name]})
    with pytest.raises(ProofError, match="Not what was committed to"):
        open_record(parse(forged), canonical.encode(claimed), salts)


def test_row_20_bytes_moved_between_two_fields():
    record = seal("claim", {"a": "12", "b": "3"}, seed=SEED)
    with pytest.raises(ProofError, match="a, b"):
        opened(record, body=canonical.encode({"a": "1", "b": "23"}))


def test_row_21_a_disclosure_moved_to_another_record(record):
    other = seal("claim", FIELDS, seed=bytes(32))
    with pytest.raises(ProofError, match="note, slug, statement"):
        opened(record, body=other.body, salts=other.salts)


@pytest.mark.parametrize("with_salts", [True, False])
def test_row_21_two_fields_swapped(with_salts):
    record = seal("claim", {"speaker": "Ada", "recipient": "Bob"}, seed=SEED)
    salts = json.loads(record.salts)
    if with_salts:
        salts = {"speaker": salts["recipient"], "recipient": salts["speaker"]}
    with pytest.raises(ProofError, match="recipient, speaker"):
        opened(
            record,
            body=canonical.encode({"speaker": "Bob", "recipient": "Ada"}),
            salts=canonical.encode(salts),
        )


BAD_JSON = {
    "duplicate keys": b'{"a":1,"a":1}',
    "duplicate keys, escaped": b'{"a":1,"\\u0061":1}',
    "float": b'{"a":1.5}',
    "integer as float": b'{"a":1.0}',
    "exponent": b'{"a":1e2}',
    "minus zero": b'{"a":-0}',
    "beyond every float": b'{"a":1e400}',
    "NaN": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "2**53": b'{"a":9007199254740992}',
    "-2**53": b'{"a":-9007199254740992}',
    "2**64": b'{"a":18446744073709551616}',
    "5,000 digits": b'{"a":' + b"9" * 5000 + b"}",
    "leading zero": b'{"a":01}',
    "byte-order mark": b'\xef\xbb\xbf{"a":1}',
    "UTF-16": '{"a":1}'.encode("utf-16-le"),
    "bad UTF-8": b'{"a":"\xff"}',
    "overlong UTF-8": b'{"a":"\xc0\xaf"}',
    "UTF-8 of a surrogate": b'{"a":"\xed\xa0\x80"}',
    "lone surrogate": b'{"a":"\\ud800"}',
    "surrogates the wrong way round": b'{"a":"\\udc00\\ud800"}',
    "surrogate in a key": b'{"\\ud800":1}',
    "pair of surrogates": b'{"a":"\\ud83d\\ude00"}',
    "escaped slash": b'{"a":"\\/"}',
    "escaped letter": b'{"a":"\\u0062"}',
    "escape in capitals": b'{"a":"\\u001F"}',
    "long escape of a newline": b'{"a":"\\u000a"}',
    "raw control character": b'{"a":"\n"}',
    "white space": b'{"a": 1}',
    "newline at the end": b'{"a":1}\n',
    "two values": b'{"a":1}{"a":1}',
    "trailing comma": b'{"a":1,}',
    "order of keys": b'{"b":1,"a":1}',
    "order of keys by UTF-8": '{"\ue000":1,"\U0001f600":1}'.encode(),
    "10,000 levels": b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "100,000 levels, open": b"[" * 100_000,
    "nothing": b"",
}


@pytest.mark.parametrize("parser", ["orjson", "json"])
@pytest.mark.parametrize("what", BAD_JSON)
def test_row_29_json_that_two_programs_may_read_differently(record, what, parser, monkeypatch):
    if parser == "json":
        monkeypatch.setattr(canonical, "orjson", None)
    bad = BAD_JSON[what]
    with pytest.raises(FormatError):
        parse(bad)
    with pytest.raises(FormatError):
        parse(entry_text().replace(b'"sealed":{}', b'"sealed":' + bad))
    with pytest.raises(FormatError):
        opened(record, body=bad)
    with pytest.raises(FormatError):
        opened(record, salts=bad)


@pytest.mark.parametrize("parser", ["orjson", "json"])
@pytest.mark.parametrize("levels", [range(1, 301, 20), range(800, 1100)], ids=["few", "many"])
def test_row_29_levels_around_the_limits_of_parsers(levels, parser, monkeypatch):
    if parser == "json":
        monkeypatch.setattr(canonical, "orjson", None)
    for level in levels:
        with pytest.raises(FormatError):
            parse(entry_text().replace(b"{}", b"[" * level + b"]" * level, 1))


def test_row_30_the_largest_entry():
    name = "n" * (MAX_ENTRY - len(entry_text(sealed={"": "00" * 32})))
    entry = entry_text(sealed={name: "00" * 32})
    assert len(entry) == 65_535
    assert parse(entry).sealed == {name: "00" * 32}


def test_row_30_an_entry_of_65_536_bytes():
    name = "n" * (MAX_ENTRY + 1 - len(entry_text(sealed={"": "00" * 32})))
    with pytest.raises(FormatError, match="65,536 bytes; 65,535 is the most"):
        parse(entry_text(sealed={name: "00" * 32}))
    with pytest.raises(FormatError, match="65,536 bytes; 65,535 is the most"):
        seal("claim", {name: None}, seed=SEED)


def test_row_30_the_largest_value():
    value = "x" * (MAX_VALUE - len('""'))
    assert opened(seal("claim", {"a": value}, seed=SEED)) == {"a": value}


def test_row_30_a_value_that_is_larger():
    with pytest.raises(RuleError, match=r"'a' has 1,048,577 bytes.*Preserve long text as a file"):
        seal("claim", {"a": "x" * (MAX_VALUE - 1)}, seed=SEED)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kind": "verdict"}, "kind 'verdict' is unknown"),
        ({"v": 0}, "version 0"),
        ({"v": 2}, "version 2"),
        ({"v": "1"}, "version '1'"),
        ({"v": True}, "version True"),
        ({"v": None}, "version None"),
        ({"extra": 1}, "and no others"),
        ({"open": {"colour": "red"}}, "nothing in `open`"),
        ({"open": []}, "nothing in `open`"),
        ({"kind": "link"}, "from, relation, to in `open`"),
        ({"kind": "link", "open": {"from": ID, "to": ID}}, "from, relation, to in `open`"),
        (
            {"kind": "link", "open": {"from": ID, "to": ID, "relation": "proves"}},
            "'proves' is no relation",
        ),
        ({"kind": "link", "open": {"from": ID, "to": ID, "relation": ID}}, "is no relation"),
        ({"kind": "link", "open": {"from": ID, "to": ID, "relation": []}}, "is no relation"),
        (
            {"kind": "link", "open": {"from": ID, "to": ID, "relation": "supports", "x": ID}},
            "from, relation, to in `open`",
        ),
        ({"kind": "review", "open": {"to": ID, "verdict": "true"}}, "'true' is no verdict"),
        ({"kind": "retraction", "open": {"to": ID, "verdict": "approved"}}, "to in `open`"),
    ],
)
def test_row_31_what_this_version_does_not_know(changed, message):
    with pytest.raises(FormatError, match=message):
        parse(entry_text(**changed))
