"""E-mail: every text in it, in whatever charset and encoding, and what is attached."""

import base64

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import parts
from mails import BASE64, FORWARDED, HEAD, HEADERS, QUOTED_PRINTABLE, marked, multipart, part


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


def test_html_where_there_is_nothing_else(read):
    page = part("text/html; charset=utf-8", "<p>We <b>did</b>n’t<p hidden>x".encode())
    assert read(HEAD + page).text.endswith("\n\nWe didn’t\nx\n")
    empty = part("text/plain", b" \r\n")
    assert read(HEAD + multipart("alternative", empty, page)).text.endswith("We didn’t\nx\n")
    related = multipart("related", page, part("image/png", b"x"), boundary="r")
    text = read(HEAD + multipart("alternative", empty, related)).text
    assert text.endswith("We didn’t\nx\n\nAttachment: unnamed (image/png)\n")


def test_every_text_part_is_taken(read):
    parts = [part("text/plain", b"first"), part("text/html", b"<p>second")]
    nested = multipart("mixed", part("text/plain", b"third"), boundary="r")
    text = read(HEAD + multipart("mixed", *parts, nested)).text
    assert text.endswith("\n\nfirst\n\nsecond\n\nthird\n")


def test_attachments_are_listed_and_are_files_of_their_own(read, tmp_path):
    attached = b'Content-Disposition: attachment; filename="../a.txt"'
    encoded = b"Content-Disposition: attachment; filename*=utf-8''%E6%91%84.pdf"
    message = multipart(
        "mixed",
        part("text/plain", b"see there"),
        part("text/plain", b"attached words", attached),
        part("application/pdf", b"%PDF", encoded),
        part("message/rfc822", FORWARDED),
        part("application/ms-tnef; name=winmail.dat", b"eJ8+\r\n", BASE64),
    )
    stream = read(HEAD + message)
    assert "attached words" not in stream.text
    assert stream.text.endswith(
        "see there\n\nSubject: within\n\nforwarded\n\nAttachment: ../a.txt (text/plain)\n"
        "Attachment: 摄.pdf (application/pdf)\n"
        "Attachment: unnamed (message/rfc822)\nAttachment: winmail.dat (application/ms-tnef)\n"
    )
    assert marked(stream, "quoted") == [("forwarded message", "Subject: within\n\nforwarded")]
    assert parts(tmp_path / "mail.eml", "message/rfc822") == [
        ("../a.txt", b"attached words"),
        ("摄.pdf", b"%PDF"),
        ("unnamed", FORWARDED),
        ("winmail.dat", b"x\x9f>"),
    ]


@pytest.mark.parametrize(
    ("declared", "data", "charset"),
    [
        ("utf-8", "Größe 摄像".encode(), "utf-8"),
        ("gb2312", "摄像机".encode("gb18030"), "gb18030"),
        ("us-ascii", "Größe 摄像".encode(), "utf-8"),
        ("utf-8", "摄像机".encode("gb18030"), "gb18030"),
        ("unknown-8bit", "摄像机".encode("gb18030"), "gb18030"),
        ("utf-8", b"caf\xe9 x", "windows-1252"),
        ("windows-1251", "Все".encode("cp1251"), "windows-1251"),
        ("iso-2022-jp", "監視カメラ".encode("iso-2022-jp"), "iso-2022-jp"),
        ("unicode_escape", b"\\u0041", "utf-8"),
        ("gb2312", "摄像頭镕䶮".encode("gb18030"), "gb18030"),
        ("big5", "監視器".encode("big5"), "big5hkscs"),
        ("cp950", "監視器".encode("cp950"), "big5hkscs"),
        ("Shift_JIS", "監視カメラ①".encode("cp932"), "cp932"),
        ("euc-kr", "감시".encode("euc-kr"), "cp949"),
        ("KOI8-R", "Камеры".encode("koi8-r"), "koi8-r"),
        ("hz-gb-2312", "摄像机".encode("hz"), "hz"),
        ("iso-8859-1", b"\x93caf\xe9\x94", "windows-1252"),
        ("utf-8", "Häuser, Größe".encode("latin-1"), "windows-1252"),
        ("utf-8", "公司的A股".encode("gb18030"), "gb18030"),
    ],
)
@pytest.mark.parametrize("transfer", ["8bit", "base64"])
def test_the_charset_that_fits_is_recorded(draw, declared, data, charset, transfer):
    body = base64.b64encode(data) if transfer == "base64" else data
    how = f"Content-Transfer-Encoding: {transfer}".encode()
    drawn = draw(HEAD + part(f"text/plain; charset={declared}", body, how))
    assert drawn.options["charsets"] == [charset]
    assert drawn.text.endswith(f"\n\n{data.decode(charset)}\n")


def test_damage_in_a_charset_of_seven_bits_is_seen(draw):
    data = "監視".encode("iso-2022-jp")[:-4] + b"\x1b(B."
    assert "\ufffd" in draw(HEAD + part("text/plain; charset=iso-2022-jp", data)).text


@pytest.mark.parametrize(
    ("transfer", "body", "text"),
    [
        (QUOTED_PRINTABLE, b"We =\r\nkn=65w=\r\n =C3=A9 =ZZ =", "We knew é =ZZ "),
        (BASE64, b"V2Uga25l dw==\r\n", "We knew"),
        (BASE64, b"V2Uga2*5ldw\r\n", "We knew"),
        (BASE64, b"V2Uga25ldw==\r\n\r\nlist footer", "We knew"),
        (b"Content-Transfer-Encoding: nonsense", b"We knew", "We knew"),
        (b"Content-Transfer-Encoding: 8BIT", "Größe".encode(), "Größe"),
    ],
)
def test_transfer_encodings_however_damaged(draw, transfer, body, text):
    assert draw(HEAD + part("text/plain", body, transfer)).text == f"{HEADERS}\n\n{text}\n"


def test_damage_is_noted(draw):
    drawn = draw(HEAD + part("text/plain", b"V2Uga2*5ldw\r\n", BASE64))
    assert "InvalidBase64CharactersDefect" in drawn.options["defects"]
    drawn = draw(HEAD + b"Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n\r\nwords\r\n")
    assert drawn.text.endswith("\n\nwords\n")
    assert drawn.options["defects"] == ["CloseBoundaryNotFoundDefect"]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_line_ends(draw, end):
    data = HEAD + multipart("mixed", part("text/plain", b"one\r\ntwo"), part("image/png", b"x"))
    drawn = draw(data.replace(b"\r\n", end))
    assert drawn.text == f"{HEADERS}\n\none\ntwo\n\nAttachment: unnamed (image/png)\n"


def test_thousands_of_nested_parts_are_given_up_on(read, tmp_path):
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    with pytest.raises(ExtractionError, match="parts within parts"):
        read(HEAD + nested + b"\r\nhi\r\n")
    with pytest.raises(ExtractionError, match="parts within parts"):
        parts(tmp_path / "mail.eml", "message/rfc822")


def test_thousands_of_forwarded_messages_are_given_up_on(draw):
    with pytest.raises(ExtractionError, match="parts within parts"):
        draw(b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"Subject: x\r\n\r\nhi\r\n")


def test_a_notice_of_delivery_is_read(draw):
    notice = part("message/delivery-status", b"Reporting-MTA: x\r\n\r\nAction: failed")
    drawn = draw(HEAD + multipart("report", part("text/plain", b"Sorry"), notice))
    assert drawn.text.endswith("\n\nSorry\n\nReporting-MTA: x\n\nAction: failed\n")
    assert ("message/delivery-status", "Reporting-MTA: x\n\nAction: failed") in marked(
        drawn, "part"
    )
