"""Row 71: fields without sense fail when they are read, and are refused when they are written."""

import pytest

from adversary import Insider, passage, verdict
from evidence_chain import kinds
from evidence_chain.errors import InputError, RuleError
from evidence_db.case import Case
from evidence_db.recording.writer import Writer

TIME = "2031-06-01T00:00:00Z"
RECORDED = {
    "no time": {"recorded_at": None},
    "a word for a time": {"recorded_at": "yesterday"},
    "a day for a time": {"recorded_at": "2031-06-01"},
    "a time of no calendar": {"recorded_at": "2031-02-30T00:00:00Z"},
    "a number for a time": {"recorded_at": 1938038400},
    "nobody": {"recorded_by": None},
    "a list of people": {"recorded_by": ["tester"]},
}
READ = {
    "a statement that is a list": ("claim", {"slug": "new", "statement": ["They knew"]}),
    "a slug that is a number": ("claim", {"slug": 7, "statement": "They knew"}),
    "a title that is an object": ("original", {"title": {}}),
    "a size in words": ("artifact", {"size": "ten"}),
    "no digest": ("artifact", {"blake3": "ab"}),
    "a selector that is no list": ("evidence/quote", {"selector": {}}),
    "selectors that are no objects": ("evidence/quote", {"selector": ["here"]}),
    "a verdict without status": ("evidence/quote", {"match": {"notes": []}}),
    "notes that are numbers": ("evidence/quote", {"match": {"status": "verbatim", "notes": [1]}}),
    "regions that are none": ("evidence/quote", {"regions": [[1]]}),
    "a text that is a number": ("evidence/quote", {"text": 7}),
}
KINDS = {kind.name: kind for kind in (kinds.ARTIFACT, kinds.ORIGINAL, kinds.CLAIM)}


def whole(case, name, values):
    """All values of a record of this kind, of which these were changed."""
    if name == "evidence/quote":
        return passage(case, note="again") | values
    if name == "artifact":
        return case.body("minutes") | values
    return {field.name: None for field in KINDS[name].fields} | values


@pytest.mark.parametrize("what", RECORDED)
def test_row_71_who_recorded_it_and_when_makes_sense(case, insider, what):
    values = {"slug": "new", "statement": "They knew", "note": None}
    insider.record("claim", {**values, **RECORDED[what]})
    insider.sign()
    found = verdict(case, code=1)
    assert found.failed == ["rules"]
    assert "should be" in found.details
    case.run("log", code=(0, 4))


@pytest.mark.parametrize("name", ["recorded_at", "recorded_by"])
def test_row_71_who_recorded_it_and_when_is_sealed(case, monkeypatch, name):
    monkeypatch.setattr("adversary.STAMP", {"recorded_at": TIME, "recorded_by": "x"})
    monkeypatch.delitem(__import__("adversary").STAMP, name)
    insider = Insider(case)
    insider.record("claim", {"slug": "new", "statement": "They knew", "note": None})
    insider.sign()
    found = verdict(case, code=1)
    assert found.failed == ["rules"]
    assert f"Every entry seals {name}" in found.details


@pytest.mark.parametrize("what", READ)
def test_row_71_what_verification_reads_is_of_its_type(case, insider, what):
    kind, values = READ[what]
    insider.record(kind, whole(case, kind, values) | {"recorded_at": TIME, "recorded_by": "x"})
    insider.sign()
    assert "rules" in verdict(case, code=1).failed
    for words in ("list", "resolve board-knew", "search knew"):
        case.run(*words.split(), code=(0, 1, 2, 4))


@pytest.mark.parametrize("what", READ)
def test_row_71_it_is_refused_when_it_is_written(case, what):
    name, values = READ[what]
    kind = KINDS.get(name) or kinds.evidence_kind(name)
    values = whole(case, name, values)
    size = case.json("log")["size"]
    with pytest.raises((RuleError, InputError)), Writer(Case(case.root), "tester") as writer:
        writer.add(kind, {field.name: values.get(field.name) for field in kind.own})
    assert case.json("log")["size"] == size


@pytest.mark.parametrize("clock", ["yesterday", "", "2031-02-30T00:00:00Z", None, 7])
def test_row_71_a_clock_that_tells_no_time_records_nothing(case, clock):
    writer = Writer(Case(case.root), "tester", clock=lambda: clock)
    with pytest.raises((RuleError, InputError)), writer:
        writer.add(kinds.CLAIM, {"slug": "new", "statement": "They knew"})
