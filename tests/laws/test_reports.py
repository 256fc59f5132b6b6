"""A report is as bad as the worst of it, in whatever order its parts come."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.verify.report import CHECKS, Outcome, Report, overall
from reports import report_of

HOLDS, FAILED, NOT_CHECKED = Outcome.HOLDS, Outcome.FAILED, Outcome.NOT_CHECKED
WORST = [FAILED, NOT_CHECKED, HOLDS]

checks = st.sampled_from(sorted(CHECKS))
said = st.tuples(st.sampled_from(list(Outcome)), checks, st.sampled_from(["a", "b"]))


@given(st.lists(said))
def test_the_outcome_is_the_worst(all_said):
    outcomes = {outcome for outcome, *_ in all_said}
    expected = (
        FAILED
        if FAILED in outcomes
        else NOT_CHECKED
        if NOT_CHECKED in outcomes or not outcomes
        else HOLDS
    )
    report = report_of(*all_said)
    assert report.outcome is expected
    assert overall(report.counts) is expected


@given(st.lists(said), said)
def test_one_more_check_never_makes_it_better_than_that_check_or_than_what_failed(all_said, one):
    before, after = report_of(*all_said).outcome, report_of(*all_said, one).outcome
    assert WORST.index(after) <= WORST.index(one[0])
    assert not all_said or WORST.index(after) <= WORST.index(before)


@given(st.lists(said))
def test_counts_add_up(all_said):
    report = report_of(*all_said)
    assert report.counts == {
        str(outcome): sum(one == outcome for one, *_ in all_said) for outcome in Outcome
    }
    assert sum(report.counts.values()) == len(all_said)
    assert sum(check.count for check in report.checks) == len(all_said)


@given(st.lists(said))
def test_checks_are_in_the_order_of_section_8(all_said):
    listed = report_of(*all_said).checks
    steps = [CHECKS[check.check][0] for check in listed]
    assert steps == sorted(steps)
    ranks = [FAILED, NOT_CHECKED, HOLDS]
    for check in CHECKS:
        outcomes = [ranks.index(one.outcome) for one in listed if one.check == check]
        assert outcomes == sorted(outcomes), "what failed comes first"


@given(st.lists(said), st.lists(said))
def test_merging_is_as_if_said_in_one(first, second):
    report, other, whole = (report_of(*s) for s in (first, second, [*first, *second]))
    report.absent, other.absent, whole.absent = ["x"], ["y"], ["x", "y"]
    report.merge(other)
    assert report == whole


@given(st.lists(st.lists(said), min_size=3, max_size=3))
def test_it_does_not_matter_in_which_order_parts_are_merged(parts):
    ways = ([0, 1, 2], [2, 1, 0], [1, 0, 2])
    merged = [Report() for _ in ways]
    for report, way in zip(merged, ways, strict=True):
        for at in way:
            report.merge(report_of(*parts[at]))
    first, *others = merged
    for other in others:
        assert (other.outcome, other.counts) == (first.outcome, first.counts)
        assert sorted(map(repr, other.checks)) == sorted(map(repr, first.checks))
