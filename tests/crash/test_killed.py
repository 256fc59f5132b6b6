"""A command that is killed at any moment leaves a case that opens, verifies and goes on."""

import random
import signal

import pytest
from doomed import case_file, mail, two_files

from cases import ORIGIN, CaseDir, make_empty_case

MOMENTS = 24
"""Moments at which each command is killed: the first, the last, and others drawn between them."""

pytestmark = pytest.mark.usefixtures("parsed_once")


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A case with its title and one claim, whose next record is that of the command."""
    case = make_empty_case(tmp_path_factory.mktemp("start"))
    case.run("claim", "first", "The first record")
    return case


COMMANDS = {mail: 2, two_files: 2, case_file: 14}
"""What is added, and the number of its records."""


def takes_the_next_record(case, records):
    """It has all of the command's records or none, takes another one, and no check fails."""
    added = case.json("claim", "next", "The next record is taken")
    assert added["index"] in (2, 2 + records)
    report = case.json("verify", code=3)
    assert report["counts"]["failed"] == 0
    assert {one["check"] for one in report["checks"] if one["outcome"] != "holds"} == {"coverage"}
    return added["index"] > 2


@pytest.fixture
def copies(start, tmp_path):
    """Makes one copy of the case after the other."""
    return (start.copy_to(tmp_path / str(number)) for number in range(10_000))


@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_any_thing_that_it_does_on_disk(killer, copies, tmp_path, command):
    words = command(tmp_path)
    lived = killer(next(copies), words, event=0)
    assert (lived["signal"], lived["code"]) == (None, 0)
    last = lived["events"]
    drawn = random.Random(last).sample(range(2, last), min(MOMENTS, last) - 2)
    outcomes = set()
    for event in (1, *sorted(drawn), last):
        case = next(copies)
        assert killer(case, words, event=event)["signal"] == signal.SIGKILL
        outcomes.add(takes_the_next_record(case, COMMANDS[command]))
    assert False in outcomes


@pytest.mark.parametrize("command", [mail, case_file])
def test_killed_in_the_midst_of_writing(killer, copies, tmp_path, command):
    """Torn pages in the files that are copied, in the write-ahead log, and in the database."""
    words, lived = command(tmp_path), False
    for limit in (0, 60, *range(33_000, 160_000, 8_191), 1 << 30):
        case = next(copies)
        ended = killer(case, words, bytes=limit)
        assert ended["signal"] == signal.SIGXFSZ or ended["code"] == 0
        lived = ended["code"] == 0
        takes_the_next_record(case, COMMANDS[command])
    assert lived


def test_the_same_command_completes_what_was_killed(killer, copies, tmp_path):
    words = case_file(tmp_path)
    last = killer(next(copies), words, event=0)["events"]
    for event in range(1, last, last // 8):
        case = next(copies)
        killer(case, words, event=event)
        case.run(*words)
        assert case.json("log")["size"] == 16
        case.run("checkpoint")
        assert case.json("verify", "--all-digests")["outcome"] == "holds"


def test_killed_while_it_signs(killer, copies):
    last = killer(next(copies), ["checkpoint"], event=0)["events"]
    for event in range(1, last + 1, 4):
        case = next(copies)
        killer(case, ["checkpoint"], event=event)
        case.run("checkpoint")
        assert case.json("verify")["outcome"] == "holds"


def killed_in_init(killer, home, key, moments):
    """Cases whose `init` was killed at these events, with this key there before."""

    def made(name, event):
        case = CaseDir(home / name)
        case.home.mkdir()
        if key is not None:
            case.key_file.write_text(key)
            case.key_file.chmod(0o600)
        return case, killer(case, ["init", case.root, "--origin", ORIGIN], event=event)

    last = made("lives", 0)[1]["events"]
    for event in moments(last):
        case, ended = made(f"killed-{event}", event)
        assert ended["signal"] == signal.SIGKILL
        yield case


def is_there_or_can_be_made(case):
    """It is there whole, or not at all and can be made again."""
    if not case.database.exists():
        case.run("init", case.root, "--origin", ORIGIN)
    case.run("claim", "first", "The first record")
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"


def test_killed_while_it_makes_a_case(killer, start, tmp_path):
    key = start.key_file.read_text()
    for case in killed_in_init(killer, tmp_path, key, lambda last: range(1, last + 1, last // 12)):
        is_there_or_can_be_made(case)


def test_killed_while_it_makes_a_key(killer, tmp_path):
    for case in killed_in_init(killer, tmp_path, None, lambda _last: range(1, 16)):
        is_there_or_can_be_made(case)
