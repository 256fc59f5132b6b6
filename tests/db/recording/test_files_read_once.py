"""A file is read once by whoever records it: besides, only its parsers open it."""

import json
import os
import re
import sys

import pytest

from cases import CLAUSE, TENDER

PRESERVED = re.compile(r"/artifacts/(\.incoming-|[0-9a-f]{2}/[0-9a-f]{64})")
MAIL = """\
From: press@quillmar.example
To: ada@newsroom.example
Date: Mon, 16 Jun 2031 10:12:45 +0000
Subject: Re: cameras
Message-ID: <1@quillmar.example>

We were never told about the cameras.
"""
PARSED = 2
"""Times that an e-mail is opened for its parsers: for its attachments, and for its text."""


class Watch:
    """Notes the preserved files that are opened to be read, while it is told to."""

    def __init__(self):
        self.opened = None
        sys.addaudithook(self._hear)  # which can't be taken back

    def _hear(self, event, about):
        if event != "open" or self.opened is None or about[2] & (os.O_ACCMODE | os.O_DIRECTORY):
            return
        if PRESERVED.search(name := str(about[0])):
            self.opened.append(name)


@pytest.fixture(scope="module")
def watch():
    return Watch()


@pytest.fixture
def case(invented):
    return invented


@pytest.fixture
def opened(watch):
    """The preserved files that were opened to be read so far."""
    watch.opened = []
    yield watch.opened
    watch.opened = None


def times(opened):
    """How often each was opened, most often first."""
    return sorted((opened.count(name) for name in {*opened}), reverse=True)


def test_a_document_that_is_here_is_opened_for_its_digest_and_its_text(case, opened):
    case.run("add", "quote", "--artifact", case.ids["tender"], "--text", "keep what it records")
    assert times(opened) == [2]


def test_an_e_mail_that_is_here_is_read_once_for_its_digest_and_its_headers(case, opened):
    artifact = case.id("add", "artifact", case.write("reply.eml", MAIL))
    opened.clear()
    case.run("add", "response-email", "--artifact", artifact, "--text", "We were never told")
    assert times(opened) == [1]  # its text was drawn when it was added


def test_a_new_e_mail_is_read_once_for_its_headers(case, opened):
    case.id("add", "response-email", case.write("reply.eml", MAIL), "--text", "We were never told")
    assert times(opened) == [1 + PARSED]


def test_the_request_that_an_e_mail_answers_is_read_once(case, opened):
    request = case.id("add", "artifact", case.write("request.eml", MAIL.replace("<1@", "<2@")))
    reply = case.id("add", "artifact", case.write("reply.eml", MAIL))
    opened.clear()
    words = ("--text", "We were never told", "--answers", request)
    case.run("add", "response-email", "--artifact", reply, *words)
    assert times(opened) == [1, 1]


def test_silence_is_recorded_from_one_reading(case, opened):
    request = case.id("add", "artifact", case.write("request.eml", MAIL.replace("2031", "2025")))
    opened.clear()
    case.run("add", "no-response", "--to", request, "--until", "2025-07-01")
    assert times(opened) == [1]


def test_an_imported_document_is_opened_for_its_text_alone(case, opened):
    case.write("new.txt", f"{TENDER}\nThis is another edition.")
    items = {
        "documents": [{"key": "new", "file": "new.txt"}],
        "evidence": [{"key": "e", "kind": "quote", "document": "new", "text": CLAUSE}],
    }
    case.run("import", case.write("case.json", json.dumps(items)))
    assert times(opened) == [1]


def test_a_file_that_was_damaged_meanwhile_is_told(case):
    case.preserved("tender").chmod(0o600)
    case.preserved("tender").write_text(TENDER.replace("forty", "fifty"))
    add = ("add", "quote", "--artifact", case.ids["tender"], "--text", CLAUSE)
    assert "its digest is not the recorded one" in case.run(*add, code=(1, 3, 4)).stderr
