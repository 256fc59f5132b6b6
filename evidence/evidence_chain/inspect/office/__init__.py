"""What an Office document gives away (OOXML and OpenDocument): people, changes, what is hidden."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from evidence_chain.extract.docx.package import Package
from evidence_chain.inspect.office import opendocument, openxml

if TYPE_CHECKING:
    from evidence_chain.inspect.finding import Finding

_MIMETYPE = b"application/vnd.oasis.opendocument."


def kind(package: Package) -> str:
    """`openxml`, `opendocument`, or nothing, for a ZIP that is neither."""
    if "[Content_Types].xml" in package and "_rels/.rels" in package:
        return "openxml"
    if "mimetype" in package and next(package.read("mimetype"), b"").startswith(_MIMETYPE):
        return "opendocument"
    return ""


def look(data: bytes) -> tuple[list[Finding], list[str], list[tuple[str, bytes]]] | None:
    """What a document gives away, what could not be looked into, and the files in it.

    `None` for a ZIP that is no document.

    Raises:
        ExtractionError: it can't be opened.
    """
    package = Package(BytesIO(data))
    found = kind(package)
    if found == "openxml":
        return openxml.look(package, data)
    return opendocument.look(package) if found == "opendocument" else None
