"""EPUB 2 and 3: the pages of its spine in their order, each read as a page of the web is.

Style sheets in the book count. Pages that aren't read on to (`linear="no"`) are marked as such.
Pages that are encrypted, pictures of pages, and pages of other types are named in
`options.unread`; scripts aren't run.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.sniffing.media_types import EPUB
from evidence_chain.extract.stream import Drawn, MarkKind

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json
    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.docx.xml import Node

NAME = "evidence-chain/epub"
VERSION = "1"
MEDIA_TYPES = (EPUB,)
GUARDED = True

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_MOST_UNREAD = 20


def extract(file: BinaryIO) -> Drawn:
    """Return the text of all pages.

    Raises:
        ExtractionError: it is no EPUB, or one that is damaged, encrypted or made to exhaust.
    """
    from importlib.metadata import version

    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.docx.xml import parse_tree

    package = Package(file)
    container = parse_tree(package.read(_CONTAINER), _CONTAINER)
    roots = container.child("?:rootfiles")
    root = roots.child("?:rootfile") if roots else None
    where = root.attrs.get("full-path", "") if root else ""
    book = parse_tree(package.read(where), where)
    listed, spine = book.child("?:manifest"), book.child("?:spine")
    if listed is None or spine is None:
        raise ExtractionError("This e-book has no list of pages (EPUB). Preserve it as PDF, too.")
    items = {one.attrs.get("id", ""): one.attrs for one in listed.children}
    locked = _encrypted(package)
    pieces, unread = list[Drawn](), list[str]()
    for told in spine.all("?:itemref"):
        item = items.get(told.attrs.get("idref", ""), {})
        name = _resolved(where, item.get("href", ""))
        if item.get("media-type") not in _PAGES or name in locked or name not in package:
            unread.append(name or told.attrs.get("idref", ""))
            continue
        drawn = _page(package, name)
        if told.attrs.get("linear") == "no" and drawn.text:
            drawn = wrap(drawn, MarkKind.PART, "a page that is not read on to")
        pieces.append(drawn)
    options: dict[str, Json] = {"parser": f"turbohtml {version('turbohtml')}"}
    if unread:
        options["unread"] = [*unread[:_MOST_UNREAD]]
    return join(pieces)._replace(options=options)


def _page(package: Package, name: str) -> Drawn:
    from evidence_chain.extract import html
    from evidence_chain.extract.html.inlined import closed, with_sheets

    def sheet(address: str) -> bytes | None:
        at = _resolved(name, address)
        return b"".join(package.read(at)) if at in package else None

    markup, options = html.decode(b"".join(package.read(name)))
    text, marks = html.draw(with_sheets(closed(markup), sheet))
    drawn = Drawn(text, {}, marks)
    guess = options.get("guessed")
    return wrap(drawn, MarkKind.GUESSED, str(guess)) if guess and text else drawn


def _resolved(base: str, address: str) -> str:
    """The name in the package of what a file in it refers to."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")


def _encrypted(package: Package) -> set[str]:
    """The names of all that is encrypted, fonts among it."""
    from evidence_chain.extract.docx.xml import parse_tree

    if _ENCRYPTION not in package:
        return set()
    found, waiting = set[str](), [parse_tree(package.read(_ENCRYPTION), _ENCRYPTION)]
    while waiting:
        node: Node = waiting.pop()
        waiting += node.children
        if node.name == "?:CipherReference":
            found.add(_resolved("", node.attrs.get("URI", "")))
    return found
