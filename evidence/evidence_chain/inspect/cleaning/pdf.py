"""A PDF written anew by pypdf: what its catalog reaches, without properties, scripts, files."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from evidence_chain.errors import ExtractionError
from evidence_chain.inspect.cleaning import Cleaned
from evidence_chain.inspect.pdf.properties import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterable

_FROM_CATALOG = (
    "/Metadata",
    "/OpenAction",
    "/AA",
    "/PieceInfo",
    "/AF",
    "/Collection",
    "/SpiderInfo",
)
_FROM_NAMES = ("/EmbeddedFiles", "/JavaScript")
_FROM_PAGES = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Thumb")
_FROM_ANNOTATIONS = ("/T", "/Subj", "/M", "/CreationDate", "/NM", "/Popup", "/IRT")
_NOTES = ("/Popup", "/Text", "/FileAttachment", "/Sound", "/Movie", "/Screen")
"""Annotations that go: they paint nothing but a sign."""
_SHOWN = ("/Link", "/Widget")
"""Annotations that stay as they are: what a reader clicks on, and what is filled in."""
_LEFT = (
    "Words that are hidden on the pages stay, and so do bookmarks, layers and filled forms.",
    "Metadata of pictures in it stay.",
)


def clean(data: bytes) -> Cleaned:
    """Return the copy.

    Raises:
        ExtractionError: it is encrypted or damaged.
    """
    try:
        return _clean(data)
    except BROKEN as error:
        raise ExtractionError(
            f"This PDF can't be written anew ({type(error).__name__}: {str(error)[:200]}): it is "
            "encrypted or damaged. Print its pages to a new PDF, and inspect that."
        ) from error


def _clean(data: bytes) -> Cleaned:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    catalog = writer.root_object
    _remove(catalog, _FROM_CATALOG)
    names = catalog.get("/Names")
    if names is not None:
        _remove(names.get_object(), _FROM_NAMES)
    for page in writer.pages:
        _remove(page, _FROM_PAGES)
        _without_comments(page)
    held = BytesIO()
    writer.compress_identical_objects(remove_unreferenced=True)
    writer.write(held)
    left = list(_LEFT)
    if "/AcroForm" in catalog:
        left.append("Signatures that it has no longer hold, since the bytes are other ones.")
    return Cleaned(held.getvalue(), left)


def _remove(holder: Any, keys: Iterable[str]) -> None:  # noqa: ANN401 - pypdf's objects
    for key in keys:
        holder.pop(NameObject(key), None)


def _without_comments(page: Any) -> None:  # noqa: ANN401
    """Take away notes, and from other annotations who made them, when, and what they say.

    What they paint stays: it may be a bar over words, which must not come to light.
    """
    held = page.get("/Annots")
    if held is None:
        return
    kept = [one for one in held.get_object() if one.get_object().get("/Subtype") not in _NOTES]
    for reference in kept:
        annotation = reference.get_object()
        subtype = annotation.get("/Subtype")
        if subtype not in _SHOWN:
            _remove(annotation, _FROM_ANNOTATIONS)
            if subtype != "/FreeText":
                _remove(annotation, ("/Contents", "/RC"))
    page[NameObject("/Annots")] = ArrayObject(kept)
