"""E-mails and mailboxes that were once misread or called false: each is read right now.

They are kept beside the project, with what a correct answer must be.
"""

import json
from importlib import import_module

import pytest
from click.testing import CliRunner

from evidence_chain.extract.guard import guard
from evidence_cli.main import main

KINDS = (
    "01",
    "05",
    "06",
    "07",
    "08",
    "09",
    "10",
    "11",
    "12",
    "13",
    "14",
    "17",
    "18",
    "19",
    "20",
    "22",
)
STANDS = ("verbatim", "normalised", "elided")


@pytest.fixture
def _in_this_process(monkeypatch):
    """Parsers run here: whether they are confined is none of what is asked of them."""

    def run(extractor, file, *_, function="extract", arguments=()):
        head, blob = getattr(import_module(extractor.__name__), function)(file, *arguments).pack()
        return json.loads(json.dumps(head)), blob

    monkeypatch.setattr(guard, "run", run)


@pytest.mark.usefixtures("_in_this_process")
def test_what_was_found_wrong_is_right(shared, invented):
    place = shared("cases/found")
    cases = json.loads((place / "cases.json").read_text())
    ours = [case for case in cases if case["fault"].startswith(tuple(f"mail-{n}-" for n in KINDS))]
    assert len(ours) == 35
    wrong = {case["id"]: problems for case in ours if (problems := _wrong(case, place, invented))}
    assert not wrong


def _wrong(case, place, invented):
    code, said, words = _answer(case, place / case["fault"], invented)
    right, notes = case["right"], said.get("notes") or []
    status = said.get("status") or ("unverifiable" if code == 3 else None)
    person = status in STANDS and (code == 1 or (bool(notes) and case["command"] != "locate"))
    given = {f"{one['domain']}/{one['selector']}": one["verdict"] for one in said.get("dkim") or []}
    signed = right.get("signatures", {}) if code == 0 else {}
    checks = {
        f"exit {code}": code in _some(right.get("exit", code)),
        f"status {status}": status in _some(right.get("status", status)),
        f"needs a person: {person}": person == right.get("needs_person", person),
        f"notes {notes}": not right.get("notes_any") or set(notes) & set(right["notes_any"]),
        "does not say it": right.get("says", "") in words,
        "says it": right.get("must_not_say", "\0") not in words,
        f"signatures {given}": all(given.get(who) in allowed for who, allowed in signed.items()),
    }
    return [problem for problem, holds in checks.items() if not holds]


def _answer(case, folder, invented):
    named = [folder / one if (folder / one).is_file() else one for one in case.get("args", [])]
    text = ["--text", case["text"]] if "text" in case else []
    words = {"locate": ["locate"], "response-email": ["add", "response-email"]}[case["command"]]
    asked = [*words, folder / case["file"], *text, *named, "--json"]
    done = CliRunner().invoke(main, list(map(str, asked)), env=invented.environment)
    said = json.loads(done.stdout or done.stderr)
    return done.exit_code, said, done.output.lower()


def _some(value):
    return value if isinstance(value, list) else [value]
