"""A command that is killed at any moment leaves a case that opens, verifies and goes on."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cases import make_empty_case

KILLER = Path(__file__).with_name("killer.py")
MOMENTS = 14
"""Moments at which each command is killed: the first, the last, and others drawn between them."""
TEXT = "Nobody told us about the cameras on the quay."


def run(case, moment, words):
    command = [sys.executable, str(KILLER), str(moment), *map(str, words)]
    environment = {**os.environ, **case.environment}
    return subprocess.run(command, capture_output=True, env=environment, text=True, check=False)


def moments(case, words):
    """Drawn at random, but the same in every run of the tests."""
    result = run(case, 0, words)
    assert result.returncode == 0, result.stderr
    last = int(result.stderr.split()[-1])
    between = random.Random(last).sample(range(2, last), MOMENTS - 2)
    return sorted({1, last, *between})


def check_whole(case, sizes):
    """It opens, nothing in it fails, it has all of a command's records or none, and goes on."""
    report = case.json("verify", code=3)
    assert report["counts"]["failed"] == 0
    assert case.json("log")["size"] in sizes
    assert not [c for c in report["checks"] if c["outcome"] != "holds" and c["check"] != "coverage"]
    case.run("claim", "next", "The next record is taken")
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"


def mail(home):
    """A mail, so that there is a text stream beside the file."""
    path = home / "answer.eml"
    path.write_text(f"From: a@b.example\nTo: c@d.example\nSubject: Re\n\n{TEXT}\n")
    return path


def case_file(home):
    documents = []
    for number in range(3):
        (home / f"{number}.html").write_text(f"<p>{number}: {TEXT}</p>")
        documents.append({"key": f"D{number}", "file": f"{number}.html"})
    content = {
        "documents": documents,
        "originals": [{"key": "O", "title": "A letter"}],
        "evidence": [
            {
                "key": f"E{number}",
                "kind": "quote",
                "document": f"D{number}",
                "text": TEXT,
                "derives_from": "O",
            }
            for number in range(3)
        ],
        "claims": [{"key": "C", "slug": "told", "statement": "Nobody was told"}],
        "links": [{"from": f"E{n}", "to": "C", "relation": "supports"} for n in range(3)],
    }
    path = home / "case.json"
    path.write_text(json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("make", "words", "records"),
    [(mail, ("add", "response-email"), 2), (case_file, ("import",), 14)],
    ids=["add", "import"],
)
def test_killed_at_any_moment(tmp_path, make, words, records):
    template = make_empty_case(tmp_path / "template")
    words = (*words, make(tmp_path))
    before = template.json("log")["size"]
    for moment in moments(template.copy_to(tmp_path / "whole"), words):
        case = template.copy_to(tmp_path / f"killed-{moment}")
        result = run(case, moment, words)
        assert result.returncode == -signal.SIGKILL
        check_whole(case, {before, before + records})
