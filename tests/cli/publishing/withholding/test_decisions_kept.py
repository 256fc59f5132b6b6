"""Decisions on what is withheld stand in no log: `verify` notices if one is gone or changed."""

import json

import pytest

WHY = ("--reason", "To protect a source.")


@pytest.fixture
def decided(invented):
    """A case with three decisions, the last of which discloses, all of it signed."""
    for words in (
        ("withhold", invented.ids["never"], "--field", "speaker", "--field", "date", *WHY),
        ("disclose", invented.ids["never"], "--field", "date"),
        ("checkpoint",),
    ):
        invented.run(*words)
    return invented


def changed(case, *statements):
    """The case as somebody leaves it who has its database, its guards put back."""
    with case.connected() as db:
        guards = db.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'trigger' AND tbl_name = 'withholding'"
        ).fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            db.execute(statement)
        for _, sql in guards:
            db.execute(sql)


def told(case, code):
    found = [one for one in case.json("verify", code=code)["checks"] if one["outcome"] != "holds"]
    return [(one["outcome"], one["detail"]) for one in found if one["check"] == "decisions"]


def test_decisions_hold_and_more_may_come(decided):
    assert told(decided, 0) == []
    kept = decided.home / "signing.key.withholding"
    assert kept.stat().st_mode & 0o77 == 0
    said = json.loads(kept.read_text())
    assert said["number"] == 3
    decided.run("withhold", decided.ids["never"], "--field", "date", *WHY)
    assert json.loads(kept.read_text())["number"] == 4
    assert told(decided, 0) == []
    kept.write_text(json.dumps(said))  # as where who decided has no key
    assert told(decided, 0) == []


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM withholding", "some are gone or changed"),
        ("DELETE FROM withholding WHERE idx = 2", "some are gone or changed"),
        ("UPDATE withholding SET withheld = 0 WHERE idx = 0", "some are gone or changed"),
        ("UPDATE withholding SET reason = 'Other' WHERE idx = 0", "some are gone or changed"),
        ("UPDATE withholding SET idx = 7 WHERE idx = 2", "without a gap"),
        ("UPDATE withholding SET of_idx = 900 WHERE idx = 0", "of entry 900, which is not there"),
        ("UPDATE withholding SET field = 'x' WHERE idx = 0", "seals no `x`"),
    ],
)
def test_what_was_taken_out_or_changed_is_noticed(decided, statement, why):
    changed(decided, statement)
    found = told(decided, 1)
    assert any(why in detail for _, detail in found), found
    assert {outcome for outcome, _ in found} == {"failed"}
    lines = decided.json("publish", "--check-only", code=1)["gate"]
    (verified,) = [one for one in lines if one["rule"] == "verified"]
    assert "decisions" in verified["detail"]
    assert "restore" in verified["detail"]


def test_nothing_is_decided_where_decisions_are_gone(decided):
    """An older copy of a case would otherwise be taken for the newest."""
    changed(decided, "DELETE FROM withholding WHERE idx = 2")
    refused = decided.run("withhold", decided.ids["twice"], *WHY, code=(1, 4))
    assert "older copy of the case" in " ".join(refused.output.split())
    with decided.connected() as db:
        assert db.execute("SELECT count(*) FROM withholding").fetchone() == (2,)


def test_without_what_is_kept_it_is_not_checked(decided):
    """And who says a decision again keeps them all."""
    (decided.home / "signing.key.withholding").unlink()
    ((outcome, detail),) = told(decided, 3)
    assert (outcome, "can't be told" in detail) == ("not-checked", True)
    again = decided.run("withhold", decided.ids["never"], "--field", "speaker", *WHY)
    assert "was decided already" in again.output
    assert told(decided, 0) == []


def test_what_is_kept_and_no_json_is_told(decided):
    (decided.home / "signing.key.withholding").write_text("{")
    ((outcome, detail),) = told(decided, 1)
    assert (outcome, "can't be read" in detail) == ("failed", True)


def test_a_case_without_decisions_has_nothing_to_check(invented):
    invented.run("checkpoint")
    assert told(invented, 0) == []
    assert not (invented.home / "signing.key.withholding").exists()
