"""Pages whose style sheets lie beside them in the same file: put into the page, as data: URLs."""

from __future__ import annotations

import base64
import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(\bhref\s*=\s*)(?:"([^"]{0,1000})"|'([^']{0,1000})')""", re.IGNORECASE)
_EMPTY = re.compile(r"<([A-Za-z][-:A-Za-z0-9]{0,40})((?:\s[^<>]{0,2000})?)/>")
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("source", "track", "wbr", "param"),
    }
)
_MOST = 4 << 20
"""Characters that the sheets of a page may add to it."""


def with_sheets(markup: str, sheet: Callable[[str], bytes | None]) -> str:
    """The page with the sheets that it links to, as far as they are there.

    Args:
        markup: a page.
        sheet: the content of what lies at an address of the page, or `None`.
    """
    left = _MOST

    def fill(link: re.Match[str]) -> str:
        nonlocal left
        found = _ADDRESS.search(link[0])
        content = (
            sheet(unescape(found[2] or found[3] or "")) if found and "style" in link[0] else None
        )
        if found is None or content is None or len(content) > left:
            return link[0]
        left -= len(content)
        data = f'"data:text/css;base64,{base64.b64encode(content).decode()}"'
        return link[0][: found.start()] + found[1] + data + link[0][found.end() :]

    return _LINK.sub(fill, markup)


def closed(markup: str) -> str:
    """XHTML as HTML has it: `<a/>` is an element without content, and not one that begins."""
    return _EMPTY.sub(_close, markup)


def _close(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name.lower() in _VOID else f"<{name}{found[2]}></{name}>"
