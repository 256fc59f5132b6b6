"""ODT (ODF 1.3): the text as it reads with all changes accepted, then the rest.

A line for each paragraph with its number, a tab between the cells of a row. Then text boxes,
notes, comments, readings, headers and footers; then, a line each, hidden text, marked with why it
isn't seen, and paragraphs with tracked deletions as they read before. Where something was left
out, a mark of no length says so. Struck-out words stand where they are, marked as deleted. Fields
stand as they are kept, as `unsure` where they are computed anew. Not known here: what lies over a
text, lines and frames without height, embedded objects and forms (named in `options.unread`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers.expat import EXPAT_VERSION

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.sniffing.media_types import ODT
from evidence_chain.extract.stream import Drawn, Part, Parts

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/odt"
VERSION = "1"
MEDIA_TYPES = (ODT,)
GUARDED = True

_CONTENT, _STYLES = "content.xml", "styles.xml"
_MOST_PICTURES = 60 << 20
"""Bytes of all pictures."""


def extract(file: BinaryIO) -> Drawn:
    """Return the text of the body, and of what is beside it.

    Raises:
        ExtractionError: it is no ODT, or one that is damaged, encrypted or made to exhaust.
    """
    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.docx.xml import parse, parse_tree
    from evidence_chain.extract.odt.lists import Lists
    from evidence_chain.extract.odt.story import Story
    from evidence_chain.extract.odt.styles import Styles
    from evidence_chain.extract.writing import Writer

    package = Package(file)
    if "META-INF/manifest.xml" in package:
        _refuse_encrypted(b"".join(package.read("META-INF/manifest.xml")))
    styles, lists = Styles(), Lists()
    names = [name for name in (_STYLES, _CONTENT) if name in package]
    for name in names:
        root = parse_tree(package.read(name), name)
        styles.read(root)
        lists.read(root)
    stream, rest = Writer(), Writer()
    unread: set[str] = set()
    for name in reversed([*names]) if _CONTENT in names else [_CONTENT]:
        story = Story(styles, lists, rest)
        parse(package.read(name), story, name)
        stream.append(story.finish())
        unread |= story.unread
    stream.append(rest)
    text, marks = stream.finish()
    options: dict[str, Json] = {"parser": EXPAT_VERSION}
    return Drawn(text, options | ({"unread": sorted(unread)} if unread else {}), marks)


def parts(file: BinaryIO) -> Parts:
    """Return the pictures in the document.

    Raises:
        ExtractionError: as `extract` does; or they have more than 60 MB in all.
    """
    from evidence_chain.extract.docx.package import Package

    package, found, left = Package(file), list[Part](), _MOST_PICTURES
    for name in package.names:
        if name.startswith(("Pictures/", "media/")):
            found.append(Part(name, b"".join(package.read(name))))
            left -= len(found[-1].content)
        if left < 0:
            raise ExtractionError("The pictures in this document have more than 60 MB.")
    return Parts(found)


def _refuse_encrypted(manifest: bytes) -> None:
    if b"encryption-data" in manifest:
        raise ExtractionError(
            "The text of this document could not be had: it is under a password. Open it with "
            "that, save it without one, and add that too."
        )
