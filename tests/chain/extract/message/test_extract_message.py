"""E-mail: headers decoded, every text in it, and whose words they are."""

import base64
import io
import quopri
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract, message, parts
from evidence_chain.extract.message import decode_header, duplicates, headers, quotes
from evidence_chain.extract.message.decoding import file_name
from evidence_chain.extract.message.flow import unflow
from evidence_chain.extract.message.mime import parse

FORWARDED = b"Subject:  within\r\nX-Long: " + b"x " * 90 + b"\r\n\r\nforwarded"
BASE64 = b"Content-Transfer-Encoding: base64"
QUOTED_PRINTABLE = b"Content-Transfer-Encoding: quoted-printable"
HEAD = b"From: Zhang <zhang@example.cn>\r\nTo: desk@newsroom.example\r\nSubject: Cameras\r\n"
HEADERS = "From: Zhang <zhang@example.cn>\nTo: desk@newsroom.example\nSubject: Cameras"


@pytest.fixture
def read(tmp_path):
    def read(data):
        path = tmp_path / "mail.eml"
        path.write_bytes(data)
        return extract(path, "message/rfc822")

    return read


@pytest.fixture
def draw():
    """Without a subprocess."""
    return lambda data: message.extract(io.BytesIO(data))


def marked(drawn, kind):
    """What is marked so, by the marks' details."""
    return [(m.detail, drawn.text[m.start : m.end]) for m in drawn.marks if m.kind == kind]


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


def test_of_alternatives_that_say_the_same_the_first(draw):
    text = part("text/plain", b"We *knew*, see\r\nthere <https://x.example/a>.")
    page = part("text/html", b"<p>We <b>knew</b>, see <a href='https://x.example/a'>there</a>.")
    for first, second, kept in ((text, page, "*knew*"), (page, text, "We knew")):
        drawn = draw(HEAD + multipart("alternative", first, second))
        assert drawn.text.count("knew") == 1
        assert kept in drawn.text
        assert drawn.options["same_alternatives"] == 1
        assert marked(drawn, "part") == [("headers", HEADERS)]


def test_of_alternatives_that_differ_all(draw):
    text = part("text/plain", b"We did not know.")
    page = part("text/html", b"<p>We did know.<p>Really.")
    drawn = draw(HEAD + multipart("alternative", text, page))
    assert drawn.text.endswith("\n\nWe did not know.\n\nWe did know.\nReally.\n")
    assert marked(drawn, "part")[1:] == [("HTML version", "We did know.\nReally.")]
    drawn = draw(HEAD + multipart("alternative", page, text))
    assert marked(drawn, "part")[1:] == [("alternative", "We did not know.")]
    assert "same_alternatives" not in drawn.options


def test_what_is_hidden_in_an_alternative_is_not_lost(draw):
    text = part("text/plain", b"We knew.")
    page = part("text/html", b"<p>We knew.<p style='display:none'>not ")
    drawn = draw(HEAD + multipart("alternative", text, page))
    assert drawn.text.endswith("\n\nWe knew.\n\nnot\n")
    assert ("display: none", "not") in marked(drawn, "hidden")


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
        ("utf-8", b"caf\xe9 x", "latin-1"),
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
        ("utf-8", "Häuser, Größe".encode("latin-1"), "latin-1"),
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


