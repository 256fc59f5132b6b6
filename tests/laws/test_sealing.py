"""What was sealed opens, and nothing else does."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain import canonical, kinds
from evidence_chain.digest import b3
from evidence_chain.entry import open_record, parse, seal
from evidence_chain.errors import ProofError
from evidence_chain.kinds import AMENDMENT, ARTIFACT, CASE, CLAIM, LINK, ORIGINAL, RETRACTION
from evidence_chain.verify.record import check_commitments, check_entry
from evidence_chain.verify.report import Outcome, Report

SEED = bytes(range(32))
text = st.text(st.characters(codec="utf-8"), max_size=6)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(text, inner, max_size=2),
    max_leaves=3,
)
records = st.builds(
    lambda fields, seed: seal("claim", fields, seed=seed),
    st.dictionaries(text, values, max_size=3),
    st.binary(min_size=32, max_size=32),
)

OPEN = {
    "link": {"from": "ab" * 32, "relation": "supports", "to": "cd" * 32},
    "retraction": {"to": "ab" * 32},
    "amendment": {"to": "ab" * 32},
}
OTHERS = [ARTIFACT, ORIGINAL, CLAIM, LINK, RETRACTION, AMENDMENT, CASE]
KINDS = [*OTHERS, *kinds.evidence_kinds().values()]
TYPED = {
    **{str: st.sampled_from(["a", "words", "海"]), int: st.integers(0, 99), bool: st.booleans()},
    **{list: st.just([1, "a"]), dict: st.just({"a": 1})},
}


def values_of(field):
    """Values that a field may have."""
    if field.form is None:
        return TYPED[field.type]
    examples = ["2031-05-03", "unknown", "2031", "en", "zh-Hans", "https://tide.example"]
    return st.sampled_from([one for one in examples if field.form.fits(one)])


def opened(record, **changed):
    body, salts = (changed.get(name, getattr(record, name)) for name in ("body", "salts"))
    return open_record(parse(record.entry), body, salts)


def disclosure(record, names):
    """Body and salts that disclose the fields `names` alone."""
    body, salts = json.loads(record.body), json.loads(record.salts)
    return {
        "body": canonical.encode({name: body[name] for name in names}),
        "salts": canonical.encode({name: salts[name] for name in names}),
    }


@given(records)
def test_what_was_sealed_opens(record):
    fields = opened(record)
    assert canonical.encode(fields) == record.body
    assert seal("claim", fields, seed=record.seed) == record
    assert b3(record.entry).hex() == record.id


@given(records)
def test_the_order_in_which_fields_were_filled_in_does_not_matter(record):
    fields = json.loads(record.body)
    backwards = {name: fields[name] for name in reversed(fields)}
    assert seal("claim", backwards, seed=record.seed) == record


@given(st.data())
def test_any_selection_of_fields_opens(data):
    record = data.draw(records)
    body = json.loads(record.body)
    names = data.draw(st.lists(st.sampled_from(sorted(body)), unique=True)) if body else []
    assert opened(record, **disclosure(record, names)) == {name: body[name] for name in names}


@given(records, st.data())
def test_what_two_disclosures_show_is_what_one_of_both_shows(record, data):
    body = json.loads(record.body)
    some = st.sets(st.sampled_from(sorted(body))) if body else st.just(set())
    one, other = data.draw(some), data.draw(some)
    shown = [opened(record, **disclosure(record, names)) for names in (one, other, one | other)]
    assert shown[0] | shown[1] == shown[2]
    assert shown[0].keys() & shown[1].keys() == one & other


@given(st.data())
def test_any_change_of_any_byte_is_refused(data):
    record = data.draw(records)
    part = data.draw(st.sampled_from(["entry", "body", "salts"]))
    whole = getattr(record, part)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 3, len(whole))))
    replacement = data.draw(st.binary(max_size=3).filter(lambda new: new != whole[start:end]))
    changed = whole[:start] + replacement + whole[end:]
    report = Report()
    entry = changed if part == "entry" else record.entry
    line = check_entry(0, record.id, entry, report)
    given_ = {"body": record.body, "salts": record.salts} | {part: changed}
    check_commitments(line, given_["body"], given_["salts"], None, report)
    assert report.outcome is Outcome.FAILED


@given(text, text, values, values, st.sampled_from(["name", "value", "both"]))
def test_another_value_or_name_does_not_open(name, other_name, value, other_value, changed):
    other_name = name if changed == "value" else other_name
    other_value = value if changed == "name" else other_value
    record = seal("claim", {name: value}, seed=SEED)
    salt = json.loads(record.salts)[name]
    same = canonical.encode({name: value}) == canonical.encode({other_name: other_value})
    attempt = {
        "body": canonical.encode({other_name: other_value}),
        "salts": canonical.encode({other_name: salt}),
    }
    if same:
        assert opened(record, **attempt)
    else:
        renamed = {"sealed": {other_name: record.parsed.sealed[name]}}
        forged = canonical.encode(json.loads(record.entry) | renamed)
        for entry in (record.entry, forged):
            with pytest.raises(ProofError):
                open_record(parse(entry), attempt["body"], attempt["salts"])


@given(records, st.binary(min_size=32, max_size=32))
def test_another_seed_seals_otherwise_and_opens_nothing(record, seed):
    again = seal("claim", json.loads(record.body), seed=seed)
    if seed == record.seed:
        assert again == record
        return
    assert not {*again.parsed.sealed.values()} & {*record.parsed.sealed.values()}
    for name in record.parsed.sealed:
        with pytest.raises(ProofError):
            opened(record, **disclosure(again, [name]))


@given(values, values)
def test_row_25_an_entry_shows_nothing_of_its_values(value, other):
    entries = [seal("claim", {"a": x, "b": None}, seed=SEED).entry for x in (value, other)]
    assert len(entries[0]) == len(entries[1])
    assert parse(entries[0]).sealed.keys() == parse(entries[1]).sealed.keys()
    assert parse(entries[0]).sealed["b"] == parse(entries[1]).sealed["b"]


@given(st.sampled_from(KINDS), st.data())
def test_row_25_the_length_of_an_entry_does_not_tell_what_was_filled_in(kind, data):
    def entry():
        values = {
            field.name: data.draw(values_of(field))
            for field in kind.fields
            if field.required or data.draw(st.booleans())
        }
        fields = kind.complete(values)
        return seal(kind.name, fields, seed=SEED, public=OPEN.get(kind.name)).entry

    assert len(entry()) == len(entry())
