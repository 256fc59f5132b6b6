"""Follows the pages of the handbook: saves its files and runs its commands, one after another.

Run as a program, this writes into each page what its commands answer now.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from contextlib import ExitStack, chdir, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import click
from click.testing import CliRunner
from transcripts import RANDOM, ROOT, masked

from evidence_chain.edition.browser import digest
from evidence_chain.extract.guard.isolation import Isolation
from evidence_chain.wording.moment import instant
from evidence_cli.main import main
from evidence_db.recording import writer
from evidence_db.verifying.spread import asking as verifying

if TYPE_CHECKING:
    from collections.abc import Iterator

HANDBOOK = ROOT / "docs" / "handbook"
FIRST = HANDBOOK / "tutorial.md"
_NAMES = ("reporter", "editor", "lawyer", "reader", "server", "withholding")
LATER = [HANDBOOK / f"{name}.md" for name in _NAMES]
"""The pages that go on with what the tutorial left, each of them on its own."""

_BLOCK = re.compile(
    r"(?P<before>\bas `(?P<file>[\w.-]+)`:\n\n)?"
    r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_COMMAND = re.compile(r"\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n)*)")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT")
"""By the clock of the story, so that it is the same in each run."""
_NUMBER = re.compile(r"\d{1,3}\Z")
_BEGIN = datetime(2026, 11, 27, 9, tzinfo=UTC)
"""When the story begins, so that the times on all pages fit, whichever were written when."""
_ENDLESS = ("serve",)
"""Commands that only somebody at the keyboard ends. Of them just the words are checked."""


@dataclass
class Walker:
    """Somebody called Ada, who does what the pages say, in a home of her own."""

    home: Path
    place: Path = field(init=False)
    met: dict[str, str] = field(default_factory=dict)
    """What differs from run to run: ids, digests, keys as a page has them, and as they are here."""
    minutes: int = 0
    """Since the story began, by its clock: a command takes one, however long it took here."""

    def __post_init__(self) -> None:
        self.place = self.home / "desk"
        self.place.mkdir(parents=True, exist_ok=True)

    def go_on(self, home: Path) -> Walker:
        """Somebody who has all of that in another home."""
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        return Walker(home, dict(self.met), self.minutes)

    def here(self, text: str) -> str:
        """What a page says, with the ids and keys that are here in place of those of the page."""
        return RANDOM.sub(lambda one: self.met.get(one[0], one[0]), text)

    def follow(self, page: str) -> str:
        """Do all that `page` says. Returns the page with what the commands answered.

        Where the answer differs only by chance it is left as the page has it.

        Raises:
            ValueError: Of a block of `sh`, which shows no answers, a command failed.
        """
        return _BLOCK.sub(self._block, page)

    def _block(self, block: re.Match[str]) -> str:
        if block["file"]:
            (self.place / block["file"]).write_text(block["text"])
        elif block["kind"] == "console":
            answered = [self._answered(found) for found in _COMMAND.finditer(block["text"])]
            return "```console\n" + "\n".join(answered) + "```"
        elif block["kind"] == "sh":
            for command in re.findall(r"(?:.*\\\n)*.+", block["text"]):
                code, said = self._run(command)
                if code:
                    raise ValueError(f"{command}\n{said}")
        return block[0]

    def _answered(self, found: re.Match[str]) -> str:
        _, said = self._run(found["command"])
        shown = found["output"].strip("\n")
        if not self._is_shown(said, shown):
            names = self._names()
            shown = RANDOM.sub(lambda one: names.get(one[0], one[0]), said)
        return f"$ {found['command']}\n" + (f"{shown}\n" if shown else "")

    def _is_shown(self, said: str, shown: str) -> bool:
        """Whether a page shows what was said, with its own ids and keys."""
        if masked(said) != masked(shown) or (digest() in said) != (digest() in shown):
            return False
        met, names = dict(self.met), self._names()
        for there, here in zip(RANDOM.findall(shown), RANDOM.findall(said), strict=True):
            if _TIME.match(there):
                if there != here:
                    return False
                continue
            same = met.setdefault(there, here) == here and names.setdefault(here, there) == there
            if not same and not _NUMBER.match(there):
                return False
        self.met = met
        return True

    def _names(self) -> dict[str, str]:
        """What is here, as pages have it."""
        return {here: there for there, here in self.met.items()}

    def _run(self, command: str) -> tuple[int, str]:
        """Run one line of a shell. Returns its exit code and what it said."""
        command = self.here(command)
        words = shlex.split(command.replace("\\\n", ""), comments=True)
        if words[:1] == ["cd"]:
            self.place = (self.place / words[1]).resolve(strict=True)
            return 0, ""
        with chdir(self.place):
            if words[:1] != ["evidence"]:
                return _shell(command)
            *words, into = words if words[-2:-1] == [">"] else [*words, ">", ""]
            code, said = self._evidence(words[1:-1])
        if into:
            (self.place / into).write_text(f"{said}\n")
            said = ""
        return code, said

    def _evidence(self, words: list[str]) -> tuple[int, str]:
        if words[0] in _ENDLESS:
            command = main.get_command(click.Context(main), words[0])
            assert command is not None
            command.make_context(words[0], words[1:])
            return 0, ""
        surroundings = dict.fromkeys(one for one in os.environ if one.startswith("EVIDENCE_"))
        surroundings |= {"HOME": str(self.home), "XDG_DATA_HOME": None, "EVIDENCE_BY": "Ada"}
        surroundings |= {"COLUMNS": "80"}
        with self._anywhere():
            result = CliRunner().invoke(main, words, env=surroundings)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output.replace(str(self.home), "/home/ada").strip("\n")

    @contextmanager
    def _anywhere(self) -> Iterator[None]:
        """Let a machine make no difference: parsers are confined, commands a minute apart."""
        with ExitStack() as patches:
            confined = Isolation([], [])
            patches.enter_context(patch.object(verifying, "isolation", lambda: confined))
            self.minutes += 1
            time = instant(_BEGIN + timedelta(minutes=self.minutes))
            patches.enter_context(patch.object(writer, "instant", lambda _: time))
            yield


def _shell(command: str) -> tuple[int, str]:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip("\n")


def rewrite() -> None:
    """Write what the commands answer now into every page."""
    with tempfile.TemporaryDirectory() as folder:
        first = Walker(Path(folder, "tutorial").resolve())
        FIRST.write_text(first.follow(FIRST.read_text()))
        for page in LATER:
            walker = first.go_on(first.home.with_name(page.stem))
            page.write_text(walker.follow(page.read_text()))


if __name__ == "__main__":
    rewrite()
