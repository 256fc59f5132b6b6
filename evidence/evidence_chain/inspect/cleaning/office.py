"""DOCX, PPTX, XLSX without their properties, thumbnail, printers; the text's own parts stay."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.package import Package
from evidence_chain.inspect.cleaning import Cleaned, picture
from evidence_chain.inspect.office import kind
from evidence_chain.inspect.office.reading import content

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = re.compile(
    r"docProps/.*|customXml/.*|(?:word|ppt|xl)/printerSettings/.*|.*/vbaProject\.bin", re.IGNORECASE
)
_RELATIONS = re.compile(r"(?:.*/)?_rels/[^/]*\.rels", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)["']""")
_GONE = re.compile(
    rb"(?:^|/)(?:docProps/|customXml/)|printerSettings|vbaProject\.bin", re.IGNORECASE
)
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*?(?:/>|>\s*</(?:\w+:)?Override>)")
_PART_NAME = re.compile(rb"""\bPartName\s*=\s*["']/?([^"']*)["']""")
_RSIDS = re.compile(rb"<w:rsids>.*?</w:rsids>", re.DOTALL)
_RSID = re.compile(rb"""\s+w:rsid\w*=["'][0-9A-Fa-f]{1,8}["']""")
_IMAGES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
_LEFT = (
    "Tracked changes, comments, hidden text, sheets and slides, embedded files and the names of "
    "their authors stay: accept or remove them in the program that made it."
)


def clean(data: bytes) -> Cleaned | None:
    """Return the copy; `None` for a ZIP that is no such document.

    Raises:
        ExtractionError: it is damaged.
    """
    package = Package(BytesIO(data))
    if kind(package) != "openxml":
        return None
    held, left = BytesIO(), [_LEFT]
    with ZipFile(held, "w", ZIP_DEFLATED) as copy:
        for name in package.names:
            if _LEFT_OUT.fullmatch(name):
                continue
            part = content(package, name)
            try:
                part = _cleaned(name, part)
            except ExtractionError:
                left.append(f"Metadata of the picture {name} stay.")
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            copy.writestr(entry, part)
    return Cleaned(held.getvalue(), left)


def _cleaned(name: str, part: bytes) -> bytes:
    """A part without what it says of those that are gone, and without identifiers of sessions."""
    suffix = name[name.rfind(".") :].lower()
    if _RELATIONS.fullmatch(name):
        return _RELATION.sub(lambda found: b"" if _is_gone(found[0]) else found[0], part)
    if name == "[Content_Types].xml":
        return _OVERRIDE.sub(lambda found: b"" if _names_gone(found[0]) else found[0], part)
    if suffix in _IMAGES:
        return picture.clean(part, _IMAGES[suffix]).content
    if name.lower().startswith("word/") and suffix == ".xml":
        return _RSID.sub(b"", _RSIDS.sub(b"", part))
    return part


def _is_gone(relation: bytes) -> bool:
    target = _TARGET.search(relation)
    return bool(target and _GONE.search(target[1]))


def _names_gone(override: bytes) -> bool:
    name = _PART_NAME.search(override)
    return bool(name and _LEFT_OUT.fullmatch(name[1].decode("utf-8", "replace")))
