"""THREATS 42a to 42c: what an e-mail or mailbox shows, and what was sent."""

import pytest

from cases import CaseDir
from mails import HEAD, multipart, part

LINE = b"From a@quillmar.example Mon Jun 16 10:12:45 2031\n"
VERSIONS = multipart(
    "alternative",
    part("text/plain", b"It cost $5 million."),
    part("text/html; charset=utf-8", "<p>It cost €5 million.<p>We <s>never</s> sold.".encode()),
)
QUOTED = b"\n>You said:\n>From here on we sold.\n>True?\n"
BOX = LINE + HEAD + QUOTED + b"\nFrom Berlin, in May\nNote: no.\n"


@pytest.mark.parametrize(
    ("name", "content", "words", "marked"),
    [
        ("42a.eml", HEAD + VERSIONS, "It cost €5 million.", set()),
        ("42a.eml", HEAD + VERSIONS, "It cost $5 million.", {"hidden"}),
        ("42a.eml", HEAD + VERSIONS, "We never sold.", {"deleted"}),
        ("42b.eml", HEAD + part("text/plain", b"no caf\xe9 today"), "no café today", {"guessed"}),
        ("42c.mbox", BOX, "From here on we sold.", {"quoted"}),
        ("42c.mbox", BOX, "From Berlin, in May Note: no.", set()),
    ],
)
def test_rows_42a_to_42c_what_is_shown_counts(tmp_path, name, content, words, marked):
    (tmp_path / name).write_bytes(content)
    said = CaseDir(tmp_path).json(
        "locate", tmp_path / name, "--text", words, code=1 if marked else 0
    )
    assert {mark["kind"] for mark in said["marks"]} - {"part"} == marked
    assert said["accepted"] is not bool(marked)


def test_row_42b_words_in_a_part_that_cannot_be_read_are_not_missing(tmp_path):
    packed = part("application/ms-tnef; name=winmail.dat", b"x")
    mail = multipart("mixed", part("text/plain", b"See the other part."), packed)
    (tmp_path / "42b.eml").write_bytes(HEAD + mail)
    said = CaseDir(tmp_path).run("locate", tmp_path / "42b.eml", "--text", "We sold five.", code=3)
    assert "winmail.dat" in said.output
