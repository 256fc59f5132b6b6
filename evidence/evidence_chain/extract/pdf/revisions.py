"""How often a PDF was written to, and who signed which state of it.

Signatures are named and never judged: a viewer that knows whom to trust tells which are valid.
"""

from __future__ import annotations

import re
from ctypes import c_int, c_ubyte
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.pdf.fields.annotations import notes
from evidence_chain.extract.pdf.file import open_pdf, pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.canonical import Json

_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
_CROSS_REFERENCES = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_WITHOUT_ENTRIES = re.compile(rb"\s*xref\s+0 0\s+trailer\s*<<(.{0,2000}?)>>\s*startxref", re.DOTALL)
_STREAM = re.compile(rb"/XRefStm\s+(\d{1,10})")
_LOOKED_AHEAD = 64
_HEADER_WITHIN = 1024
_MOST_SIGNATURES = 20
_MOST_COMPARED = 4
"""Signed states of a file that are compared with the one before."""
_NO_CERTIFICATE = "a signer whose certificate isn't there"


class _Revision(NamedTuple):
    """A state of the file."""

    references: int
    """Where its cross-references begin."""
    end: int


class _Signature(NamedTuple):
    by: str
    end: int
    """How much of the file it covers."""


def history(document: pdfium.PdfDocument, data: bytes) -> tuple[int, list[Json]]:
    """Return how often the file was changed after it was made, plus 1; and its signatures.

    Updates that only add a signature aren't counted, nor the part that word processors add for
    readers that know no cross-reference streams (ISO 32000-2, 7.5.8.4).
    """
    states, signed = revisions(data), _signatures(document)
    own = sum(_is_signing(data, one, other, signed) for one, other in pairwise(states[-8:]))
    named: list[Json] = [
        {"by": each.by, "revision": _covered(data, states, each.end)} for each in signed
    ]
    return max(1, len(states) - own), named


def revisions(data: bytes) -> list[_Revision]:
    """The states of the file, of which each but the first is an incremental update.

    Those count whose cross-references stand where they say. So neither the first part of a
    linearised file counts, nor a PDF that is embedded in this one.
    """
    header = max(0, data.find(b"%PDF-", 0, _HEADER_WITHIN))
    ends = {int(found[1]) + header: found.end() for found in _END.finditer(data)}
    states = [
        _Revision(at, end)
        for at, end in ends.items()
        if _CROSS_REFERENCES.match(data, at, at + _LOOKED_AHEAD)
    ]
    return [
        state
        for number, state in enumerate(states)
        if not number or not _is_for_older_readers(data, state, states[number - 1], header)
    ]


def _is_for_older_readers(data: bytes, state: _Revision, before: _Revision, header: int) -> bool:
    """Whether an update has no entries but those of a stream in the state before."""
    found = _WITHOUT_ENTRIES.match(data, state.references)
    stream = _STREAM.search(found[1]) if found else None
    return stream is not None and int(stream[1]) + header < before.end


def _covered(data: bytes, states: list[_Revision], end: int) -> Json:
    """The number of the state of the file that is covered, from 1; `None` if it is none."""
    return next((at for at, state in enumerate(states, 1) if _ends(data, state, end)), None)


def _ends(data: bytes, state: _Revision, end: int) -> bool:
    return state.end <= end and not data[state.end : end].strip()


def _is_signing(data: bytes, one: _Revision, other: _Revision, signed: list[_Signature]) -> bool:
    """Whether an update is that of a signature and changes nothing that is read."""
    if not any(_ends(data, other, each.end) for each in signed[:_MOST_COMPARED]):
        return False
    return _read(data[: one.end]) == _read(data[: other.end])


def _read(data: bytes) -> list[tuple[str, int, list[str]]] | None:
    """What is read on each page."""
    try:
        with open_pdf(data) as document:
            return [
                (
                    page.get_textpage().get_text_range(),
                    raw.FPDFPage_CountObjects(page.raw),
                    [note.text for note in notes(page)],
                )
                for _, page in pages(document)
                if page
            ]
    except ExtractionError:
        return None


def _signatures(document: pdfium.PdfDocument) -> list[_Signature]:
    return list(_named(document))[:_MOST_SIGNATURES]


def _named(document: pdfium.PdfDocument) -> Iterator[_Signature]:
    for index in range(max(0, raw.FPDF_GetSignatureCount(document.raw))):
        signature = raw.FPDF_GetSignatureObject(document.raw, index)
        size = raw.FPDFSignatureObj_GetContents(signature, None, 0)
        buffer = (c_ubyte * size)()
        raw.FPDFSignatureObj_GetContents(signature, buffer, size)
        ranges = (c_int * 4)()
        count = raw.FPDFSignatureObj_GetByteRange(signature, ranges, 4)
        yield _Signature(_signer(bytes(buffer)), ranges[2] + ranges[3] if count == 4 else 0)


def _signer(contents: bytes) -> str:
    """The name in the signer's certificate, which anybody may have made."""
    from asn1crypto import cms

    try:
        signed = cms.ContentInfo.load(contents)["content"]
        sid = signed["signer_infos"][0]["sid"].chosen
        serial = sid["serial_number"].native
        for choice in signed["certificates"]:
            certificate = choice.chosen
            if certificate.serial_number == serial:
                return str(certificate.subject.human_friendly)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return _NO_CERTIFICATE
    return _NO_CERTIFICATE
