"""A look at a line accepts nothing that reading it closely would not, and most of what holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain import canonical
from evidence_chain.edition.line import Line, body_of, parse
from evidence_chain.edition.usual import read_usual
from evidence_chain.entry import check_values, derive_salts, salts_in_hex, salts_of, seal
from evidence_chain.entry import parse as parse_entry
from evidence_chain.errors import EvidenceError
from evidence_chain.shape import commitments, shape_of
from evidence_chain.values import check_fields

SEED = bytes(range(32))
RECORDED = {"recorded_at": "2031-05-03T10:00:00Z", "recorded_by": "Ada"}
SELECTOR = [{"type": "TextPositionSelector", "start": 1, "end": 2**40}, {"exact": "ü “海”"}]
LINK = {"from": "ab" * 32, "relation": "supports", "to": "cd" * 32}
QUOTED = ',"entry":"{\\"kind\\":'


def line_of(record, withheld=("recorded_by",)):
    body = canonical.decode(record.body)
    salts = salts_in_hex(SEED, record.parsed.sealed)
    shown = [name for name in body if name not in withheld]
    return Line(
        record.entry, {name: body[name] for name in shown}, {name: salts[name] for name in shown}
    ).encoded()


HONEST = [
    line_of(seal("claim", RECORDED | {"slug": "a", "statement": f'"no"{QUOTED}\n'}, seed=SEED)),
    line_of(seal("evidence/quote", RECORDED | {"text": "Straße", "selector": SELECTOR}, seed=SEED)),
    line_of(seal("link", RECORDED | {"note": None, "more": True}, public=LINK, seed=SEED), ()),
    line_of(seal("review", RECORDED, public={"to": "ab" * 32, "verdict": "approved"}, seed=SEED)),
]
UNUSUAL = [
    line_of(seal("claim", RECORDED | {"slug": "\U0001f4f7"}, seed=SEED)),
    line_of(seal("claim", RECORDED | {"of the reader": "%s"}, seed=SEED)),
    line_of(seal("claim", RECORDED | {f"name-{number}": None for number in range(120)}, seed=SEED)),
    line_of(seal("claim", RECORDED | {"slug": "withheld whole"}, seed=SEED), ("slug", *RECORDED)),
]


def forged(kind='"claim"', **values):
    """A line of values as they are given, bytes of JSON, each of which the entry commits to."""
    told = {"recorded_at": b'"2031-05-03T10:00:00Z"', "recorded_by": b'"Ada"', **values}
    names = tuple(sorted(told))
    shape, each = shape_of(names), [told[name] for name in names]
    salts = b"".join(derive_salts(SEED, names).values())
    entry = f'{{"kind":{kind},"open":{{}}{shape.entry_with(commitments(shape, salts, each))}'
    body = b",".join(b'"%b":%b' % (name.encode(), told[name]) for name in names)
    said = canonical.encode_checked(entry), canonical.encode_checked(salts_in_hex(SEED, names))
    return b'{"body":{%b},"entry":%b,"salts":%b}' % (body, *said)


def read_closely(data):
    """The same as `read_usual` gives, or `None` where anything is wrong."""
    try:
        line = parse(data)
        entry = parse_entry(line.entry)
        check_values(entry, salts_of(line.salts), canonical.encode_members(line.body, data))
    except EvidenceError:
        return None
    return None if any(check_fields(entry, line.body)) else (line, entry)


@pytest.mark.parametrize("line", HONEST)
def test_what_holds_is_known_at_one_look(line):
    assert read_usual(line) == read_closely(line) is not None


@pytest.mark.parametrize("line", UNUSUAL)
def test_what_is_unusual_is_left_to_a_closer_reading(line):
    assert read_usual(line) is None
    assert read_closely(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        forged(slug=b"1.5"),
        forged(slug=b"9007199254740992"),
        forged(slug=b'"\\u0041"'),
        forged(slug=b'"a"', more=b'{"b":1,"a":2}'),
        forged(slug=b'"a"', more=b'{"a":1,"a":2}'),
        forged(slug=b'"a"', more=b"[" * 70 + b"]" * 70),
        forged(slug=b"7"),
        forged(recorded_at=b'"yesterday"'),
        forged(kind='"unknown"'),
        forged(kind='["claim"]'),
    ],
)
def test_what_must_not_be_is_not_known(line):
    assert read_usual(forged(slug=b'"a"')) is not None
    assert read_usual(line) is read_closely(line) is None


@given(st.sampled_from(HONEST), st.data())
def test_a_changed_line_is_known_only_where_it_holds(line, data):
    at = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(at, min(len(line), at + 3)))
    other = data.draw(st.one_of(st.binary(max_size=3), st.sampled_from([b"0", b'"', b"}", b"f"])))
    changed = line[:at] + other + line[end:]
    known = read_usual(changed)
    assert known is None or known == read_closely(changed)


@pytest.mark.parametrize("line", [*HONEST, *UNUSUAL, forged(more=f'{{"a":1{QUOTED}1"}}'.encode())])
def test_the_values_of_a_line_are_read_without_the_rest(line):
    values = canonical.orjson.loads(line).get("body")
    assert body_of(line) in (values, None)
    assert line not in HONEST or body_of(line) == values
