"""Where messages of a mailbox begin, in the ways in which programs write them; none gets lost."""

import base64
import hashlib
import io

import pytest

from evidence_chain.extract import mbox, sniff
from evidence_chain.extract.mbox.quoting import unquoted

LINE = b"From a@quillmar.example Mon Jun 16 10:12:45 2031\n"
HEAD = b"From: a@quillmar.example\nDate: Mon, 16 Jun 2031 10:12:45 +0000\n"
ONE, TWO = HEAD + b"\nFirst.\n", HEAD + b"\nSecond.\n"
INNER = LINE + HEAD + b"\nof the attached mailbox\n"


def split(data):
    return [part.content for part in mbox.parts(io.BytesIO(data)).parts]


def options(data):
    return mbox.extract(io.BytesIO(data)).options


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        b"From a@quillmar.example  Mon Jun  6 10:12:45 2031\n",
        b"From - Mon Jun 16 10:12:45 2031\n",
        b"From ???@??? Mon Jun 16 10:12:45 2031\n",
        b"From MAILER-DAEMON Mon Jun 16 10:12:45 2031\n",
        b"From a at quillmar.example  Mon Jun 16 10:12:45 2031\n",
        b"From 1234567@xxx Mon Jun 16 10:12:45 +0000 2031\n",
        b"From a@quillmar.example Mon, 16 Jun 2031 10:12:45 +0000\n",
        b"From a@quillmar.example 2031-06-16T10:12:45Z\n",
        b"From a@quillmar.example Mon Jun 16 10:12 2031 remote from b\n",
        b"From \n",
        b"From -\n",
        b"From - \n",
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_separators_of_all_programs(line, end):
    data = (line + ONE + b"\n" + line + TWO).replace(b"\n", end)
    assert split(data) == [one.replace(b"\n", end) for one in (ONE, TWO)]
    assert sniff(data, "Inbox") == "application/mbox"


@pytest.mark.parametrize("before", [b"", b"\n", b"\n \n", "\ufeff".encode(), "\ufeff\n".encode()])
def test_what_stands_before_the_first(before):
    data = before + LINE + ONE + b"\n" + LINE + TWO
    assert split(data) == [ONE, TWO]
    assert sniff(data, "Inbox") == "application/mbox"


def test_a_mailbox_in_utf_16():
    data = (LINE + ONE + b"\n" + LINE + TWO).decode().encode("utf-16")
    assert split(data) == [ONE, TWO]
    assert options(data)["around_the_messages"] == ["the file is utf-16-le"]


def test_words_before_the_first_are_no_loss():
    data = ONE + b"\n" + LINE + TWO
    assert split(data) == [ONE + b"\n", TWO]
    assert options(data)["around_the_messages"] == ["words before the first separator"]


def test_without_empty_lines_between():
    assert split(LINE + ONE + LINE + TWO) == [ONE, TWO]


def test_without_any_header():
    data = LINE + b"\nFirst.\n\n" + LINE + b"\nSecond.\n"
    assert split(data) == [b"\nFirst.\n", b"\nSecond.\n"]
    assert sniff(data, "a.mbox") == "application/mbox"


@pytest.mark.parametrize(
    "words",
    [
        b"From Berlin, 3 March\nNote: we admit the sale.\n",
        b"From the desk of X\nDear: all\n",
        b"From the minister, Mon Jun 16 10:12:45 2031\nwe heard.\n",
        b"From here\n\n",
        b"From\n",
    ],
)
def test_lines_of_a_text_separate_nothing(words):
    one = ONE + b"\n" + words + b"more\n"
    assert split(LINE + one + b"\n" + LINE + TWO) == [one, TWO]


def test_a_line_without_a_date_that_may_separate_is_told():
    one = ONE + b"\nFrom a@quillmar.example\n" + HEAD + b"\nmore\n"
    data = LINE + one + b"\n" + LINE + TWO
    assert split(data) == [one, TWO]
    assert options(data)["may_separate"] == 1


@pytest.mark.parametrize("line", [LINE, b"From 18443477@xxx\n"])
def test_where_the_first_line_of_a_file_has_no_date_others_need_none(line):
    data = b"From a@quillmar.example\n" + ONE + b"\n" + line + TWO
    assert sniff(data, "x.mbox") == "application/mbox"
    assert split(data) == [ONE, TWO]


def test_a_line_with_a_dash_needs_no_empty_one_before_it():
    assert split(b"From -\n" + ONE + b"From - \n" + TWO) == [ONE, TWO]


def test_a_bare_line_without_an_empty_one_before_it_is_told():
    data = LINE + ONE + b"From \n" + TWO
    assert len(split(data)) == 1
    assert options(data)["may_separate"] == 1


