"""Properties as XMP has them (ISO 16684-1), in PDFs and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.xml import parse
from evidence_chain.inspect.properties import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.inspect.finding import Finding

_CONTAINERS = ("li", "Alt", "Bag", "Seq", "Description", "RDF", "xmpmeta")
_KINDS = {
    **dict.fromkeys(("creator", "Creator", "Author", "AuthorsPosition", "Artist"), "author"),
    **dict.fromkeys(("OwnerName", "CameraOwnerName", "CaptionWriter", "LastModifiedBy"), "author"),
    **dict.fromkeys(("SerialNumber", "BodySerialNumber", "LensSerialNumber"), "serial"),
    **dict.fromkeys(("GPSLatitude", "GPSLongitude", "City", "Sublocation", "Location"), "place"),
    **dict.fromkeys(("CreatorTool", "Producer", "softwareAgent", "Software"), "producer"),
    **dict.fromkeys(("CreateDate", "ModifyDate", "MetadataDate", "when", "DateCreated"), "date"),
    **dict.fromkeys(("title", "Title", "description", "subject", "Keywords"), "title"),
    **dict.fromkeys(("DocumentID", "InstanceID", "OriginalDocumentID"), "revision-ids"),
    **dict.fromkeys(("documentID", "instanceID", "originalDocumentID"), "revision-ids"),
    **dict.fromkeys(("Make", "Model", "LensModel", "Lens"), "camera"),
}


class _Values:
    """Collects the value of each property, by its local name. A `Handler`."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Note the attributes, which are properties in short."""
        self._open.append(_local(name))
        self._text.clear()
        self.found += [
            (_local(key), value)
            for key, value in attrs.items()
            if _local(key) not in ("about", "lang", "parseType", "xmptk", "resource")
        ]

    def end(self, _name: str) -> None:
        """Note what an element without further ones in it holds."""
        text = "".join(self._text).strip()
        if text:
            named = [one for one in self._open if one not in _CONTAINERS]
            self.found.append((named[-1] if named else "text", text))
        self._text.clear()
        self._open.pop()

    def text(self, data: str) -> None:
        """Keep it."""
        self._text.append(data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""


def findings(data: bytes, place: str = "XMP") -> Iterator[Finding]:
    """What the properties give away.

    Raises:
        ExtractionError: they can't be read.
    """
    values = _Values()
    parse([data.strip(b"\0 \r\n\t")], values, place)
    yield from named(values.found, _KINDS, place)


def read(data: bytes, place: str = "XMP") -> tuple[list[Finding], list[str]]:
    """The same, and why it could not be read, if so."""
    try:
        return list(findings(data, place)), []
    except ExtractionError:
        return [], [f"{place} can't be read: it is no well-formed XML"]


def _local(name: str) -> str:
    return name.rpartition(":")[2]
