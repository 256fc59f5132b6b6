"""Reviews that an insider forges, moves, hides or writes about their own work."""

import subprocess

import pytest

from adversary import change_body, tampering, verdict

STATE = {"reviewer": "ida", "note": None, "signature": None}


@pytest.fixture
def review(case):
    """An honest rejection, signed."""
    case.ids["review"] = case.id("review", "board-knew", "--reject", "--as", "ida")
    case.run("checkpoint")
    return case


def test_what_the_attacks_start_from_holds(review):
    found = verdict(review, code=0)
    assert found.failed == []
    assert review.json("verify")["counts"]["failed"] == 0


@pytest.mark.parametrize(
    "state",
    [
        {"size": 3},
        {"size": 10**6},
        {"root": "A" * 43 + "="},
        {"signature": "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"},
    ],
    ids=["before it", "beyond the log", "another root", "no signature"],
)
def test_a_review_of_a_log_that_never_was(review, insider, state):
    honest = review.body("review")
    said = {**STATE, "size": honest["size"], "root": honest["root"], **state}
    open_ = {"to": review.ids["board-knew"], "verdict": "approved"}
    insider.record("review", said, open_)
    insider.sign()
    assert verdict(review, code=1).failed == ["review"]


@pytest.mark.parametrize(
    ("to", "verdict_"), [("minutes", "approved"), ("never-knew", "approved")], ids=["file", "link"]
)
def test_a_review_of_what_is_not_reviewed(case, insider, to, verdict_):
    said = {**STATE, "size": 2, "root": "A" * 43 + "="}
    insider.record("review", said, {"to": case.ids[to], "verdict": verdict_})
    insider.sign()
    assert "rules" in verdict(case, code=1).failed


def test_what_a_review_says_changed(review):
    with tampering(review) as db:
        change_body(db, review.index("review"), lambda values: values | {"note": "Fine"})
    assert verdict(review, code=1).failed == ["commitment"]
    resolved = review.json("resolve", "board-knew", code=1)
    assert resolved["integrity"]["outcome"] == "failed"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM review",
        "UPDATE review SET verdict = 'approved'",
        "UPDATE review SET to_idx = (SELECT min(idx) FROM claim WHERE slug = 'quay-is-wired')",
        "INSERT INTO retraction (idx, to_idx, body) SELECT 900, idx, NULL FROM review",
    ],
    ids=["hidden", "turned round", "of another claim", "ended"],
)
def test_a_review_that_the_tables_hide(review, statement):
    with tampering(review) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(statement)
    assert "projection" in verdict(review, code=1).failed
    said = review.run("resolve", "board-knew", code=(1, 4))
    assert said.exit_code == 4 or "FAILED" in said.stdout


def test_row_60_approved_and_then_contradicted(case):
    """A review is stale once something bears on its claim; the gate doesn't count it."""
    (case.root / "policy.toml").write_text("contradictions_noted = false\nreviews = 1\n")
    for claim in ("board-knew", "board-was-told", "microphones-listen", "quay-is-wired"):
        case.run("review", claim, "--approve", "--as", "ida")
    case.run("link", case.ids["deaf"], "quay-is-wired", "--contradicts")
    case.run("checkpoint")
    (shut,) = unmet(case)
    assert shut["subject"] == case.ids["quay-is-wired"]
    assert "1 replaced or stale" in shut["detail"]


def test_row_61_who_recorded_it_reviews_it(case):
    """The recorder is no other person; under another name they are (a limit)."""
    (case.root / "policy.toml").write_text("contradictions_noted = false\nreviews = 1\n")
    for claim in ("board-was-told", "microphones-listen", "quay-is-wired", "board-knew"):
        case.run("review", claim, "--approve", "--as", "tester")
    case.run("checkpoint")
    assert {line["rule"] for line in unmet(case)} == {"reviews"}
    assert len(unmet(case)) == 4


def test_row_62_a_signature_that_was_moved(case, insider, tmp_path):
    """It is over claim, verdict, reviewer and state: over another one it doesn't hold."""
    key = tmp_path / "key"
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(words, check=True)
    signed = case.id("review", "board-knew", "--approve", "--as", "ida", "--sign", key)
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []
    said = case.body(signed)
    said = {name: said[name] for name in ("reviewer", "note", "size", "root", "signature")}
    for claim, verdict_, change in (
        ("quay-is-wired", "approved", {}),
        ("board-knew", "rejected", {}),
        ("board-knew", "approved", {"reviewer": "jo"}),
    ):
        insider.record("review", said | change, {"to": case.ids[claim], "verdict": verdict_})
    insider.sign()
    assert verdict(case, code=1).failed == ["review"] * 3
    for claim in ("quay-is-wired", "board-knew"):
        for one in case.json("resolve", claim)["claim"]["reviews"]:
            assert one["stands"] is False
            assert one["holds"] is (one["id"] == signed)


def unmet(case):
    gate = case.json("publish", "--check-only", code=1)["gate"]
    return [line for line in gate if line["outcome"] == "unmet"]
