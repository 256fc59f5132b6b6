"""HTML: the text that a reader sees, block by block; nothing is taken for boilerplate.

Text that is hidden by the `hidden` attribute or by an inline style is left out and counted.
Style sheets and scripts are not run.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from evidence_chain.extract import _charsets

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/html"
VERSION = "1"
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
GUARDED = True

_DECLARED = re.compile(
    rb"""<meta[^>]+?charset\s*=\s*["']?\s*([^\s"'/>;]+)|^\s*<\?xml[^>]+?encoding=["']([^"']+)""",
    re.IGNORECASE,
)
_LOOKED_AT = 1024
"""Bytes in which a document must declare its charset."""


def extract(file: BinaryIO) -> tuple[str, dict[str, Json]]:
    """Return the visible text, a line for each block, and what was decided on the way."""
    markup, options = decode(file.read())
    text, hidden = visible(markup)
    python = ".".join(map(str, sys.version_info[:3]))
    return text, options | {"hidden": hidden, "parser": f"html.parser {python}"}


def visible(markup: str) -> tuple[str, int]:
    """Return the visible text of `markup`, and the number of hidden characters left out."""
    from evidence_chain.extract._page import Page

    page = Page()
    page.feed(markup)
    page.close()
    return page.text, page.hidden


def decode(data: bytes) -> tuple[str, dict[str, Json]]:
    """Decode a page by its byte-order mark, its declaration, as UTF-8, or as windows-1252.

    Returns the text, `charset`, and `replaced`: how many characters were put in for bytes that
    mean nothing in it.
    """
    mark = _charsets.marked(data)
    if mark:
        text, replaced = _charsets.decode_replacing(data[mark[1] :], mark[0])
        return text, {"charset": mark[0], "replaced": replaced}
    declared = _declared(data)
    found = _charsets.decode_strictly(data, [declared, "utf-8"])
    if found:
        return found[0], {"charset": found[1], "replaced": 0}
    charset = declared or "windows-1252"
    text, replaced = _charsets.decode_replacing(data, charset)
    return text, {"charset": charset, "replaced": replaced}


def _declared(data: bytes) -> str | None:
    """The charset that the page names, which can't be UTF-16 or the name couldn't be read."""
    found = _DECLARED.search(data[:_LOOKED_AT])
    charset = _charsets.known((found[1] or found[2]).decode("latin-1")) if found else None
    return "utf-8" if charset and charset.startswith("utf-16") else charset
