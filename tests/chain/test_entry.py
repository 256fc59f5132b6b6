"""Sealing, opening and parsing of entries, and the attacks that they must notice."""

import json

import pytest

from evidence_chain import canonical
from evidence_chain.entry import RELATIONS, is_evidence, open_record, opens, parse, seal
from evidence_chain.errors import FormatError, ProofError
from evidence_chain.verify.record import check_commitments, check_entry
from evidence_chain.verify.report import Outcome, Report

SEED = bytes(range(32))
FIELDS = {
    "slug": "gates",
    "statement": "Three gates – “drei Tore” – 三个门",
    "note": None,
    "pages": [3, {"from": 4}],
}
ID = "ab" * 32


@pytest.fixture
def record():
    return seal("claim", FIELDS, seed=SEED)


def opened(record, **changed):
    entry, body, salts = (
        changed.get(name, getattr(record, name)) for name in ("entry", "body", "salts")
    )
    return open_record(parse(entry), body, salts)


def opens_quickly(record, **changed):
    """Whether a line of a log with these members is affirmed; False for what is read by none."""
    body, salts = (changed.get(name, getattr(record, name)) for name in ("body", "salts"))
    try:
        values, said = map(canonical.decode, (body, salts))
    except FormatError:
        return False
    same = isinstance(values, dict) and isinstance(said, dict) and values.keys() == said.keys()
    return same and opens(parse(record.entry), values, said, body)


def disclosure(record, *names):
    """Body and salts that disclose the fields `names` alone."""
    body, salts = json.loads(record.body), json.loads(record.salts)
    return {
        "body": canonical.encode({name: body[name] for name in names}),
        "salts": canonical.encode({name: salts[name] for name in names}),
    }


def flips(data):
    """`data` with each one of its bits changed."""
    for at, byte in enumerate(data):
        for bit in range(8):
            yield data[:at] + bytes([byte ^ 1 << bit]) + data[at + 1 :]


def entry_text(**changed):
    return canonical.encode({"kind": "claim", "open": {}, "sealed": {}, "v": 1} | changed)


# Sealing and opening


def test_nothing_disclosed_opens_to_nothing(record):
    assert opened(record, body=b"{}", salts=b"{}") == {}


def test_equal_values_have_unequal_commitments():
    sealed = parse(seal("claim", {"a": 1, "b": 1}, seed=SEED).entry).sealed
    again = parse(seal("claim", {"a": 1, "b": 1}, seed=bytes(32)).entry).sealed
    assert len({*sealed.values(), *again.values()}) == 4


def test_a_bare_record_has_no_fields():
    record = seal("claim", {}, seed=SEED)
    assert record.entry == entry_text()
    assert opened(record) == {}


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_a_seed_of_another_length_is_refused(size):
    with pytest.raises(FormatError, match=f"32 bytes, this one {size}"):
        seal("claim", FIELDS, seed=bytes(size))


@pytest.mark.parametrize(
    "fields", [{"a": 1.0}, {"a": 2**53}, {"a": "\ud800"}, {"\ud800": 1}, {1: 1}, {"a": (1,)}]
)
def test_what_has_no_canonical_json_is_not_sealed(fields):
    with pytest.raises(FormatError):
        seal("claim", fields, seed=SEED)


@pytest.mark.parametrize(
    ("kind", "public"), [("verdict", None), ("claim", {"to": ID}), ("retraction", None)]
)
def test_what_no_reader_would_take_is_not_sealed(kind, public):
    with pytest.raises(FormatError):
        seal(kind, {}, seed=SEED, public=public)


@pytest.mark.parametrize(
    ("body", "salts"),
    [
        (b"[]", b"[]"),
        (b"null", b"null"),
        (b"1", b"1"),
        (b'{"slug":"gates"}', b"{}"),
        (b"{}", b'{"slug":"00"}'),
        (b'{ "slug":"gates"}', b'{"slug":"00"}'),
        (b'{"slug":"gates"}', b"not JSON"),
        (b"", b""),
    ],
)
def test_a_disclosure_of_another_shape_is_refused(record, body, salts):
    with pytest.raises(FormatError):
        opened(record, body=body, salts=salts)


@pytest.mark.parametrize("salt", [None, 0, "", "00", "00" * 31, "00" * 33, "GG" * 32, ["00" * 32]])
def test_a_salt_that_is_none_is_refused(record, salt):
    with pytest.raises(FormatError, match="64 hex digits"):
        opened(record, body=b'{"slug":"gates"}', salts=canonical.encode({"slug": salt}))


