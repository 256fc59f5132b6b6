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

_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_AROUND = 90
"""Characters that are shown before and after the first word that was looked for."""


class Piece(TypedDict):
    """A piece of a line, and whether it is what was looked for."""

    text: str
    marked: bool


def shown(value: object) -> Markup:
    """Text as HTML: escaped, and what is invisible or reorders a line as its code point."""
    return Markup(_HOSTILE.sub(_visible, str(escape("" if value is None else value))))  # noqa: S704


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


def terms(words: str) -> list[str]:
    """What is looked for: each word, once; in scripts without spaces each run of characters."""
    return list(dict.fromkeys(words.replace("\0", " ").split()))


def pattern(wanted: list[str]) -> re.Pattern[str]:
    """Finds any of the words, whatever their case."""
    longest_first = sorted(wanted, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)


def marked(text: str, wanted: list[str]) -> list[Piece]:
    """`text` in pieces, in which every word that was looked for is marked.

    Accents make no difference, as in the search index.
    """
    pieces: list[Piece] = []
    end = 0
    for found in pattern([_bare(word) for word in wanted]).finditer(_bare(text)):
        pieces += [_piece(text[end : found.start()]), _piece(text[found.start() : found.end()], 1)]
        end = found.end()
    return [piece for piece in (*pieces, _piece(text[end:])) if piece["text"]]


def around(text: str, wanted: list[str]) -> str:
    """The line in which the first word that was looked for stands, cut where it is long."""
    found = pattern(wanted).search(text)
    place = found.start() if found else 0
    start = max(text.rfind("\n", 0, place) + 1, place - _AROUND)
    line = text.find("\n", place)
    end = min(len(text) if line < 0 else line, place + _AROUND)
    before = "…" if start and text[start - 1] != "\n" else ""
    after = "…" if text[end : end + 1] not in ("", "\n") else ""
    return f"{before}{text[start:end].strip()}{after}"


def _piece(text: str, is_marked: int = 0) -> Piece:
    return {"text": text, "marked": bool(is_marked)}


def _bare(text: str) -> str:
    """`text` without accents, character for character."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


FILTERS = {"shown": shown, "plain": plain, "as_text": as_text, "grouped": grouped}
