"""The demo shows what it promises, and README shows the demo."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from transcripts import masked

from evidence_chain.errors import ExtractionError, StorageError
from evidence_cli.commands import demo
from evidence_cli.main import _module, main

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture(scope="module")
def shown(tmp_path_factory, parsed_once):
    home = tmp_path_factory.mktemp("home")
    environment = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    result = CliRunner().invoke(main, ["demo"], env=environment, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert not list(home.rglob("*")), "the demo left something in the user's home"
    return result.stdout


def test_it_is_the_first_screen_of_the_readme(shown):
    (console,) = re.findall(r"```console\n(.*?)\n```", README.read_text(), re.DOTALL)
    assert masked(console) == masked(shown.strip())


def test_a_quote_that_lacks_a_word_is_refused(shown):
    assert "does not stand in the file as typed" in shown
    assert ">>never<<" in shown


def test_two_records_are_one_origin(shown):
    assert "2 support" in shown
    assert "1 independent origin and" in shown


def test_it_holds_and_then_one_flipped_byte_fails(shown):
    before, after = shown.split("one byte of a preserved file")
    assert "0 failed, 0 could not be made" in before
    assert "FAILED file" in after


@pytest.mark.parametrize(("command", "ended"), [("publish", 3), ("import", 4)])
def test_it_ends_with_the_command_that_did_not_do_its_part(monkeypatch, tmp_path, command, ended):
    """Such as on a machine so busy that a parser runs out of time; and says which it was."""
    failing = {"publish": ExtractionError, "import": StorageError}[command]
    module = import_module(_module(command))

    def fails(*_, **__):
        raise failing("No time was left.")

    monkeypatch.setattr(module.command, "callback", fails)
    if command == "publish":  # what comes before it is another test's
        monkeypatch.setattr(demo, "_play", lambda _: demo._run(command, "edition"))
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    result = CliRunner().invoke(main, ["demo"], env=environment)
    assert result.exit_code == ended
    assert "Error: No time was left." in result.stdout
    assert f"The demo ends here: `evidence {command}` ended with {ended}." in result.stderr
    assert "add artifact" not in result.stdout


def test_a_case_is_left_where_it_is_asked_for(demo_case):
    report = demo_case.json("list", "claim")
    assert len(report) == 6
    found = [demo_case.json("resolve", claim["id"], code=(0, 1, 3)) for claim in report]
    assert {one["status"] for one in found} == {"supported", "contested", "unsupported"}
    demo_case.run("demo", demo_case.home, code=2)
