"""Rows 3-6 and 9-12: what the log says, and that it only ever grows."""

import pytest

from adversary import (
    Insider,
    drop,
    put_record,
    renumber,
    rewrite_a_claim,
    size_of,
    tampering,
    truncate,
    verdict,
)
from cases import ORIGIN
from evidence_chain import kinds
from evidence_chain.entry import seal
from evidence_chain.log.checkpoint import parse
from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import SignedNote


def entry_of(db, index):
    ((entry,),) = db.execute("SELECT entry FROM entry WHERE idx = ?", (index,))
    return entry


def turn_into_support(case, db):
    """Let the link that contradicts speak for the claim, in the tables too; returns its entry."""
    index = case.index("never-knew")
    db.execute("UPDATE link SET relation = 'supports' WHERE idx = ?", (index,))
    return entry_of(db, index).replace('"contradicts"', '"supports"')


def test_row_03_an_entry_changed(case):
    with tampering(case) as db:
        entry = turn_into_support(case, db)
        db.execute("UPDATE entry SET entry = ? WHERE idx = ?", (entry, case.index("never-knew")))
    Insider(case).rebuild()
    assert verdict(case, code=1)[:2] == (["entry", "tree-root"], set())


def test_row_03_an_entry_changed_and_the_stored_tree_left(case):
    with tampering(case) as db:
        entry = turn_into_support(case, db)
        db.execute("UPDATE entry SET entry = ? WHERE idx = ?", (entry, case.index("never-knew")))
    assert set(verdict(case, code=1).failed) == {"entry", "projection", "tree-root"}


def test_row_03_an_id_changed(case):
    with tampering(case) as db:
        db.execute("UPDATE entry SET id = ? WHERE idx = ?", ("ab" * 32, case.index("twice-told")))
    assert verdict(case, code=1)[:2] == (["entry"], set())


def test_row_04_an_entry_changed_with_its_id_and_all_that_names_it(case):
    rewrite_a_claim(case)
    Insider(case).rebuild()
    assert verdict(case, code=1)[:2] == (["tree-root"], set())


def test_row_05_and_the_tree_signed_with_another_key(case):
    rewrite_a_claim(case)
    Insider(case, SigningKey.generate(ORIGIN)).sign(alone=True)
    assert verdict(case, code=1)[:2] == (["signature"], {"coverage"})
    assert verdict(case, "--key", case.vkey, code=1)[:2] == (["signature"], {"coverage"})


def test_row_05_and_whoever_knows_no_key_is_told_so(case):
    vkey = case.vkey
    rewrite_a_claim(case)
    Insider(case, SigningKey.generate(ORIGIN)).sign(alone=True)
    case.key_file.unlink()
    assert verdict(case, code=3)[:2] == ([], {"signature"})
    assert verdict(case, "--key", vkey, code=1)[:2] == (["signature"], {"coverage"})


def test_row_06_and_signed_with_the_stolen_key(case):
    """Without a checkpoint from before, a time-stamp or a witness nothing can notice it."""
    rewrite_a_claim(case)
    Insider(case).sign(alone=True)
    assert verdict(case, code=0).failed == []
    assert verdict(case, "--seen", case.early, code=0).failed == []
    assert verdict(case, "--seen", case.seen, code=1)[:2] == (["seen"], set())


def test_row_06_without_checkpoints_seen_before_that_is_said(case):
    assert any("--seen" in one for one in case.json("verify")["absent"])
    assert not any("--seen" in one for one in case.json("verify", "--seen", case.seen)["absent"])


def test_row_09_a_record_dropped(case):
    index = case.index("never-knew")
    with tampering(case) as db:
        for table in ("entry", "seal", "link"):
            db.execute(f"DELETE FROM {table} WHERE idx = ?", (index,))
    found = verdict(case, code=1)
    assert set(found.failed) == {"log", "tree-root", "projection"}
    assert f"Entry {index} is not there" in found.details


def test_row_09_a_record_dropped_and_the_later_ones_moved_up(case):
    with tampering(case) as db:
        drop(db, case.index("never-knew"))
    Insider(case).rebuild()
    assert verdict(case, code=1)[:2] == (["tree-root"], set())


def test_row_09_the_chain_of_a_claim_in_a_log_that_was_cut_says_so(case):
    with tampering(case) as db:
        drop(db, case.index("never-knew"))
    Insider(case).rebuild()
    resolved = case.json("resolve", "board-knew", code=1)
    assert resolved["contradicts"] == 0
    assert resolved["integrity"]["outcome"] == "failed"
    assert {one["check"] for one in resolved["chain"][0]["integrity"]["findings"]} == {"inclusion"}


def test_row_09_a_record_dropped_and_another_made_up_for_it(case):
    with tampering(case) as db:
        drop(db, case.index("never-knew"))
    insider = Insider(case)
    fields = insider.full("claim", slug="calm", statement="All is well")
    insider.record("claim", fields)
    insider.rebuild()
    assert verdict(case, code=1)[:2] == (["tree-root"], set())


