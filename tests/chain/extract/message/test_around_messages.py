"""What stands before and within the header of a message and is none of it: read over, and said."""

import base64

import pytest

from evidence_chain.extract import parts, sniff
from evidence_chain.extract.message import headers
from mails import BASE64, HEAD, marked, multipart, part

ENCODED = HEAD + part("text/plain", base64.b64encode(b"We deny it."), BASE64)
MARK = "\ufeff".encode()
PLIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist><dict/></plist>\n'


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (MARK, ["byte-order mark"]),
        (b"\r\n", ["empty lines"]),
        (b"\n \n", ["empty lines"]),
        (MARK + b"\n", ["byte-order mark", "empty lines"]),
        (b"From x Mon Jun 16 10:12:45 2031\n", ["a separator of mailboxes"]),
        (b"\0\0", ["control codes"]),
        (b"\x1a", ["control codes"]),
    ],
)
def test_what_stands_before_the_header(draw, before, said):
    drawn = draw(before + ENCODED)
    assert drawn.text.endswith("Subject: Cameras\n\nWe deny it.\n")
    assert drawn.options["around_the_message"] == said
    assert headers(before + ENCODED)["subject"] == "Cameras"
    assert sniff(before + ENCODED + b"x", "a.eml") == "message/rfc822"


def test_an_apple_mail_file(read):
    drawn = read(b"%d      \n" % len(ENCODED) + ENCODED + PLIST)
    assert drawn.text.endswith("\n\nWe deny it.\n")
    said = drawn.extractor["options"]["around_the_message"]
    assert said == ["an e-mail of Apple Mail (.emlx)"]
    received = b"Message-ID: <1@x>\n" + ENCODED
    stored = b"%d\n" % len(received) + received + PLIST
    assert sniff(stored, "1.emlx") == sniff(stored, "1") == "message/rfc822"


@pytest.mark.parametrize("form", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_file_that_was_saved_in_another_charset(draw, form):
    text = (HEAD + part("text/plain; charset=windows-1252", "Größe – 5 €".encode())).decode()
    drawn = draw(("\ufeff" + text).encode(form))
    assert drawn.text.endswith("\n\nGröße – 5 €\n")
    assert drawn.options["around_the_message"] == [f"the file is {form}"]
    assert draw(("\ufeff" + ENCODED.decode()).encode(form)).text.endswith("\n\nWe deny it.\n")


@pytest.mark.parametrize(
    "header",
    [
        HEAD.replace(b"To:", b"0/X-Total Score: 3:\r\nTo:"),
        HEAD.replace(b"To:", b">From x Mon Jun 16 10:12:45 2031\r\nTo:"),
        HEAD.replace(b"Subject", b"words of a program\r\nSubject"),
        b"Original message\r\n\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n" + HEAD,
    ],
)
def test_lines_that_are_no_fields_end_no_header(draw, header):
    drawn = draw(header + ENCODED.removeprefix(HEAD))
    assert "Subject: Cameras" in drawn.text
    assert drawn.text.endswith("\n\nWe deny it.\n")
    ((_, lost),) = [one for one in marked(drawn, "part") if "no fields" in one[0]]
    assert lost.encode() in header
    assert drawn.options["no_header_fields"]


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"Hello, and\r\nso: on.\r\n",
        HEAD + b"\r\nFrom: the desk\r\nnot a field\r\nTo: you\r\n",
        b"\r\nNote: words\r\n",
    ],
)
def test_words_are_no_header(draw, data):
    drawn = draw(data)
    assert "no_header_fields" not in drawn.options
    assert drawn.text.split()[-1] in data.decode()
    for word in data.removeprefix(HEAD).decode().split():
        assert word in drawn.text


@pytest.mark.parametrize(
    ("how", "body", "text", "damaged"),
    [
        ("base64", b"V2UgZGVueQ==\r\nIGl0Lg==\r\n", "We deny it.", False),
        ("base64 (a (nested) comment)", b"V2UgZGVueSBpdC4=\r\n", "We deny it.", False),
        ("(7bit) base64", b"V2UgZGVueSBpdC4=\r\n", "We deny it.", False),
        ("base64", b"V2UgZGVueSBpdC4=\r\n\r\n-- \r\nlist footer\r\n", "We deny it.", True),
        ("quoted-printable", b"We de= \t\r\nny=20it=2E\r\n", "We deny it.", False),
        ("Quoted-Printable (x)", b"We=\r\n deny it. \r\n", "We deny it.", False),
    ],
)
def test_transfer_encodings(draw, how, body, text, damaged):
    drawn = draw(HEAD + part("text/plain", body, f"Content-Transfer-Encoding: {how}".encode()))
    assert drawn.text.endswith(f"\n\n{text}\n")
    assert ("damaged" in drawn.options) is damaged


def test_comments_in_the_type(draw, read, tmp_path):
    kind = 'text/plain (plain); charset="utf-8" (it is); name="a (1).txt"'
    drawn = draw(HEAD + part(kind, "Größe".encode()))
    assert drawn.text.endswith("\n\nGröße\n")
    attached = part("application/pdf; name=a (1).pdf", b"%PDF")
    read(HEAD + multipart("mixed", part("text/plain", b"see"), attached))
    assert parts(tmp_path / "mail.eml", "message/rfc822")[0].name == "a (1).pdf"


def test_a_guess_is_marked(draw):
    drawn = draw(HEAD + part("text/plain", b"caf\xe9"))
    assert marked(drawn, "guessed") == [("no charset is named; read as windows-1252", "café")]
    drawn = draw(HEAD.replace(b"Cameras", b"=?x-none?q?a?=") + b"\r\nwords\r\n")
    ((why, line),) = marked(drawn, "guessed")
    assert line == "Subject: a"
    assert "x-none" in why
    page = "<meta charset=cp1251><p>Мы".encode("cp1251")
    assert draw(HEAD + part("text/html", page)).text.endswith("\n\nМы\n")
    assert not marked(draw(HEAD + part("text/html", page)), "guessed")
    assert marked(draw(HEAD + part("text/html", b"<p>caf\xe9")), "guessed")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/ms-tnef; name=winmail.dat", b"eJ8+"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", b"MAA="),
        ("multipart/encrypted; boundary=e", b"--e\r\n\r\nx\r\n--e--"),
    ],
)
def test_words_that_cannot_be_read_are_said(read, kind, body):
    sealed = part(kind, body, BASE64) if kind.startswith("app") else part(kind, body)
    stream = read(HEAD + multipart("mixed", part("text/plain", b"see"), sealed))
    assert stream.unread


def test_an_e_mail_within_its_signature_is_read(draw):
    from asn1crypto import cms

    inner = b"Content-Type: text/plain\r\n\r\nWe deny it.\r\n"
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [],
            "encap_content_info": {"content_type": "data", "content": inner},
            "signer_infos": [],
        }
    )
    content = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    drawn = draw(HEAD + part(kind, base64.b64encode(content), BASE64))
    assert drawn.text.endswith("\n\nWe deny it.\n")
    assert "unread" not in drawn.options
