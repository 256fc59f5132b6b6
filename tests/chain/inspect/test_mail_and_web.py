"""What e-mails, pages and web archives give away, of each kind, and a neighbour that doesn't."""

from base64 import b64encode

import pytest

from docx_files import archive, deleted, docx, paragraph
from inspecting import found, reveals, unchecked
from mails import BASE64, HEAD, multipart, part
from warc_files import http, record

TEXT = b"Content-Type: text/plain\r\n\r\nWe were never told."
HOP = b"Received: from %s by mx.ledger.example with ESMTPS; Mon, 16 Jun 2031 10:12:45 +0000\r\n"
SERVER = HOP % b"mail.quillmar.example (mail.quillmar.example [203.0.113.9])"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJhbiJ9.c2lnbmF0dXJlLW9m"


def mail(*lines):
    return HEAD + b"".join(lines) + TEXT


def named(data):
    return "a.html" if data.startswith(b"<!") else "a.eml"


def page(body):
    return f"<!doctype html><title>Calm</title>{body}".encode()


MAILS = {
    "sender-address": [
        mail(b"X-Originating-IP: [198.51.100.7]\r\n"),
        mail(SERVER, HOP % b"[192.168.3.4] (host.provider.example [198.51.100.7])"),
    ],
    "blind-copy": [mail(b"Bcc: maran@quillmar.example\r\n")],
    "login-name": [mail(b"X-Authenticated-User: maran\r\n")],
    "internal-address": [
        mail(b"Message-ID: <1@maran-laptop.local>\r\n"),
        mail(HOP % b"exchange.quillmar.lan", SERVER),
    ],
}
PAGES = {
    "token": [
        page('<a href="https://drop.example/file?access_token=abcdef123456">x</a>'),
        page('<a href="https://maran:hunter22@drop.example/">x</a>'),
        page('<input type="hidden" name="csrf_token" value="abcdef123456">'),
        page(f"<script>let t = '{JWT}'</script>"),
        page('<script>var c = {"apiKey": "abcdef123456"}</script>'),
    ],
    "login-name": [
        page("<p>Logged in as ilse.maran</p>"),
        page('<script>var u = {"username": "ilse.maran"}</script>'),
    ],
    "internal-address": [
        page('<img src="http://192.168.1.20/a.png">'),
        page('<a href="https://wiki.quillmar.local/plan">x</a>'),
        page("<!-- served by 10.1.2.3 -->"),
    ],
    "path": [page('<img src="file:///home/maran/a.png">'), page(r"<!-- C:\Users\maran\a.htm -->")],
}
ORDINARY = {
    "client": mail(b"User-Agent: Penpal 3\r\n"),
    "message-id": mail(b"Message-ID: <1@quillmar.example>\r\n"),
    "nothing in mail": mail(),
    "saved-from": page("<!-- saved from url=(0024)https://ledger.example/ -->"),
    "html-comment": page("<!-- begin of the footer -->"),
    "html-hidden": page('<input type="hidden" name="page" value="7">'),
    "html-hidden, by style": page("<p style='display: none'>Never say this"),
    "nothing in a page": page('<a href="https://ledger.example/?id=7&page=2">x</a><p>192.168.1.1'),
}


@pytest.mark.parametrize(
    ("kind", "data"), [(k, one) for of in (MAILS, PAGES) for k, each in of.items() for one in each]
)
def test_what_leads_to_people_machines_and_sessions_matters(kind, data):
    assert kind in reveals(data, named(data))


@pytest.mark.parametrize("kind", ORDINARY)
def test_what_is_ordinary_does_not_matter(kind):
    data = ORDINARY[kind]
    said = found(data, named(data))
    assert reveals(data, named(data)) == set()
    assert (kind.partition(",")[0] in said) is not kind.startswith("nothing")


def test_servers_between_are_ordinary_and_the_first_hop_is_not():
    said = found(mail(SERVER, HOP % b"[198.51.100.7]"), "a.eml")
    assert len(said["route"]) == 1
    assert len(said["sender-address"]) == 1


def test_attachments_are_looked_into_in_turn():
    draft = docx(paragraph(deleted("Never say this")))
    name = b'Content-Disposition: attachment; filename="draft.docx"'
    data = HEAD + multipart(
        "mixed", part("text/plain", b"x"), part("application/x", b64encode(draft), name, BASE64)
    )
    assert found(data, "a.eml")["attachment"] == ["draft.docx"]
    assert reveals(data, "a.eml") == {"tracked-change"}


REQUEST = b"GET / HTTP/1.1\r\nHost: quillmar.example\r\n%s\r\n\r\n"


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("cookie", record(REQUEST % b"Cookie: session=abcdef", kind="request")),
        ("cookie", record(http(page("x"), Set_Cookie="session=abcdef"))),
        ("token", record(REQUEST % b"Authorization: Bearer abcdef", kind="request")),
        ("token", record(http(page("x")), url="https://a.example/?token=abcdef123")),
        ("internal-address", record(b"hostname: maran-laptop\r\n", kind="warcinfo")),
        ("author", record(b"operator: Ilse Maran\r\n", kind="warcinfo")),
        ("login-name", record(http(page("<p>Logged in as ilse.maran")))),
    ],
)
def test_a_web_archive_gives_away_what_was_sent_and_what_its_pages_do(kind, held):
    assert reveals(held, "a.warc") == {kind}
    packed = archive([("archive/a.warc", held), ("datapackage.json", "{}")])
    assert reveals(packed, "a.wacz") == {kind}


def test_an_ordinary_archive_gives_nothing_away():
    held = record(http(page("<p>Calm"))) + record(REQUEST % b"Accept: */*", kind="request")
    assert reveals(held, "a.warc") == set()


def test_fonts_and_indexes_of_an_archive_are_nothing_to_look_into():
    held = record(http(b"wOF2" + bytes(9), "font/woff2"))
    files = [
        ("archive/a.warc", held),
        ("datapackage.json", "{}"),
        ("indexes/i.cdx.gz", b"\x1f\x8b"),
    ]
    assert unchecked(archive(files), "a.wacz") == []
    assert unchecked(record(http(bytes(9), "application/x")), "a.warc")


def test_a_mailbox_is_looked_into_message_by_message():
    box = b"From a Mon Jun 16 10:12:45 2031\n" + mail(b"Bcc: b@c.example\r\n")
    assert reveals(box.replace(b"\r\n", b"\n"), "a.mbox") == {"blind-copy"}


def test_files_of_unknown_types_in_a_zip_are_not_checked():
    data = archive([("a.bin", b"\0\1\2\3"), ("b.txt", "plain")])
    assert reveals(data, "a.zip") == set()
    assert any("a.bin" in one for one in unchecked(data, "a.zip"))
