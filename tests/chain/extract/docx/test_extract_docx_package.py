"""DOCX as a file: what it embeds, and packages that are damaged, mislead or never end."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docx_files import (
    CONTENT_TYPES,
    archive,
    docx,
    draw,
    paragraph,
    part,
    relationships,
    run,
)
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import docx as module
from evidence_chain.extract import extract, parts, sniff
from evidence_chain.extract.docx import xml as _xml
from evidence_chain.extract.sniffing import DOCX


def test_through_the_guard(tmp_path):
    path = tmp_path / "minutes.docx"
    path.write_bytes(docx(paragraph("They ", run("never", "<w:vanish/>"), "knew.")))
    assert sniff(path.read_bytes()[:8192], path.name) == DOCX
    stream = extract(path, DOCX)
    assert stream.text == "They knew.\nnever"
    assert stream.extractor["name"] == "evidence-chain/docx"
    assert stream.extractor["options"]["parser"].startswith("expat_")
    assert stream.marked([(0, 10)])[0].kind == "hidden"


def test_embedded_files_come_as_they_are_named(tmp_path):
    path = tmp_path / "a.docx"
    files = [("word/embeddings/../../x.xlsx", b"PK"), ("word/media/image1.png", b"\x89PNG")]
    path.write_bytes(docx(paragraph("a"), files=files, aFChunk="<html>b</html>"))
    assert [(each.name, each.content) for each in parts(path, DOCX)] == [
        ("word/aFChunk1.xml", b"<html>b</html>"),
        *files,
    ]
    assert extract(path, DOCX).extractor["options"]["unread"] == ["word/aFChunk1.xml"]


def test_too_much_in_embedded_files(monkeypatch):
    monkeypatch.setattr(module, "_MOST_CONTENT", 1000)
    data = docx(paragraph("a"), files=[("word/media/a", b"x" * 600), ("word/media/b", b"x" * 600)])
    with pytest.raises(ExtractionError, match="files in this document"):
        module.parts(BytesIO(data))


def refused(data, reason):
    with pytest.raises(ExtractionError, match=reason):
        module.extract(BytesIO(data))


def test_a_bomb_ends_early(tmp_path):
    path = tmp_path / "bomb.docx"
    body = paragraph("x" * (60 << 20))
    path.write_bytes(docx(body))
    assert path.stat().st_size < 200_000
    with pytest.raises(ExtractionError, match="expands to more than"):
        extract(path, DOCX)


def test_a_part_of_too_many_elements(monkeypatch):
    monkeypatch.setattr(_xml, "_MOST", 100)
    refused(docx(*[paragraph("a")] * 100), "more than 100 elements")


def test_sizes_that_lie_do_not_help():
    data = bytearray(docx(paragraph("x" * (60 << 20))))
    at = data.rindex(b"PK\x01\x02", 0, data.index(b"word/document.xml", data.index(b"PK\x01\x02")))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    refused(bytes(data), "can't be read|expands")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><w:document/>', "document type"),
        ("<!DOCTYPE x SYSTEM 'http://x.example/'><x/>", "document type"),
        ("<w:p>" * 6000, "nested"),
        ("<w:p><w:r>", "well-formed"),
        ("", "well-formed"),
        ("\x00\x01", "well-formed"),
    ],
)
def test_hostile_xml(document, reason):
    if document.startswith("<w:p"):
        document = part("document", document).removesuffix("</w:document>")
    files = [("[Content_Types].xml", CONTENT_TYPES), ("word/document.xml", document)]
    refused(archive(files), reason)


def test_deep_nesting_ends_early(tmp_path):
    path = tmp_path / "deep.docx"
    path.write_bytes(docx(part("document", "<w:p>" * 200_000 + "</w:p>" * 200_000)))
    with pytest.raises(ExtractionError, match="nested"):
        extract(path, DOCX)


def test_archives_that_are_none_or_damaged():
    whole = docx(paragraph("some words " * 100))
    refused(b"PK\x03\x04 and nothing", "can't be read")
    refused(whole[:-30], "can't be read")
    at = whole.index(b"word/document.xml") + len("word/document.xml")
    flipped = bytes(byte ^ 0xFF for byte in whole[at : at + 10])
    refused(whole[:at] + flipped + whole[at + 10 :], "can't be read|well-formed")
    encrypted = bytearray(whole)
    for header, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := encrypted.find(header, at + 1)) >= 0:
            encrypted[at + flag] |= 1
    refused(bytes(encrypted), "encrypted")


def test_packages_that_mislead():
    again = "[Content_Types].xml", CONTENT_TYPES
    refused(
        archive([again, ("Word/Document.xml", "<a/>"), ("word/document.xml", "<b/>")]), "same name"
    )
    refused(archive([again]), "'word/document.xml' is missing")
    refused(archive([again, *((f"{n}", b"") for n in range(10_001))]), "more than 10000 parts")
    held = BytesIO()
    with ZipFile(held, "w", ZIP_LZMA) as zipped:
        zipped.writestr("word/document.xml", "<a/>")
    refused(held.getvalue(), "compressed in a way")


def test_parts_that_are_missing_or_elsewhere():
    relations = relationships(
        [("footnotes", "nowhere.xml"), ("styles", "nowhere.xml"), ("header", "/other/h.xml")]
    )
    document = part("document", f"<w:body>{paragraph('body')}</w:body>")
    files = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", relationships([("officeDocument", "/odd/place.xml")])),
        ("odd/place.xml", document),
        ("odd/_rels/place.xml.rels", relations),
        ("other/h.xml", part("hdr", paragraph("head"))),
    ]
    drawn = module.extract(BytesIO(archive(files)))
    assert drawn.text == "body\nhead"
    assert drawn.options["unread"] == ["odd/nowhere.xml"]


def test_the_strict_kind_of_docx():
    document = part("document", f"<w:body>{paragraph('body')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert draw(document).text == "body"


TAGS = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:txbxContent", "w:rPr",
        "w:pPr", "w:fldChar w:fldCharType='begin'", "w:fldChar w:fldCharType='end'", "w:footnote",
        "mc:AlternateContent", "mc:Choice Requires='wps'", "mc:Fallback", "w:vanish", "m:sup",
        "w:rt", "w:delText", "w:tcPr", "w:numPr", "w:sym", "c:v"]  # fmt: skip


TREES = st.recursive(
    st.sampled_from(["x", " ", ""]),
    lambda inside: st.builds(
        lambda tag, held: f"<{tag}>{''.join(held)}</{tag.split()[0]}>",
        st.sampled_from(TAGS),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@given(TREES)
def test_no_markup_stops_it(inside):
    document = part("document", inside).replace("xmlns:w=", 'xmlns:c="urn:c" xmlns:w=', 1)
    drawn = draw(document)
    assert all(0 <= one.start <= one.end <= len(drawn.text) for one in drawn.marks)
    assert drawn == draw(document)


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_no_bytes_stop_it(junk, at):
    data = docx(paragraph("words"), files=[("word/media/a", b"x")])
    data = data[: at % len(data)] + junk + data[at % len(data) + len(junk) :]
    with suppress(ExtractionError):
        assert isinstance(module.extract(BytesIO(data)).text, str)
