"""The demo shows what it promises, and README shows the demo."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from transcripts import masked

from evidence_cli.main import main

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


def test_a_case_is_left_where_it_is_asked_for(demo_case):
    report = demo_case.json("list", "claim")
    assert len(report) == 6
    found = [demo_case.json("resolve", claim["id"], code=(0, 1, 3)) for claim in report]
    assert {one["status"] for one in found} == {"supported", "contested", "unsupported"}
    demo_case.run("demo", demo_case.home, code=2)
