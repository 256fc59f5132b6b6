"""DOCX, PPTX, XLSX: properties, changes, comments, what is hidden, and what else lies inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.xml import parse, parse_tree
from evidence_chain.inspect.finding import Finding, listing
from evidence_chain.inspect.office.reading import Elements, content, leaves, local
from evidence_chain.inspect.office.word import words
from evidence_chain.inspect.patterns import paths
from evidence_chain.inspect.properties import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.docx.package import Package

PROPERTIES = {
    **dict.fromkeys(("creator", "lastModifiedBy", "Manager"), "author"),
    "Company": "company",
    **dict.fromkeys(("title", "subject", "description", "keywords", "category"), "title"),
    **dict.fromkeys(("created", "modified", "lastPrinted"), "date"),
    **dict.fromkeys(("Application", "AppVersion"), "producer"),
    "Template": "template",
}
_STATISTICS = (
    *("Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "TotalTime"),
    *("Slides", "Notes", "HiddenSlides", "DocSecurity", "ScaleCrop", "LinksUpToDate", "revision"),
    *("SharedDoc", "HyperlinksChanged", "lpstr", "i4", "PresentationFormat", "MMClips", "vt"),
)
_EMBEDDED = re.compile(r"(?:word|ppt|xl)/embeddings/.+", re.IGNORECASE)
_MEDIA = re.compile(r"(?:word|ppt|xl)/media/.+\.(?:jpe?g|png|tiff?|webp|gif)", re.IGNORECASE)
_FURTHER = {
    "printerSettings": "printer",
    "externalLinks": "external-link",
    "vbaProject.bin": "macro",
    "thumbnail.": "thumbnail",
}
_HIDDEN = ("hidden", "veryHidden")
_TRUE = ("1", "true", "on")

Looked = tuple[list[Finding], list[str], list[tuple[str, bytes]]]


def look(package: Package, data: bytes) -> Looked:
    """What the document gives away, what could not be looked into, and the files in it."""
    found, unchecked, parts = list[Finding](), list[str](), list[tuple[str, bytes]]()
    for name in package.names:
        try:
            found += _part(package, name)
            if _EMBEDDED.fullmatch(name):
                found.append(Finding("embedded-file", name, "embedded"))
            if _EMBEDDED.fullmatch(name) or _MEDIA.fullmatch(name):
                parts.append((name, content(package, name)))
        except ExtractionError as error:
            unchecked.append(str(error))
    if any(name.lower().startswith("word/") for name in package.names):
        told, unread = words(package, data)
        found, unchecked = found + told, unchecked + unread
    return found, unchecked, parts


def _part(package: Package, name: str) -> Iterator[Finding]:
    for pattern, read in _PARTS:
        if pattern.fullmatch(name):
            yield from read(package, name)
    lower = name.lower()
    for piece, kind in _FURTHER.items():
        if piece.lower() in lower and not lower.endswith((".rels", "/")):
            yield Finding(kind, name, f"a part of {_size(package, name)} bytes")


def _properties(package: Package, name: str) -> Iterator[Finding]:
    held = [one for one in leaves(package, name) if one[0] not in _STATISTICS]
    yield from named(held, PROPERTIES, name)


def _custom(package: Package, name: str) -> Iterator[Finding]:
    yield from named(leaves(package, name), {}, name)


def _size(package: Package, name: str) -> str:
    return f"{len(content(package, name)):,}"


def _relations(package: Package, name: str) -> Iterator[Finding]:
    """What lies outside: a template with its path, links to files; addresses of pages are text."""
    for one in parse_tree(package.read(name), name).children:
        if one.attrs.get("TargetMode") != "External":
            continue
        kind, target = one.attrs.get("Type", "").rpartition("/")[2], one.attrs.get("Target", "")
        if kind == "attachedTemplate":
            yield Finding("template", name, target)
        elif kind != "hyperlink":
            yield Finding("external-link", name, f"{kind}: {target}")
        yield from paths(target.replace("%20", "_"), name)


def _settings(package: Package, name: str) -> Iterator[Finding]:
    root = parse_tree(package.read(name), name)
    rsids = root.child("w:rsids")
    if rsids:
        values = [one.attrs.get("w:val", "") for one in rsids.children]
        yield Finding("revision-ids", name, listing(values))


def _sheets(package: Package, name: str) -> Iterator[Finding]:
    for sheets in parse_tree(package.read(name), name).children:
        if local(sheets.name) == "sheets":
            for sheet in sheets.children:
                if sheet.attrs.get("state") in _HIDDEN:
                    yield Finding("hidden-sheet", name, sheet.attrs.get("name", "without a name"))


def _cells(package: Package, name: str) -> Iterator[Finding]:
    hidden: dict[str, list[str]] = {"rows": [], "columns": []}
    filled = {"rows": False}

    def begun(element: str, attrs: dict[str, str]) -> None:
        if element == "row" and attrs.get("hidden") in _TRUE:
            hidden["rows"].append(attrs.get("r", "?"))
        elif element == "col" and attrs.get("hidden") in _TRUE:
            hidden["columns"].append(f"{attrs.get('min', '?')}–{attrs.get('max', '?')}")
        filled["rows"] |= element == "c"

    parse(package.read(name), Elements(begun, lambda *_: None), name)
    for what, numbers in hidden.items():
        if numbers and filled["rows"]:
            yield Finding("hidden-cells", name, f"{what} {listing(numbers)}")


def _slide(package: Package, name: str) -> Iterator[Finding]:
    root = parse_tree(package.read(name), name)
    if root.attrs.get("show") in ("0", "false", "off"):
        yield from _texts(package, name, "hidden-slide")


def _comments(package: Package, name: str) -> Iterator[Finding]:
    yield from _texts(package, name, "comment")


def _notes(package: Package, name: str) -> Iterator[Finding]:
    yield from _texts(package, name, "notes")


def _texts(package: Package, name: str, kind: str) -> Iterator[Finding]:
    """The words of a part, each element of text by itself."""
    held = [text for _, text in leaves(package, name)]
    if kind == "notes" and all(map(str.isdigit, held)):
        return  # a page of notes with nothing but its number
    if held:
        yield Finding(kind, name, " ".join(held))


def _people(package: Package, name: str) -> Iterator[Finding]:
    names: list[str] = []

    def begun(_element: str, attrs: dict[str, str]) -> None:
        names.extend(
            attrs[key] for key in ("author", "displayName", "name", "userId") if attrs.get(key)
        )

    parse(package.read(name), Elements(begun, lambda *_: None), name)
    if names:
        yield Finding("author", name, listing(names))


_PARTS = [
    (re.compile(expression, re.IGNORECASE), read)
    for expression, read in (
        (r"docProps/(?:core|app)\.xml", _properties),
        (r"docProps/custom.*", _custom),
        (r".*\.rels", _relations),
        (r"word/settings\.xml", _settings),
        (r"xl/workbook\.xml", _sheets),
        (r"xl/worksheets/[^/]+\.xml", _cells),
        (r"ppt/slides/[^/]+\.xml", _slide),
        (r"ppt/notesSlides/[^/]+\.xml", _notes),
        (r"(?:xl/comments.*|xl/threadedComments/.*|ppt/comments/.*)\.xml", _comments),
        (r"(?:word/people|xl/persons/.*|ppt/commentAuthors|ppt/authors)\.xml", _people),
    )
]
"""What reads which part."""
