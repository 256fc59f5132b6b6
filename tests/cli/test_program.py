"""The program as a whole: how it starts, answers, completes, and tells errors."""

import subprocess
import sys

import pytest

from evidence_chain import __version__
from evidence_cli.main import COMMANDS, main

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "datasette",
    "sqlite_utils",
    "cryptography",
    "sqlite3",
)


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_version_and_help_start_light(words):
    code = (
        "import sys\nfrom evidence_cli.main import main\n"
        f"main({words!r}, standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stderr.strip() == "[]"
    assert "evidence" in result.stdout


@pytest.mark.parametrize("words", [["--version", "--verbose"], ["--verbose", "--version"]])
def test_the_version_tells_how_parsers_are_confined_if_asked(person, confined_by, words):
    confined_by(["Landlock (ABI 7)"], ["seccomp: the kernel lacks it"])
    assert person.out("--version").splitlines() == [f"evidence, version {__version__}"]
    assert person.out(*words).splitlines() == [
        f"evidence, version {__version__}",
        "Parsers are confined by Landlock (ABI 7).",
        "Parsers are not confined by seccomp: the kernel lacks it.",
    ]


def test_resolving_does_not_load_the_orm(tender):
    tender.run("claim", "knew", "They knew")
    code = (
        "import sys\nfrom evidence_cli.main import main\n"
        "main(['resolve', 'knew'], standalone_mode=False)\n"
        "print([name for name in ('sqlmodel', 'sqlalchemy', 'datasette') if name in sys.modules],"
        "file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stderr.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_the_common_options(person, name):
    out = person.out(name, "--help")
    assert out.startswith("Usage:")
    for option in ("--case", "--by", "--json", "--quiet"):
        assert option in out


def test_the_common_options_work_before_the_command_too(tender, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = tender.out("--case", tender.home, "--quiet", "list", "artifact")
    assert len(out.split()) == 1


def test_commands_complete(person, monkeypatch):
    monkeypatch.setenv("_EVIDENCE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "evidence res")
    monkeypatch.setenv("COMP_CWORD", "1")
    with pytest.raises(SystemExit):
        main(prog_name="evidence")


def test_errors_are_json_where_that_is_asked_for(case):
    error = case.json("show", "nothing-there", code=2)
    assert error["exit_code"] == 2
    assert "Nothing in this case" in error["error"]


def test_nothing_is_coloured_where_there_is_no_terminal(tender):
    tender.run("claim", "knew", "They knew")
    for words in (["resolve", "knew"], ["verify"], ["list"], ["log"]):
        result = tender.run(*words, code=3 if words == ["verify"] else 0)
        assert "\x1b" not in result.output