def test_a_salt_in_capitals_is_refused(record):
    one = disclosure(record, "slug")
    with pytest.raises(FormatError, match="64 hex digits"):
        opened(record, body=one["body"], salts=b'{"slug":"' + one["salts"][9:-2].upper() + b'"}')


def test_every_wrong_field_is_named(record):
    body = canonical.encode(FIELDS | {"slug": "gate", "note": "", "extra": None})
    salts = canonical.encode(json.loads(record.salts) | {"extra": "00" * 32})
    with pytest.raises(ProofError, match="extra, note, slug"):
        opened(record, body=body, salts=salts)


# Any change of any byte


def test_every_bit_of_the_entry_counts(record):
    for entry in flips(record.entry):
        report = Report()
        check_entry(0, record.id, entry, report)
        assert report.outcome is Outcome.FAILED, entry


@pytest.mark.parametrize("part", ["body", "salts"])
def test_every_bit_of_names_values_and_salts_counts(record, part):
    for changed in flips(getattr(record, part)):
        with pytest.raises((FormatError, ProofError)):
            pytest.fail(str(opened(record, **{part: changed})))
        assert not opens_quickly(record, **{part: changed})


def test_what_was_sealed_opens_quickly(record):
    assert opens_quickly(record)
    assert opens_quickly(record, **disclosure(record, "note", "slug"))


def test_a_seed_that_does_not_give_the_salts_fails(record):
    report = Report()
    line = check_entry(0, record.id, record.entry, report)
    check_commitments(line, record.body, record.salts, bytes(32), report)
    assert [(check.check, check.outcome) for check in report.findings] == [
        ("commitment", Outcome.FAILED)
    ]


# Parsing


@pytest.mark.parametrize("kind", ["artifact", "original", "claim", "evidence/quote"])
def test_kinds_with_nothing_open(kind):
    assert parse(entry_text(kind=kind)).kind == kind
    with pytest.raises(FormatError, match="nothing in `open`"):
        parse(entry_text(kind=kind, open={"to": ID}))


@pytest.mark.parametrize("relation", RELATIONS)
def test_links_are_open(relation):
    public = {"from": ID, "to": "cd" * 32, "relation": relation}
    assert parse(entry_text(kind="link", open=public)).open == public


@pytest.mark.parametrize("kind", ["retraction", "erasure"])
def test_notices_name_a_record(kind):
    assert parse(entry_text(kind=kind, open={"to": ID})).open == {"to": ID}


@pytest.mark.parametrize("verdict", ["approved", "rejected"])
def test_reviews_have_a_verdict(verdict):
    public = {"to": ID, "verdict": verdict}
    assert parse(entry_text(kind="review", open=public)).open == public


@pytest.mark.parametrize(
    "kind", ["evidence/quote", "evidence/tender-clause", "evidence/x", "evidence/a1-b2"]
)
def test_names_of_evidence(kind):
    assert is_evidence(kind)
    assert parse(entry_text(kind=kind)).kind == kind


@pytest.mark.parametrize(
    "kind",
    [
        *("evidence", "evidence/", "evidence/Quote", "evidence/a_b", "evidence/a/b", "Claim"),
        *("evidence/-a", "evidence/a-", "evidence/a--b", "evidence/é", "evidence/quote\n", ""),
        *("x/evidence/quote", None, 1, [], {}, ["claim"]),
    ],
)
def test_what_is_no_kind(kind):
    with pytest.raises(FormatError, match="unknown"):
        parse(entry_text(kind=kind))


@pytest.mark.parametrize(
    "sealed",
    [[], None, {"a": None}, {"a": "00"}, {"a": "0G" * 32}, {"a": "AB" * 32}, {"a": ["00" * 32]}],
)
def test_what_is_no_commitment(sealed):
    with pytest.raises(FormatError, match="64 hex digits"):
        parse(entry_text(sealed=sealed))


@pytest.mark.parametrize("key", ["kind", "open", "sealed", "v"])
def test_an_entry_that_lacks_a_key(key):
    value = json.loads(entry_text())
    del value[key]
    with pytest.raises(FormatError, match="keys kind, open, sealed and v"):
        parse(canonical.encode(value))


@pytest.mark.parametrize("value", ["[]", "null", "1", '"claim"', "{}", ""])
def test_what_is_no_entry(value):
    with pytest.raises(FormatError):
        parse(value.encode())


@pytest.mark.parametrize("id_", ["", "ab", "ab" * 31, "ab" * 33, "AB" * 32, None, 1, [], {}])
def test_what_is_no_id(id_):
    with pytest.raises(FormatError, match="knows"):
        parse(entry_text(kind="retraction", open={"to": id_}))
