"""Erasing that is killed at any moment: all is there, or `verify` says so until it is completed."""

import random
import signal

import pytest

from cases import make_empty_case
from traces import traces

SECRET = "Quelna Vortrex of Aldmere"
MOMENTS = 24
"""Moments at which it is killed, between the first and the last: half of them in the last tenth,
in which it destroys."""

pytestmark = pytest.mark.usefixtures("parsed_once")


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A case with a file, a passage of it, and a claim that stays."""
    case = make_empty_case(tmp_path_factory.mktemp("start"))
    path = case.write("page.html", f"<p>I am {SECRET}.</p>")
    case.ids["file"] = case.id("add", "artifact", path, "--title", f"Talk with {SECRET}")
    case.ids["quote"] = case.id(
        "add", "quote", "--artifact", case.ids["file"], "--text", f"I am {SECRET}."
    )
    case.ids["claim"] = case.id("claim", "told", "Somebody told us")
    case.ids["link"] = case.id("link", case.ids["quote"], "told", "--supports")
    case.run("checkpoint")
    return case


@pytest.fixture
def copies(start, tmp_path):
    return (start.copy_to(tmp_path / str(number)) for number in range(10_000))


def words(case):
    return ("erase", case.ids["file"], "--with-passages", "--reason", "asked to", "--yes")


def ended_whole_or_erased(case):
    """What became of a case whose erasing was killed; whether `verify` had to tell."""
    found = case.json("verify", code=(0, 1, 3))
    failed = {one["check"] for one in found["checks"] if one["outcome"] == "failed"}
    if case.json("log")["size"] == 5:
        assert failed == set()
        assert SECRET in case.json("show", case.ids["file"])["fields"]["title"]
        assert SECRET in case.preserved("file").read_text()
        case.run(*words(case))
    elif failed:
        assert "erasure" in failed
        assert failed <= {"erasure", "projection"}, "old pages may stand after the last one"
        assert case.json("erase", "--finish") == {"finished": True}
    assert traces(case.root, SECRET) == []
    case.run("checkpoint")
    assert case.json("verify", "--all-digests")["outcome"] == "holds"
    assert case.json("log")["size"] == 7
    assert not list(case.root.glob(".*"))
    return bool(failed)


def test_killed_at_any_thing_that_it_does_on_disk(killer, copies):
    case = next(copies)
    lived = killer(case, words(case), event=0)
    assert (lived["signal"], lived["code"]) == (None, 0)
    last, told = lived["events"], set()
    drawn = random.Random(last)
    early = drawn.sample(range(2, last), MOMENTS // 2)
    late = drawn.sample(range(last * 9 // 10, last), MOMENTS // 2)
    for event in (1, *sorted({*early, *late}), last):
        case = next(copies)
        assert killer(case, words(case), event=event)["signal"] == signal.SIGKILL
        told.add(ended_whole_or_erased(case))
    assert told == {True, False}


def test_killed_in_the_midst_of_writing(killer, copies):
    for limit in (0, 60, *range(30_000, 400_000, 49_151)):
        case = next(copies)
        ended = killer(case, words(case), bytes=limit)
        assert ended["signal"] == signal.SIGXFSZ or ended["code"] == 0
        ended_whole_or_erased(case)


def test_killed_while_it_completes(killer, copies):
    case = next(copies)
    last = killer(case, words(case), event=0)["events"]
    for event in range(last // 2, last, last // 8):
        case = next(copies)
        killer(case, words(case), event=event)
        for inner in (4, 20, 60):
            killer(case, ["erase", "--finish"], event=inner)
        ended_whole_or_erased(case)
