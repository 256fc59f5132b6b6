"""Rows 27 and 28: what an insider signs, with a tree that fits, though the rules forbid it."""

import pytest

from adversary import (
    passage,
    put_record,
    rewriting_schema,
    size_of,
    tampering,
    verdict,
)
from evidence_chain.entry import seal

NOWHERE = "ab" * 32


def test_what_the_attacks_start_from_holds(case, insider):
    insider.record("evidence/quote", passage(case, note="again"))
    insider.link("qualifies", case.ids["never"], case.ids["quay-is-wired"])
    insider.record("retraction", {"reason": "no"}, {"to": case.ids["deaf-listen"]})
    insider.sign()
    assert verdict(case, code=0).failed == []


def repeat(case, name, id_):
    """Put an entry into the log once more, under this id, with its body and seal."""
    with tampering(case) as db:
        place = {"new": size_of(db), "old": case.index(name), "id": id_}
        for copy in (
            "entry (idx, id, entry) SELECT :new, :id, entry FROM entry",
            "original (idx, body) SELECT :new, body FROM original",
            "seal SELECT :new, seed FROM seal",
        ):
            db.execute(f"INSERT INTO {copy} WHERE idx = :old", place)


def test_row_27_the_same_entry_twice_under_another_id(case, insider):
    repeat(case, "letter", NOWHERE)
    insider.sign()
    assert verdict(case, code=1)[:2] == (["entry"], set())


def test_row_27_the_same_id_twice(case, insider):
    """The index that forbids it has to go first, which is a finding of its own."""
    with rewriting_schema(case) as db:
        db.execute("DELETE FROM sqlite_master WHERE name = 'sqlite_autoindex_entry_1'")
        loose = "UPDATE sqlite_master SET sql = replace(sql, ' UNIQUE', '') WHERE name = 'entry'"
        db.execute(loose)
    repeat(case, "letter", case.ids["letter"])
    insider.sign()
    assert set(verdict(case, code=1).failed) == {"schema", "rules", "projection"}


def test_row_27_the_same_link_twice(case, insider):
    insider.link("contradicts", case.ids["never"], case.ids["board-knew"])
    insider.sign()
    assert verdict(case, code=1)[:2] == (["rules"], set())


def test_row_27_a_link_made_anew_after_its_retraction_is_fine(case, insider):
    insider.record("retraction", {"reason": "wrong note"}, {"to": case.ids["never-knew"]})
    insider.link("contradicts", case.ids["never"], case.ids["board-knew"])
    insider.sign()
    assert verdict(case, code=0).failed == []


@pytest.mark.parametrize("end", ["from", "to"])
def test_row_28_a_dangling_link(case, insider, end):
    """The table can't even name what is not there, and so disagrees with the log."""
    ends = {"from": case.ids["never"], "to": case.ids["quay-is-wired"]} | {end: NOWHERE}
    insider.link("supports", ends["from"], ends["to"])
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["projection", "rules"], set())
    assert f"`{end}` names an id that is not in the log" in found.details


def test_row_28_a_passage_of_a_file_that_is_not_there(case, insider):
    insider.record("evidence/quote", passage(case, artifact=NOWHERE))
    insider.sign()
    assert verdict(case, code=1)[:2] == (["rules"], {"passage"})


def test_row_28_a_passage_of_no_file_at_all(case, insider):
    insider.record("evidence/quote", passage(case, artifact=None))
    insider.sign()
    assert verdict(case, code=3)[:2] == ([], {"passage"})


def test_row_28_a_link_to_a_later_record(case, insider):
    stamp = {"recorded_at": "2031-06-01T00:00:00Z", "recorded_by": "y", "note": None}
    later = seal("claim", stamp | {"slug": "later", "statement": "z"}, seed=bytes(32))
    public = {"from": case.ids["never"], "to": later.id, "relation": "supports"}
    link = seal("link", stamp, seed=bytes(32), public=public)
    with tampering(case) as db:
        size = size_of(db)
        put_record(db, size + 1, later, "claim", {})
        put_record(db, size, link, "link", public)
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["rules"], set())
    assert f"names entry {size + 1}, which is not earlier" in found.details


def test_row_28_a_record_replaced_by_itself(case, insider):
    insider.link("replaces", case.ids["never"], case.ids["never"])
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["rules"], set())
    assert "to itself" in found.details


WRONG_KINDS = [
    ("supports", "minutes", "board-knew"),
    ("contradicts", "board-knew", "never"),
    ("derives-from", "never", "deaf"),
    ("derives-from", "letter", "minutes"),
    ("preserves", "never", "letter"),
    ("translates", "board-knew", "board-was-told"),
    ("answers", "minutes", "never"),
    ("replaces", "never", "board-knew"),
    ("replaces", "never", "clause"),
]


@pytest.mark.parametrize(("relation", "from_", "to"), WRONG_KINDS)
def test_row_28_a_link_of_unfitting_kinds(case, insider, relation, from_, to):
    insider.link(relation, case.ids[from_], case.ids[to])
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["rules"], set())
    assert f"A link '{relation}' goes from" in found.details


def test_row_28_a_passage_that_stands_in_a_claim(case, insider):
    insider.record("evidence/quote", passage(case, artifact=case.ids["board-knew"]))
    insider.sign()
    assert verdict(case, code=1)[:2] == (["rules"], {"passage"})


def test_row_28_circular_support(case, insider):
    insider.link("supports", case.ids["board-knew"], case.ids["microphones-listen"])
    insider.link("supports", case.ids["microphones-listen"], case.ids["board-was-told"])
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["rules"], set())
    assert "in a circle" in found.details
    assert case.json("resolve", "board-knew")["supports"] > 0


def test_row_28_circular_support_is_refused_by_the_program(case):
    result = case.run("link", "board-knew", "board-was-told", "--supports", code=2)
    assert "circular" in result.stderr
    assert verdict(case, code=0).failed == []
