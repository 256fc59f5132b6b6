"""Media types by content; the name only decides between kinds of text."""

import gzip
import io
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_cli
from evidence_chain.extract import HEAD, sniff
from evidence_chain.extract.sniffing import TAIL, warnings
from outlook_files import compound, file_of

compressed = partial(gzip.compress, mtime=0)  # the same in every process

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL = b"Message-ID: <a@b>\r\nFrom: a@b\r\nSubject: x\r\n\r\nHello\r\n"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WACZ = "application/wacz+zip"
PDF = b"%PDF-1.7\n%\xe2\xe3\x00\x01\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 50 + b"IEND\xaeB\x60\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00\x01" * 50 + b"\xff\xd9"
GIF = b"GIF89a" + b"\x00\x01" * 50 + b";"
WORD = compound({"WordDocument": b"words"}, bytes(16))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CAPTURE = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"
MAILBOX = b"From a@b Mon Jun 16 10:12:45 2031\n" + MAIL


def archive(*names, content="x" * 100, how=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as packed:
        for name in names:
            packed.writestr(name, content)
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
        (archive("[Content_Types].xml", "xl/workbook.xml"), "x.docx", XLSX),
        (archive("archive/data.warc.gz", "datapackage.json"), "x", WACZ),
        (archive("indexes/index.cdx", "archive/data.warc"), "x", WACZ),
        (archive("pages/pages.jsonl"), "x.zip", WACZ),
        (archive("datapackage.json", "indexes/index.idx"), "x", WACZ),
        (archive("datapackage.json", "data/a.csv"), "x.wacz", "application/zip"),
        (archive("datapackage.json", content="x" * HEAD, how=0), "x.WACZ", WACZ),
        (archive("raw/a", "raw/b", "archive/a.warc", content="x" * HEAD, how=0), "x.wacz", WACZ),
        (archive("archive/a/DATA.WARC.GZ"), "x", WACZ),
        (archive("archive/data.warc.zst"), "x", WACZ),
        (archive("datapackage.json", "one.wacz"), "x", WACZ),
        (b"\x28\xb5\x2f\xfd\x00", "x.warc.zst", "application/warc"),
        (b"\x28\xb5\x2f\xfd\x00", "x", "application/zstd"),
        (b"\x1f\x8bnonsense", "x.warc.gz", "application/warc"),
        (GIF, "x", "image/gif"),
        (b"GIF87a", "x", "image/gif"),
        (b"II*\x00\x08\x00", "x.jpg", "image/tiff"),
        (b"MM\x00*\x00", "x", "image/tiff"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "x.png", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "x", "application/octet-stream"),
        (b"{\\rtf1\\ansi words}", "x.doc", "application/rtf"),
        (OLE, "x.txt", "application/x-ole-storage"),
        (WORD, "x.msg", "application/x-ole-storage"),
        (file_of({0x1000: "words"}, [{0x3701: WORD}]), "x.doc", "application/vnd.ms-outlook"),
        (compressed(b"words"), "x.gz", "application/gzip"),
        (compressed(CAPTURE * 1000), "x.gz", "application/warc"),
        (compressed(CAPTURE)[:40], "x", "application/warc"),
        (b"\x1f\x8bnonsense", "x", "application/gzip"),
        (CAPTURE, "x.txt", "application/warc"),
        (MAILBOX, "x", "application/mbox"),
        (MAILBOX.replace(b"\r\n", b"\n"), "x.eml", "message/rfc822"),
        (MAILBOX + b"\n" + MAILBOX, "x.eml", "application/mbox"),
        (MAILBOX.replace(b"\r\n", b"\n").replace(b"\n", b"\r"), "x", "application/mbox"),
        (MAIL.split(b"From")[0] + b"X: " + b"y" * HEAD, "x", "message/rfc822"),
        (b"\0\0" + MAIL, "x", "message/rfc822"),
        (b"From - Mon Jun 16 10:12:45 2031\nX: y\nFrom: a\n\nhi", "x", "application/mbox"),
        (b"From 1984 on we knew.\nNote: so\n\nFrom: x", "x", "text/plain"),
        (b"From there\n" + MAIL, "x", "text/plain"),
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
    if name.endswith(".eml"):
        assert sniff(head[:HEAD], name, head[-TAIL:]) == media_type


def warned(data, name):
    return warnings(data[:HEAD], data[-TAIL:], name)


ZIP = archive("a.txt")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"<!doctype html><p>x", "a.pdf", ["name-differs: .pdf is text/html"]),
        (PDF, "A.DOCX", ["name-differs: .docx is application/pdf"]),
        (PNG, "a.jpg", ["name-differs: .jpg is image/png"]),
        (b"{\\rtf1}", "a.doc", ["name-differs: .doc is application/rtf"]),
        (b"<html>", "a.txt", ["name-differs: .txt is text/html"]),
        (b"\x00\x01", "a.png", ["name-differs: .png is application/octet-stream"]),
        (b"MZ" + b"words " * 9, "a.pdf.txt", []),
        (PDF + ZIP, "a.pdf", ["polyglot: application/pdf and application/zip"]),
        (GIF + ZIP, "a.gif", ["polyglot: image/gif and application/zip"]),
        (JPEG + ZIP, "a.jpg", ["polyglot: image/jpeg and application/zip"]),
        (PNG + b"<html><script>x()</script>", "a.png", ["polyglot: image/png and text/html"]),
        (GIF[:6] + b"<script>" + GIF[6:], "a.gif", ["polyglot: image/gif and text/html"]),
        (b"<html><!--" + PDF, "a.pdf", ["polyglot: application/pdf and text/html"]),
        (b"%PDF-1.4\n<html><script>" + PDF, "a.pdf", ["polyglot: application/pdf and text/html"]),
        (b"MZ\x00" + PDF, "a", ["polyglot: application/pdf and application/octet-stream"]),
        (b"words\n" + PDF, "a.pdf", ["polyglot: application/pdf and text/plain"]),
        (JPEG[:20] + PDF, "a.jpg", ["polyglot: image/jpeg and application/pdf"]),
        (b"hello\n%PDF-1.4\n%%EOF", "a.txt", ["polyglot: text/plain and application/pdf"]),
        (
            archive("a.bin", content=PDF, how=zipfile.ZIP_STORED),
            "a.zip",
            ["polyglot: application/zip and application/pdf"],
        ),
        (
            JPEG[:20] + PDF + b"<html>" + ZIP,
            "a.png",
            [
                "name-differs: .png is image/jpeg",
                "polyglot: image/jpeg and application/pdf",
                "polyglot: image/jpeg and application/zip",
                "polyglot: image/jpeg and text/html",
            ],
        ),
    ],
)
def test_warnings(data, name, expected):
    assert warned(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PDF, "a.pdf"),
        (b"\xef\xbb\xbf\r\n" + PDF, "a.pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n1 0 obj", "a.pdf"),
        (PNG, "a.png"),
        (JPEG, "a.jpeg"),
        (GIF, "a.gif"),
        (OLE, "a.msg"),
        (ZIP, "a.zip"),
        (archive("_rels/.rels", "xl/workbook.xml"), "a.xlsx"),
        (archive(), "a.zip"),
        (archive("tender.pdf", content=PDF, how=zipfile.ZIP_STORED), "a.zip"),
        (archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "a.docx"),
        (archive("archive/data.warc.gz", "datapackage.json"), "a.wacz"),
        (compressed(CAPTURE), "a.warc.gz"),
        (CAPTURE + PDF + ZIP + PNG, "a.warc"),
        (MAIL + b"<html><script>x()</script>%PDF-1.4\n", "a.eml"),
        (MAIL, "a.txt"),
        (MAILBOX + b"\n", "a.mbox"),
        (b"words", "a"),
        (b"", ""),
        (b"a,b\n", "a.csv"),
        ("# Größe <html>".encode(), "a.md"),
        (b"A PDF begins with %PDF-1.4, a page with <html>.", "a.txt"),
    ],
)
def test_ordinary_files_have_none(data, name):
    assert warned(data, name) == []


def test_the_documents_of_the_demo_have_none():
    folder = Path(evidence_cli.__file__).with_name("demo_case")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 4
    for path in files:
        assert warned(path.read_bytes(), path.name) == []


@given(st.binary(max_size=2000), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b", b"From "]))
def test_every_file_has_a_type(junk, start):
    media_type = sniff(start + junk, "a.pdf")
    assert media_type
    assert media_type == "application/pdf" or warnings(start + junk, start + junk, "a.pdf")
