"""A person at the command line."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidence_chain.extract.guard import probe
from evidence_chain.extract.guard.isolation import Isolation
from evidence_cli.main import main
from evidence_db.verifying.spread import asking as verifying


@dataclass
class Person:
    """Runs commands in a directory of their own, and says what came of them."""

    home: Path

    def run(self, *words, code=0, stdin=None):
        result = CliRunner().invoke(main, [str(word) for word in words], input=stdin)
        unexpected = result.exception and not isinstance(result.exception, SystemExit)
        assert not unexpected, result.exc_info
        assert code in (None, result.exit_code), result.output
        return result

    def out(self, *words, code=0, stdin=None):
        return self.run(*words, code=code, stdin=stdin).stdout

    def json(self, *words, code=0, stdin=None):
        return json.loads(self.out(*words, "--json", code=code, stdin=stdin))

    def id(self, *words):
        (line,) = self.out(*words, "--quiet").split()
        return line

    def file(self, name, content):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@pytest.fixture
def confined_by(monkeypatch):
    """A function that makes this machine confine parsers by some means, and lack others."""

    def make(by, lacking):
        told = Isolation(by, lacking)
        monkeypatch.setattr(probe, "isolation", lambda: told)
        monkeypatch.setattr(verifying, "isolation", lambda: told)

    return make


@pytest.fixture
def person(tmp_path, monkeypatch):
    """Somebody in an empty directory, with a key file and a name of their own."""
    home = tmp_path / "desk"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("EVIDENCE_KEY", str(tmp_path / "signing.key"))
    monkeypatch.setenv("EVIDENCE_BY", "tester")
    monkeypatch.delenv("EVIDENCE_CASE", raising=False)
    return Person(home)


@pytest.fixture
def case(person):
    """The same, in a new case."""
    person.run("init", "--origin", "newsroom.example/case")
    return person


@pytest.fixture
def tender(case):
    """The same, with a preserved tender."""
    case.file("tender.txt", "3.1 We buy cameras.\n3.2 They cover every door of the hall.\n")
    case.run("add", "artifact", "tender.txt", "--title", "Tender 7")
    return case
