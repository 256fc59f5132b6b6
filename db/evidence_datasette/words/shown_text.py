"""Text from evidence on a page: hostile characters made visible, words marked.

Quotes, titles and file names come from documents that anybody may have written. Jinja escapes
what is markup; what could reorder or hide a line is shown as its code point here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, TypedDict

from markupsafe import Markup, escape

from evidence_db.reading.finding import places, terms

__all__ = [
    "FILTERS",
    "Piece",
    "as_text",
    "grouped",
    "is_hostile",
    "marked",
    "plain",
    "quoted",
    "shown",
    "terms",
]

_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
"""What reorders a line, or takes no room in it or looks like a space, and what is no text."""


_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85]")
"""What ends a line or a page, and is white space to whoever reads on."""


class Piece(TypedDict):
    """A piece of a line, and whether it is what was looked for."""

    text: str
    marked: bool


def shown(value: object) -> Markup:
    """Text as HTML: escaped, and what is invisible or reorders a line as its code point."""
    escaped = escape("" if value is None else value)
    if escaped.isascii() and str.replace(escaped, "\n", "").isprintable():  # as nearly all of it is
        return escaped
    return Markup(_HOSTILE.sub(_visible, str(escaped)))  # noqa: S704


def quoted(value: object) -> Markup:
    """Words of a file as HTML, like `shown`, with the ends of its lines and pages as line ends."""
    return shown(_BREAKS.sub("\n", "" if value is None else str(value)))


def is_hostile(text: str) -> bool:
    """Whether a text holds what reorders a line or is not seen."""
    return not (text.isascii() and text.isprintable()) and _HOSTILE.search(text) is not None


def _visible(match: re.Match[str]) -> str:
    code = f"U+{ord(match[0]):04X}"
    name = unicodedata.name(match[0], "control character")
    return f'<span class="invisible" title="{name}">{code}</span>'


def plain(value: object) -> str:
    """The same where no markup can be, as in a title; Jinja escapes it."""
    return _HOSTILE.sub(lambda match: f"U+{ord(match[0]):04X}", str(value))


def as_text(value: Any) -> str:  # noqa: ANN401
    """A field's value as text: a string as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def grouped(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}"


def marked(text: str, wanted: list[str]) -> list[Piece]:
    """`text` in pieces, in which every word that was looked for is marked.

    Case, accents and width make no difference.
    """
    pieces: list[Piece] = []
    done = 0
    for start, end in places(text, wanted):
        pieces += [_piece(text[done:start]), _piece(text[max(done, start) : end], is_marked=True)]
        done = max(done, end)
    return [piece for piece in (*pieces, _piece(text[done:])) if piece["text"]]


def _piece(text: str, *, is_marked: bool = False) -> Piece:
    return {"text": text, "marked": is_marked}


FILTERS = {
    "shown": shown,
    "quoted": quoted,
    "plain": plain,
    "as_text": as_text,
    "grouped": grouped,
}
