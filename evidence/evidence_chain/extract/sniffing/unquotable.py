"""What a file is that nothing here draws text from, and what to do to quote from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.sniffing import ARC, GZIP, OLE, UNKNOWN, ZIP, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

_AS_PDF = "Save it as PDF or DOCX in the program that wrote it, and add that too."
_AS_PDF_ONLY = "Save it as PDF in the program that wrote it, and add that too."
_UNPACK = "Unpack it, and add the files in it that you quote from."
_BY_MIMETYPE = {
    b"application/vnd.oasis.opendocument.spreadsheet": (
        "an OpenDocument spreadsheet (ODS)",
        _AS_PDF_ONLY,
    ),
    b"application/vnd.oasis.opendocument.presentation": (
        "an OpenDocument presentation (ODP)",
        _AS_PDF_ONLY,
    ),
    b"application/vnd.oasis.opendocument": ("an OpenDocument file", _AS_PDF_ONLY),
}
_BY_FOLDER = (
    ("xl/", "a binary Excel workbook (XLSB)", "Save it as XLSX, and add that too."),
    ("visio/", "a Visio drawing (VSDX)", _AS_PDF_ONLY),
    ("Index/", "a document of Apple's Pages, Numbers or Keynote", _AS_PDF_ONLY),
)
_IN_OLE = (
    (
        "EncryptedPackage",
        "an Office document under a password",
        "Open it with the password, save it without one, and add that too.",
    ),
    ("WordDocument", "a Word document of before 2007 (DOC)", _AS_PDF),
    ("Workbook", "an Excel workbook of before 2007 (XLS)", _AS_PDF_ONLY),
    ("PowerPoint Document", "a PowerPoint presentation of before 2007 (PPT)", _AS_PDF_ONLY),
)


def unquotable(media_type: str, head: bytes, tail: bytes) -> str | None:
    """What a file is and what to do, in two sentences; `None` if no more is known than its type.

    Args:
        media_type: its type, as `sniff` tells it, from which no text is drawn.
        head: its first bytes.
        tail: its last ones.
    """
    if media_type not in _TOLD:
        return None
    what, then = _TOLD[media_type](head, tail)
    return f"It can't be quoted from: it is {what}. {then}"


_OTHERWISE = "Preserve the document as PDF, DOCX, HTML or plain text too."


def _zip(head: bytes, tail: bytes) -> tuple[str, str]:
    mimetype = zipped.content(head, tail, "mimetype").strip()
    for begins, told in _BY_MIMETYPE.items():
        if mimetype.startswith(begins):
            return told
    names = zipped.names(head, tail)
    for folder, what, then in _BY_FOLDER:
        if any(name.startswith(folder) for name in names):
            return what, then
    return "a ZIP archive", _UNPACK


def _ole(head: bytes, tail: bytes) -> tuple[str, str]:
    for stream, what, then in _IN_OLE:
        if any(stream.encode("utf-16-le") in part for part in (head, tail)):
            return what, then
    return "an Office file of before 2007, or one under a password", _AS_PDF


_TOLD: dict[str, Callable[[bytes, bytes], tuple[str, str]]] = {
    ZIP: _zip,
    OLE: _ole,
    ARC: lambda _head, _tail: (
        "a web archive of before WARC (ARC)",
        "Convert it (`warcio recompress`), and add the WARC too.",
    ),
    GZIP: lambda _head, _tail: ("a file compressed by gzip", _UNPACK),
    UNKNOWN: lambda _head, _tail: ("a file of a type that isn't known here", _OTHERWISE),
}
