"""What an insider seals as an amendment, and what is done to one, is found by `verify`."""

import pytest

from adversary import change_body, tampering, verdict

BAD = {
    "what is quoted": ("never", {"text": "We knew."}, "no amendment may"),
    "what is hashed": ("minutes", {"blake3": "ab" * 32}, "no amendment may"),
    "where it stands": ("never", {"selector": []}, "no amendment may"),
    "how it compares": ("never", {"match": None}, "no amendment may"),
    "when it was recorded": ("never", {"recorded_at": "2031-01-01T00:00:00Z"}, "no amendment may"),
    "another kind's field": ("minutes", {"speaker": "Ann"}, "which that record hasn't"),
    "an original's title": ("letter", {"title": None}, "every original has"),
    "no object": ("never", ["speaker"], "`changes` should be an object"),
}


def amended(case, insider, name, changes):
    id_ = insider.record("amendment", {"changes": changes, "reason": "so"}, {"to": case.ids[name]})
    insider.sign()
    return id_


@pytest.fixture
def amendment(case):
    """An honest one, signed."""
    words = ("amend", case.ids["never"], "--speaker", "The harbour mistress", "--reason", "so")
    case.ids["amendment"] = case.id(*words)
    case.run("checkpoint")
    return case


def test_what_the_attacks_start_from_holds(amendment, insider):
    insider.sign()
    assert verdict(amendment, code=0).failed == []


@pytest.mark.parametrize("what", BAD)
def test_an_amendment_that_no_rule_allows(case, insider, what):
    name, changes, said = BAD[what]
    amended(case, insider, name, changes)
    found = verdict(case, code=1)
    assert found.failed == ["rules"]
    assert said in found.details


@pytest.mark.parametrize("what", [*BAD][:6])
def test_what_is_hashed_or_quoted_is_shown_as_it_was_sealed(case, insider, what):
    name, changes, _ = BAD[what]
    before = case.body(name)
    amended(case, insider, name, changes)
    assert case.body(name) == before
    case.run("resolve", "board-knew", code=(0, 1))


@pytest.mark.parametrize("name", ["board-knew", "never-knew", "retraction"])
def test_an_amendment_of_what_is_not_amended(case, insider, name):
    amended(case, insider, name, {"note": "x"})
    found = verdict(case, code=1)
    assert set(found.failed) == {"rules"}
    assert "An amendment is of a preserved file, an original or evidence" in found.details


def test_the_changes_of_an_amendment_changed(amendment):
    def change(values):
        return values | {"changes": {"speaker": "Somebody else"}}

    with tampering(amendment) as db:
        change_body(db, amendment.index("amendment"), change)
    assert verdict(amendment, code=1).failed == ["commitment"]
    resolved = amendment.json("resolve", "board-knew", code=1)
    assert resolved["integrity"]["outcome"] == "failed"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM amendment",
        "UPDATE amendment SET to_idx = (SELECT min(idx) FROM artifact)",
        "INSERT INTO retraction (idx, to_idx, body) SELECT 900, idx, NULL FROM amendment",
    ],
    ids=["hidden", "of another record", "ended"],
)
def test_an_amendment_that_the_tables_hide(amendment, statement):
    with tampering(amendment) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(statement)
    assert "projection" in verdict(amendment, code=1).failed
    said = amendment.run("resolve", "board-knew", code=(1, 4))
    assert said.exit_code == 4 or "FAILED" in said.stdout


def test_the_title_of_the_case_beside_the_log(case):
    for column in ("title", "created_at"):
        with tampering(case) as db:
            db.execute(f"UPDATE case_info SET {column} = 'x'")
        found = verdict(case, code=1)
        assert found.failed == ["projection"]
        assert "case_info" in found.details


@pytest.mark.parametrize("title", [["Harbour"], 7, {}])
def test_a_title_that_is_no_text(case, insider, title):
    insider.record("case", {"title": title})
    insider.sign()
    found = verdict(case, code=1)
    assert found.failed == ["rules"]
    case.run("log", code=(0, 4))
