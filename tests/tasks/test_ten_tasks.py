"""The ten commonest tasks of a reporter: how much there is to type, and the same records made.

Each is done twice: as it was done before there was `evidence quote`, and as it is done now. What
counts is what has to be typed: commands, characters (with the word `evidence`), and ids that have
to be copied by hand from an answer, of which the first eight digits are typed.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

import pytest

MINUTES = (
    "Minutes of the harbour board, 7 May.\nThe harbour master said: We were never told about the "
    "recordings of the northern quay. The auditor wrote that the board had been told twice, in "
    "writing, and that nobody had answered.\n"
)
TENDER = "3.1 The supplier shall fit forty microphones.\n3.2 They cover every berth of the quay.\n"
PAGE = "<h1>Press release</h1><p>Our system is deaf to conversation, and was fitted in April.</p>"
REQUEST = (
    "From: Ada <ada@paper.example>\nTo: Vardo <press@vardo.example>\nSubject: The quay\n"
    "Date: Wed, 3 Feb 2021 10:00:00 +0000\nMessage-ID: <1@paper.example>\n\nDid you know?\n"
)
ANSWER = (
    "From: Vardo <press@vardo.example>\nTo: Ada <ada@paper.example>\nSubject: Re: The quay\n"
    "Date: Thu, 4 Feb 2021 10:00:00 +0000\nMessage-ID: <2@vardo.example>\n"
    "In-Reply-To: <1@paper.example>\n\nWe sold microphones, and nothing else.\n"
)
FILES = {
    "minutes.txt": MINUTES,
    "tender.txt": TENDER,
    "release.html": PAGE,
    "request.eml": REQUEST,
    "answer.eml": ANSWER,
}
LONG = "the board had been told twice, in writing, and that nobody had answered"


@dataclass(frozen=True)
class Task:
    """A task, and what is typed for it; `{N}` is the id that the Nth command before it answered."""

    name: str
    before: tuple[str, ...]
    now: tuple[str, ...]


TASKS = (
    Task(
        "a claim",
        ('evidence claim board-knew "The harbour board knew of the recordings"',),
        ('evidence claim "The harbour board knew of the recordings"',),
    ),
    Task(
        "a quote from a new document, with who said it and when, for a claim",
        (
            "evidence add artifact minutes.txt",
            'evidence add quote --artifact minutes.txt --text "We were never told about the '
            'recordings of the northern quay" --speaker "The harbour master" --date 2024-05-07',
            'evidence link {1} knew --contradicts --note "He denies it"',
        ),
        (
            'evidence quote minutes.txt "We were … northern quay" -s "The harbour master" '
            '-d 2024-05-07 --contradicts knew -m "He denies it"',
        ),
    ),
    Task(
        "another quote, a long one",
        (
            f'evidence add quote --artifact minutes.txt --text "{LONG}" --speaker "The auditor"',
            "evidence link {1} knew --supports",
        ),
        ('evidence quote minutes.txt "the board … had answered" -s "The auditor" --supports knew',),
    ),
    Task(
        "a page of the web, and what it says",
        (
            "evidence add artifact release.html --url https://vardo.example/release",
            "evidence add quote --artifact release.html "
            '--text "Our system is deaf to conversation, and was fitted in April"',
            "evidence link {1} knew --qualifies",
        ),
        (
            'evidence quote release.html "Our system … in April" --qualifies knew '
            "--url https://vardo.example/release",
        ),
    ),
    Task(
        "a request and its answer",
        (
            "evidence add request-email request.eml",
            "evidence add response-email answer.eml --answers {1} "
            '--text "We sold microphones, and nothing else."',
            "evidence link {1} knew --qualifies",
        ),
        (
            "evidence add request-email request.eml",
            "evidence add response-email answer.eml --answers request.eml --qualifies knew",
        ),
    ),
    Task(
        "several quotes of one document",
        (
            "evidence add artifact tender.txt",
            "evidence add quote --artifact tender.txt "
            '--text "The supplier shall fit forty microphones"',
            "evidence link {1} knew --supports",
            'evidence add quote --artifact tender.txt --text "They cover every berth of the quay"',
            "evidence link {1} knew --supports",
        ),
        (
            'evidence quote tender.txt "The supplier … microphones" --supports knew',
            'evidence quote tender.txt "They … quay" --supports knew',
        ),
    ),
    Task(
        "what is left to do",
        (
            "evidence list claim",
            "evidence resolve knew",
            "evidence list original",
            "evidence list artifact",
            "evidence list request-email",
            "evidence log",
            "evidence publish --check-only",
        ),
        ("evidence status",),
    ),
    Task("sign", ("evidence checkpoint",), ("evidence checkpoint",)),
    Task("what a claim rests on", ("evidence resolve knew",), ("evidence resolve knew",)),
    Task("before publication", ("evidence verify",), ("evidence verify",)),
)
_ANSWERED = re.compile(r"\b[0-9a-f]{8}\b")


def typed(commands):
    """Commands, characters, and ids that have to be copied."""
    ids = sum(command.count("{") for command in commands)
    return len(commands), sum(len(one) + 5 * one.count("{") for one in commands), ids


def done(person, way):
    """Do the tasks, and return what is recorded of each kind."""
    for name, content in FILES.items():
        person.file(name, content)
    for task in TASKS:
        answers = []
        for command in getattr(task, way):
            words = shlex.split(command.replace("{1}", answers[-1] if answers else ""))
            said = person.run(*words[1:], code=None)
            assert said.exit_code in (0, 1, 3), (command, said.output)
            answers += _ANSWERED.findall(said.stdout)[-1:]
    found = person.json("list")
    return sorted((one["kind"], one["fields"].get("text") or "") for one in found)


@pytest.mark.parametrize("way", ["before", "now"])
def test_the_tasks_are_done(case, way):
    records = done(case, way)
    kinds = [kind for kind, _ in records]
    assert kinds.count("artifact") == 5
    assert kinds.count("evidence/quote") == 5
    assert kinds.count("link") >= 7
    assert ("evidence/quote", LONG) in records


def test_at_most_half_has_to_be_typed_and_no_id_copied():
    before, now = (
        typed([one for task in TASKS for one in getattr(task, way)]) for way in ("before", "now")
    )
    assert now[0] <= before[0] / 2
    assert now[1] <= before[1] / 2
    assert (before[2], now[2]) == (7, 0)


def test_a_linked_quote_of_a_new_document_is_one_short_command():
    (command,) = TASKS[1].now
    assert len(command) < 140
