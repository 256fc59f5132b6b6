"""What is raised or lowered beside a line: powers, indices, fractions, and marks of notes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from evidence_chain.extract.html.style.transforms import lowered
from evidence_chain.extract.html.style.values import length, texts
from evidence_chain.extract.writing import lower_characters, raise_characters

if TYPE_CHECKING:
    from evidence_chain.extract.html.style.values import Style

MOST = 40
"""Characters of a superscript; what is longer is text that was set high."""
_NOTE_SIGNS = "[*†‡§¶"
_NOTE = r"(?:\d{1,4}|[a-z]|[ivxlc]{2,6}|[*†‡§¶]+|(?:note|nb|n|fn)[ \u00a0]?\d{1,4})"
_NOTE_MARK = re.compile(rf"{_NOTE}|\[{_NOTE}\]", re.IGNORECASE)
_AFTER_WORDS = tuple(".,;:!?…”’»。，；：！？」』")
_THIN_SPACE, _SLASH = "\u2009", "\u2044"
_ALIGNED = {"super": "sup", "sub": "sub"}
_WITH_SMALL_LETTERS = {"text-top": "sup", "top": "sup", "text-bottom": "sub", "bottom": "sub"}
_ROOTS = {"mfrac": "fraction", "msqrt": "root"}
_FEATURES = {"sups": "sup", "subs": "sub", "sinf": "sub"}
"""Features of OpenType that raise or lower letters."""
_STEP, _LARGE_STEP = 2.0, 5.0
"""Pixels that tell a raised letter from one that was nudged, if it is smaller and if it isn't."""
_VULGAR = {
    unicodedata.normalize("NFKC", char): char
    for char in map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F)))
}


def raised(tag: str, style: Style, role: str, *, smaller: bool) -> str:
    """Whether an element is raised (`sup`), lowered (`sub`), a fraction or its lower part.

    Args:
        tag: its name.
        style: its style.
        role: what its place in a formula makes of it.
        smaller: whether its letters are smaller than those around it.
    """
    if role or tag in ("sup", "sub"):
        return role or tag
    if tag in _ROOTS:
        return _ROOTS[tag]
    if not style:
        return ""
    aligned = style.get("vertical-align", "")
    if aligned in _ALIGNED:
        return _ALIGNED[aligned]
    if (smaller or tag == "small") and aligned in _WITH_SMALL_LETTERS:
        return _WITH_SMALL_LETTERS[aligned]
    if kind := _by_font(style):
        return kind
    rise = _rise(style, aligned)
    if abs(rise) < (_STEP if smaller else _LARGE_STEP):
        return ""
    return "sup" if rise > 0 else "sub"


def _by_font(style: Style) -> str:
    """Whether the letters that a font has for it are asked for."""
    variant = f"{style.get('font-variant-position', '')} {style.get('font-variant', '')}".split()
    features = texts(style.get("font-feature-settings", ""))
    asked = [_ALIGNED.get(name, "") for name in variant]
    asked += [_FEATURES.get(name, "") for name in features]
    return next(filter(None, asked), "")


def _rise(style: Style, aligned: str) -> float:
    """Pixels that it is raised by, roughly."""
    rise = (length(aligned) or 0.0) * (0.02 if aligned.endswith("%") else 1)
    if style.get("position") == "relative":
        rise -= length(style.get("top", "")) or 0.0
        rise += length(style.get("bottom", "")) or 0.0
    return rise - lowered(style)


def is_note(text: str, before: str, *, linked: bool) -> bool:
    """Whether this refers to a note: by its sign, brackets, a link, or after a sentence."""
    if not _NOTE_MARK.fullmatch(text):
        return False
    return linked or text[0] in _NOTE_SIGNS or (text.isdigit() and before.endswith(_AFTER_WORDS))


def shifted(kind: str, text: str, before: str) -> str:
    """What is written for `text` where it is raised, lowered, or a fraction."""
    if kind == "fraction":
        whole = before[-1:].isdigit() and text not in _VULGAR
        return _VULGAR.get(text, (_THIN_SPACE if whole else "") + text)
    if kind == "root":
        return f"\u221a{text}"
    if kind == "under":
        return _SLASH + text
    return raise_characters(text) if kind == "sup" else lower_characters(text)