CHARSETS = {
    "utf-8": st.characters(exclude_categories=("C", "Z")),
    "gb18030": st.characters(codec="gb18030", exclude_categories=("C", "Z")),
    "big5": st.characters(codec="big5", min_codepoint=0x4E00),
    "iso-2022-jp": st.sampled_from("監視カメラの映像がabc"),
    "koi8-r": st.characters(codec="koi8-r", exclude_categories=("C", "Z")),
    "windows-1252": st.characters(codec="cp1252", exclude_categories=("C", "Z")),
}
ENCODINGS = {
    "8bit": lambda data: data,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


@given(st.data(), st.sampled_from(sorted(CHARSETS)), st.sampled_from(sorted(ENCODINGS)))
def test_what_was_written_comes_back(data, charset, transfer):
    words = data.draw(st.lists(st.text(CHARSETS[charset], min_size=1), min_size=1))
    text = " ".join(words)
    encoded = ENCODINGS[transfer](text.encode(charset))
    how = f"Content-Transfer-Encoding: {transfer}".encode()
    mail = HEAD + part(f'text/plain; charset="{charset}"', encoded, how)
    assert message.draw(mail).text == f"{HEADERS}\n\n{text}\n"


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_a_subject_comes_back(subject):
    data = subject.encode()
    pieces = [data[at : at + 7] for at in range(0, len(data), 7)]
    words = b"\r\n ".join(b"=?utf-8?b?%b?=" % base64.b64encode(piece) for piece in pieces)
    assert headers(b"Subject: " + words + b"\r\n\r\n")["subject"] == subject


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


def test_many_header_lines(draw):
    data = b"Subject: s\r\n" + b"X-Y: z\r\n" * 200_000 + b"\r\nwords\r\n"
    assert draw(data).text == "Subject: s\n\nwords\n"
    folded = b"Subject: s\r\n" + b" z\r\n" * 200_000 + b"\r\nwords\r\n"
    assert len(draw(folded).text) == len("Subject: s" + " z" * 200_000 + "\n\nwords\n")


def test_a_forwarded_message_is_somebody_elses_words(draw):
    inner = multipart("mixed", part("text/plain", b"inner words"), part("image/png", b"x"))
    twice = multipart("mixed", part("message/rfc822", b"From: b@x\r\n" + inner), boundary="r")
    outer = part("message/rfc822", base64.b64encode(b"From: c@x\r\nFrom: d@x\r\n" + twice), BASE64)
    drawn = draw(HEAD + multipart("mixed", part("text/plain", b"mine"), outer, boundary="o"))
    assert drawn.text == (
        f"{HEADERS}\n\nmine\n\nFrom: c@x\nFrom: d@x\n\nFrom: b@x\n\ninner words\n\n"
        "Attachment: unnamed (image/png)\n\nAttachment: unnamed (message/rfc822)\n\n"
        "Attachment: unnamed (message/rfc822)\n"
    )
    (outermost, words), (_, within) = marked(drawn, "quoted")
    assert outermost == "forwarded message"
    assert words.startswith("From: c@x")
    assert within.startswith("From: b@x")
    assert drawn.options["forwarded"][0]["duplicate_headers"] == ["From"]


def test_a_notice_of_delivery_is_read(draw):
    notice = part("message/delivery-status", b"Reporting-MTA: x\r\n\r\nAction: failed")
    drawn = draw(HEAD + multipart("report", part("text/plain", b"Sorry"), notice))
    assert drawn.text.endswith("\n\nSorry\n\nReporting-MTA: x\n\nAction: failed\n")
    assert ("message/delivery-status", "Reporting-MTA: x\n\nAction: failed") in marked(
        drawn, "part"
    )


QUOTING = [
    ("mine\n> theirs\n>> older\nmine too", ["> theirs\n>> older"]),
    (" > theirs\n\nmine\n>theirs", [" > theirs", ">theirs"]),
    ("mine\n\nOn 3 May 2031 at 10:00, Jo <jo@x.example> wrote:\n> theirs\n\nmine", ["> theirs"]),
    ("mine\nOn Tue, 3 May 2031, Jo\n<jo@x.example>\nwrote:\n\ntheirs\nall", "On Tue"),
    ("mine\nAm 3.5.2031 um 10:00 schrieb Jo Tannen <jo@x.example>:\ntheirs", "Am 3.5"),
    ("mine\nAm 3.5.2031 schrieb Jo Tannen\n<jo@x.example>:\n\ntheirs", "Am 3.5"),
    ("mine, as he wrote\nto jo@x.example:\nmine", []),
    ("mine\nLe mar. 3 mai 2031 à 10:00, Jo a écrit :\ntheirs", "Le mar"),
    ("mine\nEl 3/5/31, Jo escribió:\ntheirs", "El 3"),
    ("mine\n3 мая 2031, 10:00, Jo <jo@x.example> написал:\ntheirs", "3 мая"),
    ("我的\n在 2031年5月3日，Jo 写道：\n他们", "在 2031"),
    ("我的\nJo <jo@x.example> 于2031年5月3日周二 10:00写道：\n\n他们", "Jo <jo"),
    ("mine\n-----Original Message-----\nFrom: Jo\ntheirs", "-----Orig"),
    ("mine\n________________________________\nFrom: Jo\nSent: Tuesday\nTo: us\ntheirs", "From: Jo"),
    ("mine\n-----Ursprüngliche Nachricht-----\nVon: Jo\ntheirs", "-----Urs"),
    ("mine\n\nVon: Jo\nGesendet: Dienstag\nAn: us\n\ntheirs", "Von: Jo"),
    ("mine\n*From:* Jo\n*Date:* Tuesday\ntheirs", "*From"),
    ("我的\n发件人： Jo\n发送时间： 2031年\n收件人： us\n他们", "发件人"),
    (
        "我的\n------------------ 原始邮件 ------------------\n发件人: Jo\n他们",
        "------------------ 原",
    ),
    ("mine\n---------- Forwarded message ---------\ntheirs", "---------- For"),
    ("mine\nBegin forwarded message:\n\ntheirs", "Begin"),
    (
        "mine\n> theirs\n-----Original Message-----\n> older",
        ["> theirs", "-----Original Message-----\n> older"],
    ),
    ("From: the beginning we said so.\nTo: nobody in particular.", []),
    ("The court wrote:\nWe agree.", []),
    ("We are > 5 and 3 -> 4.\n--\nPress office", []),
    ("Original message: lost.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTING)
def test_quoted_text(draw, text, expected):
    if isinstance(expected, str):
        expected = [text[text.index(expected) :]]
    drawn = draw(HEAD + part("text/plain; charset=utf-8", text.encode()))
    assert [words for _, words in marked(drawn, "quoted")] == expected


@given(st.text(st.sampled_from(">\n On1@:wrote-写道：From Sent Date Original Message")))
def test_quotes_are_slices_in_order(text):
    marks = quotes.quoted(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))


@pytest.mark.parametrize(
    ("markup", "quoted"),
    [
        (
            "<p>mine<blockquote type=cite>theirs <blockquote>older</blockquote> x</blockquote>mine",
            ["theirs\nolder\nx"],
        ),
        (
            "mine<div class='x gmail_quote'>Jo wrote:<div>theirs</div></div>mine",
            ["Jo wrote:\ntheirs"],
        ),
        ("<p>mine<blockquote>theirs", ["theirs"]),
        ("mine<blockquote>a</blockquote>mine<blockquote>b</blockquote>mine", ["a", "b"]),
        (
            "mine<br><b>Von:</b> Jo<br><b>Gesendet:</b> Dienstag<p>theirs",
            ["Von: Jo\nGesendet: Dienstag\ntheirs"],
        ),
        ("mine<!-- <blockquote> -->mine<blockquote hidden>x</blockquote>", []),
        ("mine" + "<blockquote>x</blockquote>y" * 50, ["x\ny\n" * 49 + "x\ny"]),
    ],
)
def test_quotations_in_markup(draw, markup, quoted):
    drawn = draw(HEAD + part("text/html; charset=utf-8", markup.encode()))
    assert [words for _, words in marked(drawn, "quoted")] == quoted


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("format=flowed", "We \ndid not \nknow.\nReally.", "We did not know.\nReally."),
        ("format=Flowed; delsp=YES", "我们 \n不知 \n道。", "我们不知道。"),
        ("format=flowed", "> We \n> did\n>> not \n> so", "> We did\n>> not \n> so"),
        ("format=flowed", " From here\n >x", "From here\n>x"),
        ("format=flowed", "so \n-- \nJo", "so \n-- \nJo"),
        ("format=fixed", "We \nknew", "We \nknew"),
    ],
)
def test_flowed_lines_are_joined(draw, kind, body, text):
    drawn = draw(HEAD + part(f"text/plain; charset=utf-8; {kind}", body.encode()))
    assert drawn.text == f"{HEADERS}\n\n{text}\n"


@given(st.text(st.sampled_from("> -a\n")))
def test_flowing_loses_no_letters(text):
    assert unflow(text, drop_space=True).count("a") == text.count("a")
