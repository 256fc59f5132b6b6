"""The report of a verification: nothing that was not checked ever counts as holding."""

import json
from itertools import product

import pytest

from evidence_chain.extract.guard.isolation import Isolation
from evidence_chain.verify.report import CHECKS, Check, Outcome, Report
from reports import report_of

HOLDS, FAILED, NOT_CHECKED = Outcome.HOLDS, Outcome.FAILED, Outcome.NOT_CHECKED


# The outcome


def test_nothing_checked_never_holds():
    assert Report().outcome is NOT_CHECKED
    assert Report().counts == {"holds": 0, "failed": 0, "not-checked": 0}


def test_no_checks_of_something_never_hold():
    report = Report()
    report.hold("file", "files", 0)
    assert report.outcome is NOT_CHECKED
    assert report.checks == []


def test_one_check_that_holds():
    assert report_of((HOLDS, "file", "files")).outcome is HOLDS


@pytest.mark.parametrize("check", CHECKS)
def test_row_32_one_check_that_could_not_be_made(check):
    others = [(HOLDS, other, "a") for other in CHECKS]
    assert report_of(*others).outcome is HOLDS
    assert report_of(*others, (NOT_CHECKED, check, "a")).outcome is NOT_CHECKED


@pytest.mark.parametrize("check", CHECKS)
def test_one_check_that_failed(check):
    others = [*product([HOLDS, NOT_CHECKED], CHECKS, "a")]
    assert report_of(*others, (FAILED, check, "a")).outcome is FAILED
    assert report_of((FAILED, check, "a")).outcome is FAILED


def test_what_nobody_asked_for_changes_nothing():
    report = report_of((HOLDS, "file", "files"))
    report.absent.append("time-stamps")
    assert report.outcome is HOLDS


# Counts and order


def test_findings_are_kept_one_by_one_and_what_holds_is_counted():
    report = report_of(*[(FAILED, "file", "a")] * 2)
    report.hold("file", "files", 7)
    report.hold("file", "files", 3)
    failed = Check("file", FAILED, "a", "is wrong")
    assert report.checks == [
        failed,
        failed,
        Check("file", HOLDS, "files", "A preserved file has its BLAKE3 digest and size.", 10),
    ]
    assert report.counts == {"holds": 10, "failed": 2, "not-checked": 0}


def test_failures_of_one_step_do_not_come_before_an_earlier_step():
    report = report_of(
        (FAILED, "passage", "a"), (HOLDS, "signature", "a"), (NOT_CHECKED, "file", "a")
    )
    assert [check.check for check in report.checks] == ["signature", "file", "passage"]


def test_every_check_belongs_to_a_step_of_section_8():
    assert {step for step, _ in CHECKS.values()} == set(range(2, 10))
    assert all(meaning.endswith(".") for _, meaning in CHECKS.values())


def test_as_json():
    report = report_of((FAILED, "file", "a"), (HOLDS, "entry", "entries"))
    report.absent.append("time-stamps")
    assert json.loads(json.dumps(report.as_json())) == {
        "outcome": "failed",
        "counts": {"holds": 1, "failed": 1, "not-checked": 0},
        "checks": [
            {
                "check": "entry",
                "outcome": "holds",
                "subject": "entries",
                "detail": "An entry follows the format, and its id is its digest.",
                "count": 1,
            },
            {
                "check": "file",
                "outcome": "failed",
                "subject": "a",
                "detail": "is wrong",
                "count": 1,
            },
        ],
        "absent": ["time-stamps"],
    }
    report.isolation = Isolation(["Landlock (ABI 7)"], ["seccomp: the kernel lacks it"])
    told = {"by": ["Landlock (ABI 7)"], "lacking": ["seccomp: the kernel lacks it"]}
    assert report.as_json()["isolation"] == told
