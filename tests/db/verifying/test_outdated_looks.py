"""A failure that a rolling audit knows never goes quiet, whatever comes in its place."""

from datetime import UTC, datetime

import pytest

from evidence_chain.verify.report import Outcome
from evidence_db.case import Case
from evidence_db.verifying.rolling.audit import verify_due
from evidence_db.verifying.rolling.budget import Budget
from evidence_db.verifying.wanted import Wanted
from random_damage import unguarded

ALL, ONE = Budget(10**12), Budget(1)
NIGHT = 86_400
BEGAN = int(datetime(2031, 5, 6, tzinfo=UTC).timestamp())


@pytest.fixture
def audit(invented, monkeypatch):
    monkeypatch.setenv("EVIDENCE_KEY", str(invented.key_file))

    def run(budget, night):
        now = lambda: float(BEGAN + night * NIGHT)  # noqa: E731
        report, _ = verify_due(Case.open(invented.root), Wanted(), budget, now=now, workers=1)
        return report

    return run


def change(case, statement):
    with case.connected() as db:
        unguarded(db)
        db.execute(statement)


def swap(case, there="quay", then="key"):
    change(case, f"UPDATE claim SET body = replace(body, '{there}', '{then}')")


def failed(report):
    """The checks that failed, but for that of the triggers, which are gone here."""
    found = {one.check for one in report.findings if one.outcome is Outcome.FAILED}
    return found - {"schema"}


def grow(case, number):
    """A record more, which makes the last stretch of the log another, and new files before it."""
    case.file = case.home / f"new-{number}.txt"
    case.file.write_text(f"Something new, number {number}.")
    case.run("add", "artifact", case.file)


def test_a_stretch_that_grew_stays_failed_until_it_holds(invented, audit):
    swap(invented)
    assert "projection" in failed(audit(ALL, 0))
    for night in range(1, 4):
        grow(invented, night)
        assert "projection" in failed(audit(ONE, night))
    swap(invented, "key", "quay")
    for night in range(4, 40):
        report = audit(ONE, night)
        if not failed(report):
            break
        assert failed(report) <= {"projection", "commitment"}
    assert failed(report) == set()
    assert failed(audit(ALL, 41)) == set()


def test_what_fails_in_its_new_form_is_told_as_that(invented, audit):
    swap(invented)
    audit(ALL, 0)
    grow(invented, 1)
    assert "projection" in failed(audit(ALL, 1))
    swap(invented, "key", "quay")
    grow(invented, 2)
    assert failed(audit(ALL, 2)) == set()


def test_a_file_whose_record_says_otherwise_stays_failed(invented, audit):
    """The stretch of the log, which failed too, is looked at before it, and uses the budget up."""
    swap(invented)
    invented.preserved("minutes").chmod(0o600)
    invented.preserved("minutes").write_bytes(b"Something else.")
    assert "file" in failed(audit(ALL, 0))
    change(invented, "UPDATE artifact SET body = json_set(body, '$.size', 1 + size)")
    grow(invented, 1)
    report = audit(ONE, 1)
    assert "file" in failed(report)
    told = [one.detail for one in report.findings if one.check == "file"]
    assert any("was not looked at again in this run" in one for one in told)


def test_what_is_not_there_any_more_stays_failed_until_all_was_seen(invented, audit):
    """Here the row of a damaged file is taken out, and so the file is none to be looked at."""
    index = invented.json("show", invented.ids["minutes"])["index"]
    invented.preserved("minutes").chmod(0o600)
    invented.preserved("minutes").write_bytes(b"Something else.")
    assert "file" in failed(audit(ALL, 0))
    change(invented, f"DELETE FROM artifact WHERE idx = {index}")
    for night in range(1, 4):
        report = audit(ONE, night)
        assert "file" in failed(report)
    told = [one.detail for one in report.findings if one.check == "file"]
    assert any("is not there any more" in one for one in told)
    assert "file" not in failed(audit(ALL, 5))  # what took it away is what fails now
    assert failed(audit(ALL, 6)) != set()


def test_an_erased_file_has_failed_no_longer(invented, audit):
    grow(invented, 0)
    invented.ids["new"] = invented.json("list", "artifact")[-1]["id"]
    invented.preserved("new").chmod(0o600)
    invented.preserved("new").write_bytes(b"Something else.")
    assert "file" in failed(audit(ALL, 0))
    invented.run("erase", invented.ids["new"], "--reason", "By order", "--yes")
    invented.run("checkpoint")
    assert "file" not in failed(audit(ONE, 1))
