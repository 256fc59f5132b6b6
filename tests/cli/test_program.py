"""The program as a whole: how it starts, answers, completes, and tells errors."""

import os
import subprocess
import sys

import pytest

from evidence_chain import __version__
from evidence_chain.edition.browser import digest
from evidence_cli.main import COMMANDS, main
from evidence_db.case import Case

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
        f"verify.html, which `evidence verifier` writes, has the SHA-256 {digest()}.",
    ]


UNUSED = (
    *("sqlmodel", "sqlalchemy", "pydantic", "sqlite_utils"),
    *("datasette", "evidence_datasette"),
    *("importlib.metadata", "difflib", "email.message"),
    *("evidence_chain.mail", "evidence_chain.extract.pdf", "evidence_chain.extract.html"),
    *("evidence_chain.extract.guard.guard", "evidence_chain.text.compare.altered"),
)
"""What recording, or resolving, a passage of a plain text needs nothing of."""
LIGHT = {
    "add quote": ["--artifact", "minutes.txt", "--text", "Nobody objected.", "--speaker", "A"],
    "claim": ["nobody-objected", "Nobody objected"],
    "link": ["board-was-told", "nobody-objected", "--supports"],
    "checkpoint": [],
    "resolve": ["quay-is-wired"],
}


def test_single_commands_load_what_they_need(invented):
    """One process for all: what one of them loads is told of those after it, too."""
    commands = [[*name.split(), *words] for name, words in LIGHT.items()]
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom evidence_cli.main import main\n"
        f"for words in {commands!r}:\n"
        "    result = CliRunner().invoke(main, words)\n"
        f"    loaded = [name for name in {UNUSED!r} if name in sys.modules]\n"
        "    print(*words[:2], result.exit_code, loaded)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=invented.home,
        env={**os.environ, **invented.environment},
    )
    expected = [f"{' '.join(words[:2])} 0 []" for words in commands]
    assert result.stdout.splitlines() == expected


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_the_common_options(person, name):
    out = person.out(name, "--help")
    assert out.startswith("Usage:")
    for option in ("--case", "--by", "--json", "--quiet"):
        assert option in out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["resolv"], "No such command 'resolv'. Did you mean resolve?"),
        (["veryfy"], "No such command 'veryfy'. Did you mean verify"),
        (["add", "qoute"], "No such command 'qoute'. Did you mean quote?"),
        (["add", "no-reponse"], "No such command 'no-reponse'. Did you mean no-response"),
        (["zzz"], "No such command 'zzz'.\n"),
    ],
)
def test_a_command_that_is_mistyped_is_told_what_was_meant(person, typed, told):
    assert told in person.run(*typed, code=2).stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [("quotes", "Did you mean quote?"), ("clam", "Did you mean claim?"), ("x", "There are artif")],
)
def test_a_kind_that_is_mistyped_is_told_what_was_meant(case, typed, told):
    assert f"There is no kind called '{typed}'. {told}" in case.run("list", typed, code=2).stderr


def test_an_option_that_is_missing_is_told_with_what_it_is(person):
    told = person.run("init", code=2).stderr
    assert "Missing option '--origin'. The log's name, for ever" in told
    assert "newsroom.example/cameras." in told


def test_a_file_in_the_place_of_a_command_was_meant_to_be_preserved(tender):
    told = tender.run("add", "tender.txt", "--title", "Tender 8", code=2).stderr
    assert "Did you mean `evidence add artifact tender.txt --title 'Tender 8'`?" in told


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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("resolve mi", "mill-knew"),
        ("link abcd mi", "mill-knew"),
        ("quote a.txt x --supports mi", "mill-knew"),
        ("add quote --contradicts mi", "mill-knew"),
        ("publish x --claim mi", "mill-knew"),
        ("list req", "request-email"),
        ("withhold x --field spe", "speaker"),
        ("publish x --override ins", "inspected"),
    ],
)
def test_what_may_stand_in_a_command_completes(case, monkeypatch, capsys, words, told):
    case.run("claim", "mill-knew", "The mill knew")
    monkeypatch.setenv("_EVIDENCE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"evidence {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    with pytest.raises(SystemExit):
        main(prog_name="evidence")
    assert capsys.readouterr().out.splitlines() == [f"plain,{told}"]


def test_errors_are_json_where_that_is_asked_for(case):
    error = case.json("show", "nothing-there", code=2)
    assert error["exit_code"] == 2
    assert "Nothing in this case" in error["error"]
    for words in (["zzz"], ["show"], ["add", "quote", "--no-such"], ["link", "a", "b"]):
        error = case.json(*words, code=2)
        assert (error["exit_code"], bool(error["error"])) == (2, True)


def test_nothing_is_coloured_where_there_is_no_terminal(tender):
    tender.run("claim", "knew", "They knew")
    for words in (["resolve", "knew"], ["verify"], ["list"], ["log"]):
        result = tender.run(*words, code=3 if words == ["verify"] else 0)
        assert "\x1b" not in result.output


def test_too_little_memory_is_no_failed_check(invented, monkeypatch):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr(Case, "connected", full)
    said = invented.run("verify", code=4).output
    assert "too little memory to go on, so nothing is told" in said
