"""What a person should look at is told while nothing is written, and on a terminal it is asked."""

import json
from types import SimpleNamespace

import pytest

from editions import ALL_SHOWN
from evidence_cli import terminal
from evidence_cli.views.published import look_first

WORDS = ("--claim", "board-knew", *ALL_SHOWN)
HEAD = "Look at these before you publish."


@pytest.fixture
def hinting(invented):
    """A case with a checkpoint and something withheld that the rest may tell of."""
    invented.run("withhold", invented.ids["trained"], "--field", "date", "--reason", "A source.")
    invented.run("checkpoint")
    return invented


@pytest.fixture
def at_a_terminal(monkeypatch):
    """Somebody sits there, and nothing of an edition is there yet when they are asked."""
    monkeypatch.setattr(look_first, "is_attended", lambda: True)


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_who_says_no_has_written_nothing(hinting, at_a_terminal, answer):
    before = hinting.json("log")["size"]
    said = hinting.run("publish", hinting.home / "one", *WORDS, code=1, stdin=answer)
    assert HEAD in said.stderr
    assert "Go on?" in said.stderr
    assert hinting.json("log")["size"] == before
    assert not list(hinting.home.glob("*one*"))


@pytest.mark.parametrize(
    ("words", "stdin", "asked"), [((), "y\n", True), (("--yes",), None, False)]
)
def test_who_goes_on_has_an_edition(hinting, at_a_terminal, words, stdin, asked):
    said = hinting.run("publish", hinting.home / "one", *WORDS, *words, stdin=stdin)
    assert ("Go on?" in said.stderr) == asked
    assert said.output.index(HEAD) < said.output.index("Published ")
    assert (hinting.home / "one" / "data" / "log.jsonl").exists()


IDLE = "quote[speaker=The harber].speaker"


def test_without_a_terminal_it_is_told_and_not_asked(hinting):
    (hinting.root / "policy.toml").write_text(f'withhold = ["{IDLE}"]')
    said = hinting.run("publish", hinting.home / "one", *WORDS)
    assert HEAD in said.stderr
    assert f"No record meets the rule {IDLE}" in said.stderr
    assert "Go on?" not in said.stderr


def test_a_program_has_it_in_its_answer_and_nowhere_else(hinting):
    (hinting.root / "policy.toml").write_text(f'withhold = ["{IDLE}"]')
    asked = hinting.json("publish", "--check-only", *WORDS)
    said = hinting.run("publish", hinting.home / "one", *WORDS, "--json")
    made = json.loads(said.stdout)
    assert said.stderr == ""
    assert made["idle"] == asked["idle"] == [IDLE]
    assert made["warnings"] == asked["warnings"] != []


def test_a_program_at_a_terminal_is_asked_with_what_there_is_to_look_at(hinting, at_a_terminal):
    words = ("publish", hinting.home / "one", *WORDS, "--json")
    assert HEAD in hinting.run(*words, stdin="n\n", code=1).stderr
    assert HEAD not in hinting.run(*words, "--yes").stderr


def test_where_there_is_nothing_to_look_at_nobody_is_asked(invented, at_a_terminal):
    invented.run("checkpoint")
    said = invented.run("publish", invented.home / "one", *ALL_SHOWN)
    assert said.stderr == ""


@pytest.mark.parametrize("change", ["withhold", "policy"])
def test_row_24_what_is_withheld_while_somebody_is_asked_is_not_published(
    hinting, at_a_terminal, monkeypatch, change
):
    def meanwhile(*_, **__):
        if change == "policy":
            (hinting.root / "policy.toml").write_text('withhold = ["quote.speaker"]')
        else:
            hinting.run("withhold", hinting.ids["trained"], "--reason", "A source.")

    monkeypatch.setattr(look_first.click, "confirm", meanwhile)
    said = hinting.run("publish", hinting.home / "one", *WORDS, code=4)
    assert "was changed since the gate was asked. Nothing was published." in said.stderr
    assert not list(hinting.home.glob("*one*"))


def test_who_has_closed_the_terminal_is_not_asked(hinting, monkeypatch):
    """As a service does, of which Python then has no streams."""
    streams = SimpleNamespace(stdin=None, stderr=None, stdout=SimpleNamespace(isatty=lambda: False))
    monkeypatch.setattr(terminal, "sys", streams)
    assert "Published " in hinting.run("publish", hinting.home / "one", *WORDS).output