@pytest.mark.parametrize("before", [b"\n\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\f\n \n"])
def test_marks_and_empty_lines_before_the_first_one(before):
    data = before + LINE + ONE + b"\n" + LINE + TWO
    assert sniff(data, "x.mbox") == "application/mbox"
    assert split(data) == [ONE, TWO]


@pytest.mark.parametrize("boundary", [b"q", b'"q r"', b"q; charset=x"])
def test_nothing_within_a_part_separates(boundary):
    name = boundary.split(b";")[0].strip(b'"')
    kind = b"Content-Type: multipart/mixed;\n boundary=" + boundary + b"\n\n--" + name + b"\n\n"
    one = HEAD + kind + INNER + b"\n" + INNER + b"\n--" + name + b"--\n"
    assert split(LINE + one + b"\n" + LINE + TWO) == [one, TWO]


def test_parts_without_their_end_swallow_nothing():
    cut = HEAD + b"Content-Type: multipart/mixed; boundary=q\n\n--q\n\nwords\n"
    whole = cut + b"--q--\n"
    assert split(LINE + cut + b"\n" + LINE + whole) == [cut, whole]
    assert split(LINE + cut + b"\n" + LINE + TWO) == [cut, TWO]


def test_a_length_is_believed_where_it_ends_at_a_separator():
    body = b"Hello\n\n" + INNER
    one = HEAD + b"Content-Length: %d\n\n" % len(body) + body
    assert split(LINE + one + b"\n" + LINE + TWO) == [one, TWO]
    assert split(LINE + one) == [one]
    for wrong in (len(body) - 3, len(body) + 3, 10**11):
        other = HEAD + b"Content-Length: %d\n\n" % wrong + body
        assert len(split(LINE + other + b"\n" + LINE + TWO)) == 3


QUOTED = [
    (b"\n>From here\n", b"\nFrom here\n"),
    (b"\n>From here\n>>From there\n", b"\nFrom here\n>From there\n"),
    (b"\nyes\n\n>From here on\nno\n", b"\nyes\n\nFrom here on\nno\n"),
    (b"\n> he said:\n>From here\n> is it?\n", None),
    (b"\n> he said:\n>From here\n", None),
    (b"\n>From here\n> is it?\n", None),
    (b"\n>From here\n\n> is it?\n", b"\nFrom here\n\n> is it?\n"),
    (b"\n> he said:\n\n>From here\n\n> is it?\n", None),
    (b"\nOn Monday Zhang wrote:\n\n>From here\n\nNo.\n", None),
]


@pytest.mark.parametrize(("stored", "sent"), QUOTED)
def test_a_line_beside_quoted_ones_stays_quoted(stored, sent):
    assert unquoted(HEAD + stored) == HEAD + (sent or stored)


@pytest.mark.parametrize("form", ["simple", "relaxed"])
@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        (b"> a\n>From here\n> b\n", b"> a\nFrom here\n> b\n"),
        (b">From here\n", b">From here\n"),
        (b">From here\n>>From there\n", b"From here\n>>From there\n"),
        (b">From here\n>>From there\n> b\n", b"From here\n>From there\n> b\n"),
    ],
)
def test_a_signature_tells_what_was_sent(form, stored, sent):
    digest = base64.b64encode(hashlib.sha256(sent.replace(b"\n", b"\r\n")).digest()).decode()
    signed = f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/{form};\n\tbh={digest}; b=AAAA\n"
    head = HEAD + signed.encode() + b"\n"
    assert unquoted(head + stored) == head + sent
    stale = head.replace(b"sha256", b"sha1")
    assert unquoted(stale + b">From here\n> b\n") == stale + b">From here\n> b\n"


def test_a_mailbox_of_a_program_that_quotes_within_the_header():
    one = HEAD.replace(b"Date", b">From - Mon Jan 26 17:20:56 2029\nDate")
    one += b"Content-Transfer-Encoding: quoted-printable\n\nGr=C3=B6=C3=9Fe.\n"
    data = LINE + one + b"\n" + LINE + TWO
    assert sniff(data, "Inbox") == "application/mbox"
    assert "Größe." in mbox.extract(io.BytesIO(data)).text


def test_what_could_not_be_read_of_a_message_is_said():
    packed = HEAD + b"Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n"
    (said,) = options(LINE + ONE + b"\n" + LINE + packed)["damaged"]
    assert said.startswith("message 2: winmail.dat")


def test_mailboxes_put_together_and_two_separators_before_one_message():
    mark = b"\xef\xbb\xbf"
    assert split(mark + LINE + ONE + b"\n" + mark + LINE + TWO) == [ONE, TWO]
    assert split(LINE + LINE + ONE + b"\n" + LINE + LINE + TWO) == [ONE, TWO]
