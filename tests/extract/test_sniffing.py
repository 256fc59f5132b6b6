"""Media types by content; the name only decides between kinds of text."""

import io
import zipfile

import pytest

from evidence_chain.extract import HEAD, sniff

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL = b"Message-ID: <a@b>\r\nFrom: a@b\r\nSubject: x\r\n\r\nHello\r\n"


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, "x" * 100)
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "tender.txt", "application/pdf"),
        (b"\x00junk %PDF-1.4", "x", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "x.html", "image/png"),
        (b"\xff\xd8\xff\xe0\x00", "x.txt", "image/jpeg"),
        (archive("a.txt"), "x.docx", "application/zip"),
        (archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "x.zip", DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "x.docx", "application/zip"),
        (b"\x00\x01\x02\x03", "x.txt", "application/octet-stream"),
        (b"plain words", "x", "text/plain"),
        (b"", "x", "text/plain"),
        (b"plain words", "x.pdf", "text/plain"),
        ("Größe 摄像".encode(), "x.txt", "text/plain"),
        (b"Gr\xf6\xdfe", "x.txt", "text/plain"),
        ("Größe".encode("utf-16"), "x.txt", "text/plain"),
        (b"# Title\n", "x.md", "text/markdown"),
        (b"# Title\n", "x.MARKDOWN", "text/markdown"),
        (b"<p>a fragment", "x.html", "text/html"),
        (b"<p>a fragment", "x.txt", "text/plain"),
        (b"<!DOCTYPE html><p>a", "x.txt", "text/html"),
        (b"\xef\xbb\xbf \n<!-- c --><HTML lang=en>", "x.md", "text/html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', "x", "text/html"),
        (b"<htmlish>", "x", "text/plain"),
        (MAIL, "x", "message/rfc822"),
        (MAIL, "x.txt", "message/rfc822"),
        (b"From: a\nTo: b\n\nA memo.", "memo.txt", "text/plain"),
        (b"From: a\nTo: b\n\nA memo.", "memo.eml", "message/rfc822"),
        (b"Note: b\n\nMessage-ID: <x>\nFrom: c", "memo.txt", "text/plain"),
        (b"Received: by x\r\n\tfrom y\r\nFrom: a" + b"x" * HEAD, "x", "message/rfc822"),
    ],
)
def test_sniff(head, name, media_type):
    assert sniff(head[:HEAD], name) == media_type
