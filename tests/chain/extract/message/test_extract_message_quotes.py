"""Whose words they are: quoted lines and forwarded messages; and lines that flow."""

import base64

import pytest

from mails import BASE64, HEAD, HEADERS, marked, multipart, part


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
        ("mine" + "<blockquote>x</blockquote>y" * 50, ["x"] * 50),
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