def test_row_09_a_record_dropped_with_the_stolen_key(case):
    with tampering(case) as db:
        drop(db, case.index("never-knew"))
    Insider(case).sign(alone=True)
    assert verdict(case, code=0).failed == []
    assert verdict(case, "--seen", case.seen, code=1)[:2] == (["seen"], set())


def test_row_09_a_withheld_claim_keeps_its_contradiction(case):
    with tampering(case) as db:
        db.execute("UPDATE link SET body = NULL WHERE idx = ?", (case.index("never-knew"),))
    assert case.json("resolve", "board-knew")["contradicts"] == 1


@pytest.mark.parametrize("rewritten", [True, False])
def test_row_10_the_last_records_dropped_with_their_checkpoint(case, rewritten):
    size = parse(SignedNote.parse(case.early.read_text()).text).size
    with tampering(case) as db:
        truncate(db, size)
    insider = Insider(case)
    insider.rebuild()
    if rewritten:
        insider.record("claim", insider.full("claim", slug="calm", statement="All is well"))
        insider.sign()
    assert verdict(case, code=0).failed == []
    assert verdict(case, "--seen", case.early, code=0).failed == []
    found = verdict(case, "--seen", case.seen, code=1)
    assert found[:2] == (["seen"], set())
    assert f"the log has {size + rewritten}" in found.details


def test_row_10_the_last_records_dropped_alone(case):
    with tampering(case) as db:
        drop(db, size_of(db) - 1)
    Insider(case).rebuild()
    assert verdict(case, code=1)[:2] == (["tree-root"], set())


def swap_two_claims(case):
    pair = case.index("board-knew"), case.index("board-was-told")
    with tampering(case) as db:
        renumber(db, dict(zip(pair, reversed(pair), strict=True)))


def put_into_the_past(case):
    fields = Insider(case).full("claim", slug="foreseen", statement="The editor foresaw it")
    fields |= {"recorded_at": "2031-01-01T00:00:00Z", "recorded_by": "editor"}
    with tampering(case) as db:
        size, index = size_of(db), case.index("board-knew")
        renumber(db, {old: old + 1 for old in range(index, size)})
        put_record(db, index, seal("claim", fields, seed=bytes(32)), "claim", {})


@pytest.mark.parametrize("attack", [swap_two_claims, put_into_the_past])
def test_row_11_entries_reordered_or_inserted(case, attack):
    attack(case)
    Insider(case).rebuild()
    found = verdict(case, code=1)
    assert found.failed == ["tree-root"]
    assert found.missed <= {"coverage"}


@pytest.mark.parametrize("attack", [swap_two_claims, put_into_the_past])
def test_row_11_with_the_stolen_key(case, attack):
    attack(case)
    Insider(case).sign(alone=True)
    assert verdict(case, code=0).failed == []
    assert verdict(case, "--seen", case.seen, code=1)[:2] == (["seen"], set())


@pytest.mark.parametrize("index", [-1, 5_000_000, 2**62])
def test_row_11_an_entry_outside_the_log(case, index):
    """It speaks to a claim by its tables, but stands where nobody would look for it."""
    seal_ = seal("claim", Insider(case).full("claim", slug="a", statement="b"), seed=bytes(32))
    with tampering(case) as db:
        put_record(db, index, seal_, "claim", {})
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")
    assert "log" in verdict(case, code=1).failed


def test_row_12_two_readers_are_shown_two_logs_of_one_size(case, tmp_path):
    other = case.copy_to(tmp_path / "other")
    for one, statement in ((case, "They knew"), (other, "They knew nothing")):
        one.run("claim", "last", statement)
        one.run("checkpoint")
        assert verdict(one, "--seen", one.seen, code=0).failed == []
    notes = [one.json("checkpoint")["note"] for one in (case, other)]
    ours, theirs = (parse(SignedNote.parse(note).text) for note in notes)
    assert (ours.origin, ours.size) == (theirs.origin, theirs.size)
    assert ours.root != theirs.root
    shown = case.write("shown.checkpoint", notes[1])
    assert verdict(case, "--seen", shown, code=1)[:2] == (["seen"], set())


def test_the_insider_of_these_tests_makes_records_that_hold(case):
    """What the attacks are made with is no worse than the program: unbroken rules hold."""
    insider = Insider(case)
    fields = insider.full("claim", slug="calm", statement="All is well")
    insider.link("supports", insider.record("claim", fields), case.ids["board-knew"])
    assert {field.name for field in kinds.CLAIM.fields} == set(fields)
    assert verdict(case, code=1).failed == ["projection"] * verdict(case, code=1).failed.count(
        "projection"
    )
    insider.sign()
    assert verdict(case, code=0).failed == []
