"""DOCX (ECMA-376): everything that is written in the document, whichever part holds it.

Here lies what only Office documents have. What formats share lies one folder up.

First the body with its tables (a tab between cells, a line for each row) and text boxes, then
footnotes, endnotes, comments, headers, footers, diagrams and charts, all but the body marked with
what they are. Text reads as it does with all tracked changes accepted; insertions are marked. The
rest comes after all that, a line for each: paragraphs with tracked deletions as they read before,
marked as deleted, and hidden text, marked with why it isn't seen; a mark of no length says where
in the text it was. Moved text is deleted in one place and inserted in another.

The number of a paragraph stands before it. Small letters that are shown as capitals are capitals;
the rest has them as they are copied from a program, too. Struck-out words stand where they are,
marked as deleted. Words of a list stand before its paragraphs, what fields draw in its place. Not
known here: what is laid over a text, and which signs an embedded font shows.
`options.unread` names parts that the document refers to and that aren't there or aren't read, such
as embedded web pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers.expat import EXPAT_VERSION

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.sniffing import DOCX
from evidence_chain.extract.stream import Drawn, Part, Parts

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.extract.docx.package import Package, Related
    from evidence_chain.extract.docx.style.numbers import Numbers
    from evidence_chain.extract.docx.style.styles import Styles

NAME = "evidence-chain/docx"
VERSION = "3"
MEDIA_TYPES = (DOCX,)
GUARDED = True

_READ = ("footnotes", "endnotes", "comments", "header", "footer", "diagramData", "chart")
"""Kinds of parts besides the body, in the order of the stream."""
_IMPORTED = "aFChunk"
_FOLDERS = ("embeddings/", "media/")
_MOST_CONTENT = 60 << 20
"""Bytes of all embedded files."""


def extract(file: BinaryIO) -> Drawn:
    """Return the text of all parts, and its marks.

    Raises:
        ExtractionError: it is no DOCX, or one that is damaged, encrypted or made to exhaust.
    """
    from evidence_chain.extract.docx.controls import replaced
    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.docx.references import References
    from evidence_chain.extract.docx.story import Story
    from evidence_chain.extract.docx.xml import parse
    from evidence_chain.extract.writing import Writer

    package = Package(file)
    main = package.main()
    related = package.related(main)
    styles, numbers = _read_styles(package, related)
    stream, asides = Writer(), Writer()
    references = References(even=_has_even_pages(package, related))
    for name, parts in {main: [], **_others(package, related)}.items():
        hidden = min(map(references.part_hidden, parts), default="")
        story = Story(styles, numbers, asides, replaced(package, name), references, hidden)
        parse(package.read(name), story, name)
        stream.append(story.finish())
    stream.append(asides)
    text, marks = stream.finish()
    options = {"parser": EXPAT_VERSION}
    unread = sorted({part.name for part in related if _is_unread(package, part)})
    return Drawn(text, options | ({"unread": unread} if unread else {}), marks)


def parts(file: BinaryIO) -> Parts:
    """Return the embedded files, pictures, and pages that the document takes in when opened.

    Raises:
        ExtractionError: as `extract` does; or they have more than 60 MB in all.
    """
    from evidence_chain.extract.docx.package import Package

    package = Package(file)
    imported = {part.name for part in package.related(package.main()) if part.kind == _IMPORTED}
    found, left = [], _MOST_CONTENT
    for name in package.names:
        if name in imported or any(f"/{folder}" in f"/{name.lower()}" for folder in _FOLDERS):
            found.append(Part(name, _content(package, name, left)))
            left -= len(found[-1].content)
    return Parts(found)


def _content(package: Package, name: str, most: int) -> bytes:
    content = bytearray()
    for chunk in package.read(name):
        content += chunk
        if len(content) > most:
            raise ExtractionError(
                f"The files in this document have more than {_MOST_CONTENT >> 20} MB. Save those "
                "that matter from its program and preserve them by themselves."
            )
    return bytes(content)


def _read_styles(package: Package, related: list[Related]) -> tuple[Styles, Numbers]:
    from evidence_chain.extract.docx.style.numbers import Numbers
    from evidence_chain.extract.docx.style.styles import Styles
    from evidence_chain.extract.docx.xml import parse_tree

    trees = {
        part.kind: parse_tree(package.read(part.name), part.name)
        for part in related
        if part.kind in ("styles", "numbering") and part.name in package
    }
    return Styles(trees.get("styles")), Numbers(trees.get("numbering"))


def _has_even_pages(package: Package, related: list[Related]) -> bool:
    from evidence_chain.extract.docx.xml import parse_tree

    settings = [
        parse_tree(package.read(part.name), part.name)
        for part in related
        if part.kind == "settings" and part.name in package
    ]
    return any(one.switch("w:evenAndOddHeaders") for one in settings)


def _others(package: Package, related: list[Related]) -> dict[str, list[Related]]:
    """The parts besides the body that hold text, by kind, each with how it is referred to."""
    found = [part for part in related if part.kind in _READ and part.name in package]
    found.sort(key=lambda part: _READ.index(part.kind))
    return {one.name: [part for part in found if part.name == one.name] for one in found}


def _is_unread(package: Package, part: Related) -> bool:
    return part.kind == _IMPORTED or (part.kind in _READ and part.name not in package)
