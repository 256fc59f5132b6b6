"""E-mail: headers decoded, text parts, HTML only where there is nothing else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract
from evidence_chain.extract.message import decode_header, headers

HEAD = b"From: Zhang <zhang@example.cn>\r\nTo: desk@newsroom.example\r\nSubject: Cameras\r\n"


@pytest.fixture
def read(tmp_path):
    def read(data):
        path = tmp_path / "mail.eml"
        path.write_bytes(data)
        return extract(path, "message/rfc822")

    return read


def part(kind, body, *more):
    lines = [f"Content-Type: {kind}".encode(), *more, b"", body, b""]
    return b"\r\n".join(lines)


def multipart(subtype, *parts, boundary="q"):
    line = b"--" + boundary.encode()
    body = b"".join(line + b"\r\n" + each for each in parts) + line + b"--\r\n"
    return part(f"multipart/{subtype}; boundary={boundary}", body)


def test_a_plain_message(read):
    stream = read(
        HEAD + b"Date: Mon, 1 Jan 2024 00:00:00 +0000\r\nMessage-ID: <1@x>\r\n"
        b"In-Reply-To:\r\n <0@x>\r\nX-Other: no\r\n\r\nWe did\r\nnot know.\r\n"
    )
    assert stream.text == (
        "From: Zhang <zhang@example.cn>\nTo: desk@newsroom.example\n"
        "Date: Mon, 1 Jan 2024 00:00:00 +0000\nSubject: Cameras\nMessage-ID: <1@x>\n"
        "In-Reply-To: <0@x>\n\nWe did\nnot know.\n"
    )
    assert stream.extractor["name"] == "evidence-chain/message"
    assert stream.extractor["options"]["charsets"] == ["utf-8"]


def test_of_alternatives_the_plain_text(read):
    text = part("text/plain", b"the plain text")
    page = part("text/html", b"<p>the page")
    assert "the page" not in read(HEAD + multipart("alternative", text, page)).text
    assert "the plain text" in read(HEAD + multipart("alternative", page, text)).text


def test_html_where_there_is_nothing_else(read):
    page = part("text/html; charset=utf-8", "<p>We <b>did</b>n’t<p hidden>x".encode())
    assert read(HEAD + page).text.endswith("\n\nWe didn’t\n")
    empty = part("text/plain", b" \r\n")
    assert read(HEAD + multipart("alternative", empty, page)).text.endswith("We didn’t\n")
    related = multipart("related", page, part("image/png", b"x"), boundary="r")
    text = read(HEAD + multipart("alternative", empty, related)).text
    assert text.endswith("We didn’t\n\nAttachment: unnamed (image/png)\n")


def test_every_text_part_is_taken(read):
    parts = [part("text/plain", b"first"), part("text/html", b"<p>second")]
    nested = multipart("mixed", part("text/plain", b"third"), boundary="r")
    text = read(HEAD + multipart("mixed", *parts, nested)).text
    assert text.endswith("\n\nfirst\n\nsecond\n\nthird\n")


def test_attachments_are_listed_and_not_read(read):
    attached = b'Content-Disposition: attachment; filename="../a.txt"'
    encoded = b"Content-Disposition: attachment; filename*=utf-8''%E6%91%84.pdf"
    message = multipart(
        "mixed",
        part("text/plain", b"see there"),
        part("text/plain", b"attached words", attached),
        part("application/pdf", b"%PDF", encoded),
        part("message/rfc822", b"Subject: within\r\n\r\nforwarded words"),
    )
    text = read(HEAD + message).text
    assert "attached words" not in text
    assert "forwarded words" not in text
    assert text.endswith(
        "see there\n\nAttachment: ../a.txt (text/plain)\nAttachment: 摄.pdf (application/pdf)\n"
        "Attachment: unnamed (message/rfc822)\n"
    )


@pytest.mark.parametrize(
    ("declared", "data", "charset"),
    [
        ("utf-8", "Größe 摄像".encode(), "utf-8"),
        ("gb2312", "摄像机".encode("gb18030"), "gb18030"),
        ("us-ascii", "Größe 摄像".encode(), "utf-8"),
        ("utf-8", "摄像机".encode("gb18030"), "gb18030"),
        ("unknown-8bit", "摄像机".encode("gb18030"), "gb18030"),
        ("utf-8", b"caf\xe9 x", "latin-1"),
        ("windows-1251", "Все".encode("cp1251"), "windows-1251"),
        ("iso-2022-jp", "監視カメラ".encode("iso-2022-jp"), "iso-2022-jp"),
        ("unicode_escape", b"\\u0041", "utf-8"),
    ],
)
@pytest.mark.parametrize("transfer", ["8bit", "base64"])
def test_the_charset_that_fits_is_recorded(read, declared, data, charset, transfer):
    body = base64.b64encode(data) if transfer == "base64" else data
    how = f"Content-Transfer-Encoding: {transfer}".encode()
    stream = read(HEAD + part(f"text/plain; charset={declared}", body, how))
    assert stream.extractor["options"]["charsets"] == [charset]
    assert stream.text.endswith(f"\n\n{data.decode(charset)}\n")


def test_headers_of_a_record():
    data = (
        b"From: =?utf-8?B?5byg5LiJ?= <zhang@example.cn>\r\n"
        b"TO: a@example.org,\r\n\tb@example.org\r\nSubject: =?gb2312?Q?=C4=E3=BA?=\r\n"
        b" =?GB2312?Q?=C3?= there\r\nMessage-ID: <[x]@y>\r\n\r\nFrom: body\r\nCc: body\r\n"
    )
    assert headers(data) == {
        "sender": "张三 <zhang@example.cn>",
        "recipient": "a@example.org, b@example.org",
        "cc": None,
        "date": None,
        "subject": "你好 there",
        "message_id": "<[x]@y>",
        "in_reply_to": None,
    }


def test_of_several_headers_the_first_counts_and_all_are_shown(read):
    data = b"From: a@x\r\nFrom: b@x\r\nSubject: s\r\n\r\nbody words\r\n"
    assert headers(data)["sender"] == "a@x"
    assert read(data).text.startswith("From: a@x\nFrom: b@x\n")


@pytest.mark.parametrize(
    ("value", "decoded"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?a_b=C3=A9?= c", "a bé c"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=  =?iso-8859-1?q?=E9?= d", "abé d"),
        ("=?utf-8?b?4pyT?=", "✓"),
        ("=?utf-8?b?YQ?=", "a"),
        ("=?utf-8?b?A?=", "A"),
        ("=?utf-8*en?q?x?=", "x"),
        ("=?nonsense?q?=C3=A9?=", "é"),
        ("=?utf-8?q?a=0ABcc:_x?=", "a Bcc: x"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("Gr\udcc3\udcb6\udcc3\udc9fe", "Größe"),
        ("", ""),
    ],
)
def test_decode_header(value, decoded):
    assert decode_header(value) == decoded


@pytest.mark.parametrize("data", [b"", b"\r\n", b"no headers at all", b"\xff\xfe\x00", b":\r\n"])
def test_headers_of_what_is_no_mail(data):
    assert set(headers(data).values()) == {None}


@given(st.binary(max_size=200), st.text(max_size=50))
def test_no_header_stops_it(junk, text):
    found = headers(b"Subject: " + junk + b"\r\nFrom: " + text.encode() + b"\r\n\r\n")
    for value in found.values():
        assert value is None or "\n" not in value
    decode_header(text.encode().decode("ascii", "surrogateescape")).encode()


def test_thousands_of_nested_parts_are_given_up_on(read):
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    with pytest.raises(ExtractionError, match="RecursionError"):
        read(HEAD + nested + b"\r\nhi\r\n")
