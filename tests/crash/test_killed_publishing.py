"""`evidence publish` that is killed: the edition is there whole, or nothing of it is; and the next
one names it exactly if it is there.
"""

import random
import shutil
import signal

import pytest
from doomed import case_file

from cases import make_empty_case
from editions import DAY, Edition

MOMENTS = 14
"""Moments at which it is killed: the first, the last ones, and others drawn between them."""

pytestmark = pytest.mark.usefixtures("parsed_once")


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    case = make_empty_case(tmp_path_factory.mktemp("start"))
    case.run(*case_file(case.home))
    case.run("checkpoint")
    return case


@pytest.fixture
def copies(start, tmp_path):
    """Makes one copy of the case after the other."""
    return (start.copy_to(tmp_path / str(number)) for number in range(10_000))


def words(case, name, day):
    return ["publish", case.home / name, "--made", DAY.format(day)]


def whole_or_not_at_all(case, how):
    """Returns whether the edition is there."""
    one, other = case.home / "one", case.home / "other"
    is_there = one.exists()
    assert not is_there or Edition(one, case.key).check().code == 0, how
    case.run(*words(case, "other", 2))
    earlier = Edition(other, case.key).said["earlier"]
    assert [one["made"] for one in earlier] == [DAY.format(1)] * is_there, how
    seen = ("--seen", one) if is_there else ()
    case.run("check", other, "--key", case.vkey, *seen)
    if not is_there:
        case.run("publish", one, "--made", DAY.format(3))
    assert not list(case.home.glob(".one.publishing*")), how
    case.run("tidy", "--remove")
    shutil.rmtree(case.home)
    return is_there


def test_killed_at_any_thing_that_it_does_on_disk(killer, copies):
    for case in (next(copies), next(copies)):  # the first may compile modules, which is counted
        lived = killer(case, words(case, "one", 1), event=0)
        assert (lived["signal"], lived["code"]) == (None, 0)
    last = lived["events"]
    drawn = random.Random(last).sample(range(2, last - 8), MOMENTS - 9)
    outcomes = set()
    for event in (1, *sorted(drawn), *range(last - 7, last + 1)):
        case = next(copies)
        assert killer(case, words(case, "one", 1), event=event)["signal"] == signal.SIGKILL
        outcomes.add(whole_or_not_at_all(case, event))
    assert outcomes == {False, True}


def test_killed_in_the_midst_of_writing(killer, copies):
    outcomes = set()
    for limit in (0, 60, 5_000, 40_000, 1 << 30):
        case = next(copies)
        ended = killer(case, words(case, "one", 1), bytes=limit)
        assert ended["signal"] == signal.SIGXFSZ or ended["code"] in (0, 4), limit
        outcomes.add(whole_or_not_at_all(case, limit))
    assert outcomes == {False, True}
