"""HTML: all that a reader sees, block by block, and after it what is hidden.

E-mails and web archives have HTML read here, and nothing here knows of them. The tree is that of
browsers (turbohtml); `style/` knows what style sheets say, `written/` how lines are laid out.

Nothing is taken for boilerplate, and the words that are seen follow one another as they are seen.
What stands among them unseen comes after them all, a line for each piece, marked as hidden and
why. Where it would have stood a mark of no length says so. So do marks where a picture, a counter
or something moved stands in a line. What may be hidden stays where it is, marked so too. Marks of
notes, readings (`<rt>`) and the `alt` of pictures stand aside.

`<del>` and `<s>` are marked where they stand, and so are `<ins>` and what is filled into forms.
What is raised becomes Unicode's where it has it ("10²"). Lines that are written otherwise than
they are shown (`<q>`, capitals by style), and lists with their numbers, are given once more at the
end. Not known here: scripts, style sheets that lie elsewhere, what is laid over a text. Not taken:
`title`, `placeholder` and ARIA labels, comments, `<noscript>` and `<template>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract import charsets
from evidence_chain.extract.stream import Drawn

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json
    from evidence_chain.extract.html.states import Cites
    from evidence_chain.extract.stream import Mark

NAME = "evidence-chain/html"
VERSION = "3"
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
GUARDED = True

_DECLARED = re.compile(
    rb"""<meta[^>]+?charset\s*=\s*["']?\s*([^\s"'/>;]+)|^\s*<\?xml[^>]+?encoding=["']([^"']+)""",
    re.IGNORECASE,
)
_LOOKED_AT = 1024
"""Bytes in which a document must declare its charset."""


def extract(file: BinaryIO) -> Drawn:
    """Return the text that is seen, then the rest, and what was decided on the way."""
    from importlib.metadata import version

    from evidence_chain.extract.html.page import Page

    markup, options = decode(file.read())
    page = Page(markup)
    options |= {"parser": f"turbohtml {version('turbohtml')}"}
    options |= {f"{name}_not_read": count for name, count in page.unread.items() if count}
    text, marks = page.finish()
    return Drawn(text, options, marks)


def draw(markup: str) -> tuple[str, list[Mark]]:
    """Return the text of `markup`, seen and then hidden, and the marks in it."""
    return draw_apart(markup)[:2]


def draw_apart(markup: str, cites: Cites | None = None) -> tuple[str, list[Mark], int]:
    """Return the same, and how many characters of the text are seen where they stand.

    Args:
        markup: a page.
        cites: whether an element quotes somebody else, by its tag and classes; what is in such an
            element is marked so.
    """
    from evidence_chain.extract.html.page import Page

    page = Page(markup, cites)
    seen = page.seen.length
    return *page.finish(), seen


def visible(markup: str) -> tuple[str, int]:
    """Return the text that is seen alone, and the number of hidden characters left out."""
    from evidence_chain.extract.html.page import Page

    page = Page(markup)
    return page.seen.finish()[0], page.hidden


def decode(data: bytes) -> tuple[str, dict[str, Json]]:
    """Decode a page by its byte-order mark, its declaration, as UTF-8, or as windows-1252.

    Returns the text, `charset`, and `replaced`: how many characters were put in for bytes that
    mean nothing in it.
    """
    mark = charsets.marked(data)
    if mark:
        text, replaced = charsets.decode_replacing(data[mark[1] :], mark[0])
        return text, {"charset": mark[0], "replaced": replaced}
    declared = _declared(data)
    found = charsets.decode_strictly(data, [declared, "utf-8"])
    if found:
        return found[0], {"charset": found[1], "replaced": 0}
    charset = declared or "windows-1252"
    text, replaced = charsets.decode_replacing(data, charset)
    return text, {"charset": charset, "replaced": replaced}


def _declared(data: bytes) -> str | None:
    """The charset that the page names, which can't be UTF-16 or the name couldn't be read."""
    found = _DECLARED.search(data[:_LOOKED_AT])
    charset = charsets.known((found[1] or found[2]).decode("latin-1")) if found else None
    return "utf-8" if charset and charset.startswith("utf-16") else charset
