"""What is told of a file that nothing here draws text from; and DOCX wherever its parts lie."""

import io
import zipfile

import pytest

from evidence_chain.extract import HEAD, TAIL, sniff, why_unquotable
from evidence_chain.extract.sniffing.zipped import content, names

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN = f"<Types><Override PartName='/a/b.xml' ContentType='{DOCX}.main+xml'/></Types>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(*files, how=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as archive:
        for name, inside in files:
            archive.writestr(name, inside, zipfile.ZIP_STORED if name == "mimetype" else None)
    return held.getvalue()


def ends(data):
    return data[:HEAD], data[-TAIL:]


NOISE = "".join(chr(33 + (at * at) % 90) for at in range(3 * HEAD))
LISTED = ("[Content_Types].xml", "<Types/>")
BODY = ("word/document.xml", "<w/>")


@pytest.mark.parametrize(
    "data",
    [
        packed(BODY, ("word/media/a.png", NOISE), LISTED, how=zipfile.ZIP_STORED),
        packed(("docProps/thumbnail.png", NOISE), LISTED, BODY, how=zipfile.ZIP_STORED),
        packed(("a.png", NOISE * 40), LISTED, BODY, how=zipfile.ZIP_STORED),
        packed(*((f"media/{at:04}.png", "x") for at in range(2000)), LISTED, BODY),
        packed(("[Content_Types].xml", MAIN), ("a/b.xml", "<w/>")),
        packed(("a/b.xml", "<w/>"), ("c.png", NOISE), ("[Content_Types].xml", MAIN)),
    ],
)
def test_a_docx_is_known_wherever_its_parts_lie(data):
    head, tail = ends(data)
    assert sniff(head, "x", tail) == DOCX


def test_what_is_only_called_so_within_a_file_makes_no_docx():
    decoy = packed(LISTED, BODY, how=zipfile.ZIP_STORED)
    data = packed(("note.txt", NOISE), ("inner.bin", decoy + b"end"), how=zipfile.ZIP_STORED)
    head, tail = ends(data)
    assert sniff(head, "x", tail) == "application/zip"
    assert sniff(b"PK\x03\x04", "x", b"PK\x05\x06") == "application/zip"
    assert names(b"PK\x03\x04\xff", b"PK\x01\x02PK\x05\x06") == [""]
    assert content(b"", b"", "mimetype") == b""


def ole(stream):
    return OLE + stream.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")), "(ODS)"),
        (packed(("mimetype", "application/vnd.oasis.opendocument.graphics")), "OpenDocument file"),
        (packed(("z.png", NOISE), LISTED, ("xl/workbook.bin", "")), "(XLSB)"),
        (packed(("Index/Document.iwa", "")), "Apple"),
        (packed(("a.txt", "hello")), "ZIP archive. Unpack it"),
        (b"\x1f\x8b\x08" + bytes(20), "gzip. Unpack it"),
        (ole("EncryptedPackage"), "under a password. Open it with the password"),
        (ole("WordDocument"), "(DOC)"),
        (ole("Workbook"), "(XLS)"),
        (ole("Something"), "of before 2007, or one under a password"),
        (bytes(range(256)), "a type that isn't known here"),
    ],
)
def test_a_file_is_told_by_what_it_is_and_what_to_do(data, says):
    head, tail = ends(data)
    told = why_unquotable(sniff(head, "x", tail), head, tail)
    assert told.startswith("It can't be quoted from: it is ")
    assert says in told


def test_nothing_is_told_of_a_file_that_can_be_quoted_from():
    read = [
        packed(LISTED, BODY),
        packed(("z.png", NOISE), LISTED, ("xl/workbook.xml", "")),
        packed(LISTED, ("ppt/presentation.xml", "")),
        packed(("mimetype", "application/vnd.oasis.opendocument.text"), ("a", "")),
        packed(("mimetype", "application/epub+zip")),
        ole("__properties_version1.0"),
        *(b"{\\rtf1 Hello}", b"WEBVTT\n", b"Hello", b"%PDF-1.7\n"),
    ]
    for head, name in ((data, "x") for data in read):
        media_type = sniff(head, name, head)
        assert media_type not in ("application/zip", "application/octet-stream")
        assert why_unquotable(media_type, head, head) is None


def test_an_arc_is_named_and_its_packed_pages_are_no_words():
    data = (
        b"filedesc://a.arc 0.0.0.0 20310616101245 text/plain 9\n1 0 org\n\n5\r\nWe we\r\n0\r\n\r\n"
    )
    media_type = sniff(data, "a.arc")
    assert media_type == "application/x-internet-archive"
    assert "before WARC" in why_unquotable(media_type, *ends(data))
