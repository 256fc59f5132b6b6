"""Mailboxes: where messages begin, and that each is read as it is when it stands alone."""

import io

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, extract, mbox, message, parts, sniff

ONE = b"From: a@quillmar.example\r\nSubject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\r\n\r\nFirst words.\r\n"
TWO = (
    b"From: b@ledger.example\nMessage-ID: <2@x>\n\nFrom here on:\nwe say\n\n>From there\n> quoted\n"
)
LINE = b"From a@quillmar.example Mon Jun 16 10:12:45 2031\n"
MAILBOX = LINE + ONE + b"\r\n" + LINE + TWO.replace(b"\nFrom h", b"\n>From h")


def open_(data):
    return io.BytesIO(data)


def test_each_message_is_drawn_and_marked(tmp_path):
    path = tmp_path / "box"
    path.write_bytes(MAILBOX)
    assert sniff(MAILBOX[:HEAD], "box") == "application/mbox"
    stream = extract(path, "application/mbox")
    alone = [message.draw(ONE), message.draw(TWO)]
    assert stream.text == "\n\n".join(one.text for one in alone)
    titles = [m for m in stream.marks if m.kind == "part" and m.detail.startswith("message ")]
    assert [(m.detail, stream.text[m.start : m.end]) for m in titles] == [
        ("message 1: Größe", alone[0].text),
        ("message 2", alone[1].text),
    ]
    quoted = [stream.text[m.start : m.end] for m in stream.marks if m.kind == "quoted"]
    assert quoted == [">From there\n> quoted"]
    assert stream.extractor["options"]["messages"] == 2
    assert parts(path, "application/mbox") == [("message 1.eml", ONE), ("message 2.eml", TWO)]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (LINE + b"From: a\n\nhi\n", 1),
        (LINE + b"From: a\n\nhi\nFrom the start: x\nSubject: y\n", 1),
        (LINE + b"From: a\n\nhi\n\nFrom the start we knew.\nAnd so on: y\n", 1),
        (LINE + b"From: a\n\nhi\n\n" + LINE + b"From: b\n\nho\n", 2),
        (LINE + b">From x\nFrom: a\n\nhi\n", 1),
        (b"\n" + LINE + b"From: a\n\nhi\n", 1),
        (b"From: a\n\nhi\n", 0),
        (b"", 0),
    ],
)
def test_where_messages_begin(data, count):
    assert len(mbox.parts(open_(data)).parts) == count


def test_a_message_that_cannot_be_read_does_not_lose_the_others():
    deep = b"Content-Type: message/rfc822\n\n" * 300
    drawn = mbox.extract(open_(LINE + deep + b"hi\n\n" + LINE + ONE))
    assert drawn.text.endswith("First words.\n")
    assert drawn.options["unread"] == [1]
    with pytest.raises(ExtractionError, match=r"\.eml file"):
        mbox.extract(open_(LINE + deep))


def test_what_was_noted_of_messages():
    twice = b"From: a\nFrom: b\n\nhi\n\n"
    assert mbox.extract(open_(LINE + ONE + b"\n" + LINE + twice)).options["noted"] == {
        "2": {"duplicate_headers": ["From"]}
    }
