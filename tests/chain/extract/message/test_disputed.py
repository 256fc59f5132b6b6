"""E-mails of which programs show different parts, or a part that is not for showing."""

import pytest

from evidence_chain.extract import SIGN_OFF
from mails import HEAD, multipart, part

PICTURE = part("image/png", b"x", b"Content-ID: <p>")
PAGE = part("text/html", b"<p>ten cameras<img src=cid:p>", b"Content-ID: <a>")
PLAIN = part("text/plain", b"ten cameras")
OTHER = part("text/html", b"<p>hello", b"Content-ID: <b>")


def related(*parts, more=""):
    whole = multipart("related", *parts, boundary="r")
    return whole.replace(b"boundary=r", b"boundary=r" + more.encode(), 1)


def kinds(drawn):
    at = drawn.text.index("ten cameras")
    over = [m for m in drawn.marks if m.start < at + 11 and at < m.end]
    return {m.kind for m in over} & SIGN_OFF


def plain_and(*fields):
    return part("text/plain", b"ten cameras", *fields)


@pytest.mark.parametrize(
    "body",
    [
        related(OTHER, PLAIN),
        related(PICTURE, PLAIN),
        related(OTHER, multipart("mixed", PLAIN)),
        related(PAGE, OTHER, more='; start="<b>"'),
        related(OTHER, PAGE, more='; start="<a>"'),
        multipart("mixed", related(OTHER, PLAIN)),
        multipart("alternative", PLAIN, part("application/pdf", b"x")),
        part("message/partial; number=1; total=2; id=n", PLAIN),
        part("message/external-body; access-type=local-file; name=n", PLAIN),
        plain_and(b"Content-Type: text/html"),
        plain_and(b"Content-Transfer-Encoding: 7bit", b"Content-Transfer-Encoding: 8bit"),
        multipart("mixed", PLAIN).replace(b"boundary=q", b"boundary=q; boundary=z"),
        part("text/plain; charset=utf-8; charset=utf-16", b"ten cameras"),
    ],
)
def test_what_programs_show_differently_needs_a_person(draw, body):
    assert "hidden" in kinds(draw(HEAD + body))


@pytest.mark.parametrize(
    "body",
    [
        related(PAGE, PICTURE),
        related(PAGE, PICTURE, more='; type="text/html"; start="<a>"'),
        related(PAGE, PICTURE, more='; start="<gone>"'),
        related(multipart("alternative", PLAIN, PAGE), PICTURE),
        multipart("alternative", PLAIN, related(PAGE, PICTURE)),
        multipart("mixed", related(PAGE, PICTURE), part("application/pdf", b"x")),
        related(part("application/smil", b"<smil/>"), PLAIN),
        multipart("alternative", PLAIN, PAGE, part("text/calendar", b"x")),
        multipart(
            "alternative", PAGE, part("application/pdf", b"x", b"Content-Disposition: attachment")
        ),
        plain_and(b"Content-type:  text/PLAIN"),
    ],
)
def test_usual_mails_do_not(draw, body):
    assert not kinds(draw(HEAD + body))


@pytest.mark.parametrize("kind", ["partial", "external-body"])
def test_what_lies_elsewhere_is_told(draw, kind):
    told = draw(HEAD + part(f"message/{kind}", PLAIN)).options["unread"]
    assert kind in told[0]
