"""Beyond the rows: is a reviewer another person than those who recorded what was reviewed?"""

import pytest

from editions import STAMP
from evidence_chain.edition.checking.attested.reviewers import By
from reviewed import SIGNED, WITHHELD, reviewed

RECORDER = STAMP["recorded_by"]


@pytest.fixture
def counted(edition):
    """What is counted of a review of a claim that stands on another."""

    def count(reviewer="Ada", **shown):
        lines = edition.read("data/log.jsonl").splitlines()
        found = edition.relog(reviewed(lines, reviewer, **shown))
        assert "review" not in found.failed | found.missed
        return {by: found.counted[by] for by in By if by in found.counted}

    return count


def test_another_person_reviewed_it(counted):
    assert counted() == {By.OTHERS: 1}


def test_who_recorded_something_of_it_is_no_other_person(counted):
    assert counted(RECORDER) == {By.RECORDER: 1}


def test_names_are_compared_by_their_code_points(counted):
    assert counted(f"{RECORDER}\u200b") == {By.OTHERS: 1}


def test_one_record_by_the_reviewer_is_enough_whatever_else_is_withheld(counted):
    assert counted(RECORDER, claim=WITHHELD) == {By.RECORDER: 1}


@pytest.mark.parametrize(
    "withheld",
    [
        {"claim": WITHHELD},
        {"link": ("note",)},
        {"shown": SIGNED[1:]},
        {"shown": tuple(name for name in SIGNED if name != "size")},
    ],
    ids=["a recorder", "the recorder of a link", "the reviewer", "what was reviewed"],
)
def test_a_name_that_is_withheld_is_not_compared(counted, withheld):
    assert counted(**withheld) == {By.UNKNOWN: 1}
