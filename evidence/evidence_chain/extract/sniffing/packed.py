"""The types of documents that are packed in a ZIP, by the names of what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.sniffing import zipped
from evidence_chain.extract.sniffing.media_types import DOCX, EPUB, ODT, PPTX, XLSX
from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIST = "[Content_Types].xml"
_BY_FOLDER = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))
_BINARY = "xl/workbook.bin"
"""What lies in a workbook that isn't written in XML (XLSB)."""
_MAIN = (
    (pattern(rb"wordprocessingml\.(?:document|template)\.main\+xml"), DOCX),
    (pattern(rb"spreadsheetml\.(?:sheet|template)\.main\+xml"), XLSX),
    (pattern(rb"presentationml\.(?:presentation|template|slideshow)\.main\+xml"), PPTX),
)
_TEXT = (ODT.encode(), f"{ODT}-template".encode())


def packed_type(head: bytes, tail: bytes, names: Sequence[str]) -> str | None:
    """The type of a document that is packed in a ZIP; `None` if it is none that is known here.

    Args:
        head: the first bytes of the ZIP.
        tail: its last ones.
        names: of the files in it.
    """
    if _LIST in names or "_rels/.rels" in names:
        for folder, media_type in _BY_FOLDER:
            if any(one.startswith(folder) for one in names) and _BINARY not in names:
                return media_type
        listed = zipped.content(head, tail, _LIST) if _LIST in names else b""
        for main, media_type in _MAIN:
            if main.search(listed):
                return media_type
    mimetype = zipped.content(head, tail, "mimetype").strip()
    if mimetype in _TEXT:
        return ODT
    return EPUB if mimetype == EPUB.encode() or "META-INF/container.xml" in names else None
