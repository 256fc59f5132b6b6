"""What is done to an erased record, or done to another as if it had been erased, is found."""

import json

import pytest

from adversary import tampering, verdict

WHY = ("--reason", "asked to", "--yes")


@pytest.fixture
def erased(case):
    """A case of which an evidence record that contradicts a claim was erased, and which holds."""
    with case.connected() as db:
        case.kept_row = {
            table: db.execute(
                f"SELECT * FROM {table} WHERE idx = ?", (case.index("never"),)
            ).fetchone()
            for table in ("seal", "evidence")
        }
        ((case.kept_body,),) = db.execute(
            "SELECT body FROM evidence WHERE idx = ?", (case.index("never"),)
        )
    case.run("erase", case.ids["never"], *WHY)
    case.run("checkpoint")
    return case


def test_what_the_attacks_start_from_holds(erased):
    assert verdict(erased, code=0).failed == []
    assert erased.json("resolve", "board-knew")["complete"]["outcome"] == "holds"


@pytest.mark.parametrize("what", ["body", "seal"])
def test_what_opened_it_put_back(erased, what):
    index = erased.index("never")
    with tampering(erased) as db:
        if what == "body":
            db.execute("UPDATE evidence SET body = ? WHERE idx = ?", (erased.kept_body, index))
            db.execute("INSERT INTO search(search) VALUES ('rebuild')")
        else:
            db.execute("INSERT INTO seal VALUES (?, ?)", erased.kept_row["seal"])
    found = verdict(erased, code=1)
    assert "erasure" in found.failed
    assert "what opens it is here" in found.details
    resolved = erased.json("resolve", "board-knew", code=1)
    assert resolved["integrity"]["outcome"] == "failed"


def gone(case, name):
    index = case.index(name)
    with tampering(case) as db:
        db.execute("UPDATE evidence SET body = NULL, artifact_idx = NULL WHERE idx = ?", (index,))
        db.execute("DELETE FROM seal WHERE idx = ?", (index,))
        db.execute("INSERT INTO search(search) VALUES ('rebuild')")


def test_a_contradiction_erased_by_somebody_without_the_key(case, insider):
    """Nothing signed says that it was erased, and none of both is called checked."""
    insider.record("erasure", {"reason": "asked to"}, {"to": case.ids["never"]})
    insider.rebuild()
    gone(case, "never")
    found = verdict(case, code=3)
    assert (found.failed, "coverage" in found.missed) == ([], True)
    resolved = case.json("resolve", "board-knew")
    (link,) = [one for one in resolved["chain"] if one["relation"] == "contradicts"]
    assert link["record"]["erased"]["uncovered"]
    assert link["record"]["integrity"]["outcome"] == "not-checked"
    assert "not covered by a checkpoint" in case.run("resolve", "board-knew").stdout


def test_values_taken_away_without_an_erasure(case):
    gone(case, "never")
    found = verdict(case, code=3)
    assert "disclosure" in found.missed
    assert "withheld, or was lost" in found.details


def test_an_erasure_that_the_table_says_of_another(erased):
    with tampering(erased) as db:
        db.execute("UPDATE erasure SET to_idx = 3")
    assert verdict(erased, code=1).failed == ["projection"]


def test_an_erasure_dropped_from_the_table(erased):
    with tampering(erased) as db:
        db.execute("DELETE FROM erasure")
    assert "projection" in verdict(erased, code=1).failed
    resolved = erased.json("resolve", "board-knew", code=1)
    assert resolved["integrity"]["outcome"] == "failed"


def test_a_file_that_says_that_erasing_goes_on(erased):
    """Somebody who can write there can have it said, and nothing is removed that has a record."""
    (erased.root / ".erasing.json").write_text("[]")
    assert "can't be read" in verdict(erased, code=1).details
    minutes = erased.body("minutes")["blake3"]
    said = json.dumps({"records": [erased.ids["never"]], "files": [minutes]})
    (erased.root / ".erasing.json").write_text(said)
    assert "cut short" in verdict(erased, code=1).details
    assert erased.json("erase", "--finish") == {"finished": True}
    assert erased.preserved("minutes").exists()
    assert verdict(erased, code=0).failed == []
