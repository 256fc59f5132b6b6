"""The headers of an e-mail and of its parts, decoded, and which of several counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.extract.message import decode_header, duplicates, headers
from evidence_chain.extract.message.decoding import file_name
from evidence_chain.extract.message.mime import parse
from mails import HEAD


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


def test_duplicate_headers_are_named(draw):
    data = b"From: a@x\r\nfrom: b@x\r\nSUBJECT: s\r\nSubject: t\r\nTo: c\r\n\r\nwords\r\n"
    assert duplicates(data) == ["From", "Subject"]
    assert draw(data).options["duplicate_headers"] == ["From", "Subject"]
    assert duplicates(HEAD) == []
    assert "duplicate_headers" not in draw(HEAD + b"\r\nwords").options


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (b"Content-Disposition: attachment; filename=a.pdf", "a.pdf"),
        (b'Content-Disposition: attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'),
        (b"Content-Disposition: attachment; filename*=utf-8'en'%e6%91%84.pdf", "摄.pdf"),
        (b"Content-Disposition: attachment; filename*=gb2312''%C9%E3.pdf; filename=x", "摄.pdf"),
        (
            b"Content-Disposition: a; filename*1*=%91%84; filename*0*=''%e6; filename*2=.pdf",
            "摄.pdf",
        ),
        (b"Content-Disposition: a; filename*0=a; filename*1=b; filename*3=d", "ab"),
        (b'Content-Disposition: a; filename="=?utf-8?b?5pGELnBkZg==?="', "摄.pdf"),
        ("Content-Disposition: a; filename=摄.pdf".encode(), "摄.pdf"),
        ('Content-Disposition: a; filename="摄.pdf"'.encode("gb18030") * 2, "摄.pdf"),
        (b"Content-Disposition: attachment; filename=a\r\n\t.pdf", "a .pdf"),
        (b"Content-Disposition: a; filename*=x; filename*0=b", "x"),
        (b"Content-Type: image/png; name=b.png", "b.png"),
        (b"Content-Disposition: attachment; filename=../../etc/passwd", "../../etc/passwd"),
        (b"Content-Disposition: attachment; filename=C:\\x\\con", "C:\\x\\con"),
        (b"Content-Disposition: attachment; filename=a; filename=b", "a"),
        (b"Content-Disposition: attachment; filename*=utf-8''a%0D%0Ab", "a b"),
        (b"Content-Disposition: attachment; filename=", "unnamed"),
        (b"X: y", "unnamed"),
    ],
)
def test_file_names(headers, name):
    assert file_name(parse(headers + b"\r\n\r\n")) == name


@given(st.binary(max_size=100))
def test_no_file_name_stops_it(junk):
    file_name(parse(b"Content-Disposition: a; filename" + junk + b"\r\n\r\n")).encode()


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


def test_many_header_lines(draw):
    data = b"Subject: s\r\n" + b"X-Y: z\r\n" * 200_000 + b"\r\nwords\r\n"
    assert draw(data).text == "Subject: s\n\nwords\n"
    folded = b"Subject: s\r\n" + b" z\r\n" * 200_000 + b"\r\nwords\r\n"
    assert len(draw(folded).text) == len("Subject: s" + " z" * 200_000 + "\n\nwords\n")
