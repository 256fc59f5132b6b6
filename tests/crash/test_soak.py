"""Whatever is killed at random moments: the case opens, verifies, goes on, and can be tidied.

`make soak` kills a thousand times; EVIDENCE_KILLS says how often otherwise.
"""

import os
import random
import shutil
import signal

import pytest
from doomed import case_file, mail

from adversary import verdict
from cases import CaseDir, make_empty_case

KILLS = int(os.environ.get("EVIDENCE_KILLS", "50"))
SECONDS = 0.5
"""The longest that a command gets before it is killed from outside."""

pytestmark = pytest.mark.usefixtures("parsed_once")


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A case with two claims, a passage that supports the first, and a signature in between."""
    case = make_empty_case(tmp_path_factory.mktemp("start"))
    case.run("claim", "first", "The first record")
    note = case.id("add", "artifact", case.write("note.txt", "A note."))
    quote = case.id("add", "quote", "--artifact", note, "--text", "A note")
    case.run("link", quote, "first", "--supports")
    case.run("checkpoint")
    case.run("claim", "second", "The second record")
    return case


def again(home):
    return "replace", "first", "second", "--carry-links"


def checkpoint(home):
    return ("checkpoint",)


def copy(home):
    return "copy", home / "copied"


COMMANDS = [mail, case_file, checkpoint, again, copy]


@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_random_moments(killer, start, tmp_path, command):
    dice = random.SystemRandom()
    lived = killer(fresh(start, tmp_path, 0), command(tmp_path / "0"), event=0)
    assert (lived["signal"], lived["code"]) == (None, 0)
    last = lived["events"]
    for number in range(1, 1 + max(1, KILLS // len(COMMANDS))):
        case = fresh(start, tmp_path, number)
        how = dice.choice([{"event": dice.randint(1, last)}, {"seconds": dice.uniform(0, SECONDS)}])
        ended = killer(case, command(case.home), **how)
        assert ended["signal"] == signal.SIGKILL or ended["code"] == 0, how
        goes_on(case, how)
        shutil.rmtree(case.home)


def fresh(start, tmp_path, number):
    """A copy of the case, with what was signed of it."""
    case = start.copy_to(tmp_path / str(number))
    for kept in (start.newest, start.before):
        if kept.exists():
            shutil.copy(kept, case.home)
    return case


def goes_on(case, how):
    """It verifies, takes the next record and a signature, and nothing is left of the crash."""
    assert verdict(case, code=(0, 3)).failed == [], how
    case.run("claim", "next", "The next record is taken")
    case.run("tidy", "--remove")
    assert case.json("tidy") == [], how
    kept = {path.name for path in case.root.glob("artifacts/*/*")}
    case.run("checkpoint")
    assert verdict(case, "--all-digests", code=0).failed == [], how
    whole = case.home / "copied"
    if not whole.exists():
        case.run("copy", whole)
        assert {path.name for path in whole.glob("artifacts/*/*")} == kept
    assert not list(case.home.glob(".copied*"))
    copied = CaseDir(case.home / "elsewhere")
    copied.home.mkdir()
    whole.rename(copied.root)
    shutil.copy(case.key_file, copied.home)
    assert verdict(copied, code=(0, 3)).failed == [], how
