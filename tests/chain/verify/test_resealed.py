"""Sealing again accepts nothing that the checks one by one would not, and most of what holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain import canonical
from evidence_chain.digest import b3
from evidence_chain.entry import seal
from evidence_chain.shape import commitments, shape_of
from evidence_chain.verify.record import check_commitments, check_entry
from evidence_chain.verify.report import Report
from evidence_chain.verify.resealed import reseal

SEED = bytes(range(32))
RECORDED = {"recorded_at": "2031-05-03T10:00:00Z", "recorded_by": "Ada"}
SELECTOR = [{"type": "TextPositionSelector", "start": 1, "end": 2**40}, {"exact": "ü “海”"}]
LINK = {"from": "ab" * 32, "relation": "supports", "to": "cd" * 32}
HONEST = [
    seal("claim", RECORDED | {"slug": "a", "statement": 'He said "no".\n'}, seed=SEED),
    seal("evidence/quote", RECORDED | {"text": "Straße", "selector": SELECTOR}, seed=SEED),
    seal("link", RECORDED | {"note": None, "translated": True}, public=LINK, seed=SEED),
    seal("review", RECORDED, public={"to": "ab" * 32, "verdict": "approved"}, seed=SEED),
]
UNUSUAL = [
    seal("claim", RECORDED | {"slug": "\U0001f4f7"}, seed=SEED),
    seal("claim", RECORDED | {"of the reader": "%s"}, seed=SEED),
    seal("claim", {"slug": "nobody recorded it"}, seed=SEED),
]


def holds(entry, body, seed):
    """Whether the checks one by one say that entry and all values hold; and what they read."""
    report = Report()
    opened = check_entry(0, b3(entry.encode()).hex(), entry.encode(), report)
    values = json.loads(body)
    names = canonical.decode(entry.encode())["sealed"] if opened.entry else ()
    salts = seal("claim", dict.fromkeys(names), seed=seed).salts if names else b"{}"
    check_commitments(opened, body.encode(), salts, seed, report)
    return not report.findings and opened.values == values and bool(values)


def said(record):
    return record.entry.decode(), record.body.decode(), record.seed


@pytest.mark.parametrize("record", HONEST, ids=lambda one: one.parsed.kind)
def test_what_was_sealed_is_sealed_again(record):
    found = reseal(*said(record))
    assert found is not None
    assert found == (record.parsed.kind, record.parsed.open, json.loads(record.body))
    assert holds(*said(record))


@pytest.mark.parametrize("record", UNUSUAL, ids=["above U+FFFF", "a name", "not recorded"])
def test_what_is_unusual_is_left_to_the_checks_one_by_one(record):
    assert reseal(*said(record)) is None


def changed(text, data):
    """A text with one place replaced, doubled, removed or filled from elsewhere in it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 70)))
    source = data.draw(st.integers(0, len(text)))
    filling = data.draw(
        st.sampled_from(["", " ", "0", "1.0", "null", '"', "\\u0041", "{}", "e", "é", "%s", ',"'])
        | st.just(text[source : source + data.draw(st.integers(0, 70))])
    )
    return text[:start] + filling + text[end:]


@given(st.sampled_from(HONEST), st.sampled_from(["entry", "body", "both"]), st.data())
def test_nothing_is_accepted_that_the_checks_one_by_one_would_not(record, where, data):
    entry, body, seed = said(record)
    if where != "body":
        entry = changed(entry, data)
    if where != "entry":
        body = changed(body, data)
    if reseal(entry, body, seed) is not None:
        assert holds(entry, body, seed)


def forged(field):
    """What a forger seals as they should, but for a body that `seal` would not make."""
    record = seal("claim", RECORDED | {"slug": None}, seed=SEED)
    body, salts = json.loads(record.body) | {"slug": field}, json.loads(record.salts)
    spelt = {name: json.dumps(value, separators=(",", ":")) for name, value in body.items()}
    found = commitments(
        shape_of(tuple(body)),
        bytes.fromhex("".join(salts.values())),
        [value.encode() for value in spelt.values()],
    )
    entry = json.loads(record.entry) | {"sealed": dict(zip(body, found, strict=True))}
    said = ",".join(f'"{name}":{value}' for name, value in spelt.items())
    return json.dumps(entry, sort_keys=True, separators=(",", ":")), f"{{{said}}}", SEED


@pytest.mark.parametrize(
    "value", [1.5, 2**53, [1, [2.0]], {"a": -(2**53)}, json.loads("[" * 101 + "]" * 101)], ids=str
)
def test_what_is_outside_the_profile_is_not_accepted_though_it_was_committed_to(value):
    assert reseal(*forged([1, "a"])) is not None
    assert reseal(*forged(value)) is None
    assert not holds(*forged(value))


def test_another_seed_a_withheld_field_and_an_unknown_kind_are_not_accepted():
    entry, body, seed = said(HONEST[0])
    fewer = {name: value for name, value in json.loads(body).items() if name != "slug"}
    assert reseal(entry, body, bytes(32)) is None
    assert reseal(entry, canonical.encode(fewer).decode(), seed) is None
    assert reseal(entry.replace('"claim"', '"claims"'), body, seed) is None
    assert reseal(entry, "\udc80", seed) is None
