"""E-mails as programs write them beside the standard: read as every mail program reads them."""

import base64

import pytest

from evidence_chain.extract import TextStream, message
from mails import HEADERS

TEXT = "Wir bestreiten für uns jede Lieferung von Kameras, und das seit Jahren."
ENCODED = base64.b64encode(TEXT.encode()).decode()
TYPE, CODING = "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"
WHOLE = "\n".join([HEADERS, TYPE, CODING, "", ENCODED, ""])


def drawn(text):
    return message.draw(text.encode())


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        (CODING, "Content-Transfer-Encoding : base64"),
        (TYPE, "Content-Type\t: text/plain; charset=utf-8"),
        (CODING, "Content-Transfer-Encoding: base64;"),
        (CODING, 'Content-Transfer-Encoding: "base64"'),
        (TYPE, "Content-Type: text (a) / (b) plain; charset=utf-8"),
        (TYPE, "Content-Type: text/plain charset=utf-8"),
        ("\n", "\r\r\n"),
        (HEADERS, "\r\f\n" + HEADERS),
        ("charset=utf-8", "charset=win-65001"),
        (TYPE, "Content-Type: text/plain, charset=utf-8"),
        (CODING, "Content-Transfer-Encoding: base64; x=y"),
        (CODING, f"{CODING}\n>From a@quillmar.example Mon Jun 16 10:12:45 2031"),
    ],
)
def test_it_is_read_all_the_same(written, otherwise):
    assert TEXT in drawn(WHOLE.replace(written, otherwise)).text


def test_words_after_base64_are_no_part_of_it_and_are_told():
    found = drawn(WHOLE + "\n______\nA list, and its rules: see below\n")
    assert TEXT in found.text
    assert found.options["damaged"] == ["text/plain"]


@pytest.mark.parametrize("footer", ["Für alle: über uns".encode(), "Für alle".encode("cp1252")])
def test_a_footer_in_other_letters_than_those_of_base64(footer):
    found = message.draw(WHOLE.encode() + b"\n--\n" + footer + b"\n")
    assert TEXT in found.text
    assert found.options["damaged"] == ["text/plain"]


def test_plain_letters_in_quoted_printable():
    text = WHOLE.replace("base64", "quoted-printable").replace(ENCODED, TEXT + "=\n =C3=BC")
    assert TEXT + " ü" in drawn(text).text


def test_a_mailbox_that_is_called_an_e_mail_needs_a_person():
    line = "From a@b.example Mon Jun 16 10:12:45 2031\n"
    assert not [one for one in drawn(line + WHOLE).marks if one.kind == "hidden"]
    assert [one for one in drawn(line + WHOLE + "\n" + line + WHOLE).marks if one.kind == "hidden"]


def test_a_transfer_encoding_that_is_not_known_is_told():
    found = drawn(WHOLE.replace("base64", "base85"))
    assert "base85" in found.options["unread"][0]


def test_what_is_not_found_in_a_guessed_charset_is_left_open():
    text = WHOLE.replace("utf-8", "x-own").replace(ENCODED, "QvxjaGVyLCBC/GNoZXI=")
    found = drawn(text)
    stream = TextStream(found.text, {"options": found.options}, found.marks)
    assert "x-own" in stream.left_open([])
    assert TextStream(found.text, {}, []).left_open([]) is None


@pytest.mark.parametrize("written", ["Quoted Printable", "quoted_printable", "quotedprintable"])
def test_other_spellings_of_quoted_printable(written):
    body = TEXT.replace("ü", "=C3=BC")
    whole = "\n".join([HEADERS, TYPE, f"Content-Transfer-Encoding: {written}", "", body, ""])
    assert TEXT in drawn(whole).text


def test_two_transfer_encodings_of_one_part_are_told():
    found = drawn(WHOLE.replace(CODING, f"Content-Transfer-Encoding: 7bit\n{CODING}"))
    assert "7bit, base64" in found.options["unread"][0]
    assert "unread" not in drawn(WHOLE.replace(CODING, f"{CODING}\n{CODING}")).options
