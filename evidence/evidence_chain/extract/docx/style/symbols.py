"""Characters of symbol fonts, as far as Unicode has them, and letters that aren't seen as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node

_PRIVATE = 0xF000
_HEX = re.compile("[0-9a-fA-F]{1,6}")
_GREEK = dict(zip("ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", strict=True))
_SYMBOL = {
    **{ord(latin): greek for latin, greek in _GREEK.items()},
    **{ord(latin.lower()): greek.lower() for latin, greek in _GREEK.items()},
    **{0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×"},
    **{0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xE5: "∑"},
}
_WINGDINGS = {
    **{0x6C: "●", 0x6E: "■", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓"},
    **{0xFD: "☒", 0xFE: "☑"},
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}

_PICTURES = re.compile(
    r"(?:wingdings|webdings|(?:itc )?(?:zapf ?)?dingbats|monotype sorts|marlett|mt extra"
    r"|bookshelf symbol|ms (?:reference specialty|outlook)|(?:libre )?barcode|free 3 of 9|code ?39"
    r").*",
)
"""Fonts, in small letters, that have other signs in the places of letters."""
_GREEKS = re.compile(r"(?:standard )?symbol(?: ?mt| ps|ps|-.*)?")
_IN_BOTH = frozenset(" 0123456789!#%&()+,./:;<=>?[]_{|}\u00a0\t\n")
"""What is the same in the font Symbol as elsewhere."""
OTHER_SIGNS = "letters of a symbol font, which shows other signs"


def read_font(properties: Node) -> str | None:
    """The font of Latin letters that `w:rPr` names; of two, one with other signs comes first."""
    fonts = properties.child("w:rFonts")
    if fonts is None:
        return None
    named = [fonts.attrs.get(f"w:{of}", "").lower() for of in ("ascii", "hAnsi")]
    themed = "" if "w:asciiTheme" in fonts.attrs or "w:hAnsiTheme" in fonts.attrs else None
    return next(filter(_has_signs, named), None) or next(filter(None, named), themed)


def shows_others(text: str, font: str | None) -> bool:
    """Whether other signs are seen than these, in this font."""
    font = (font or "").strip().lower()
    if _GREEKS.fullmatch(font):
        return not _IN_BOTH.issuperset(text)
    return bool(text.strip() and _PICTURES.fullmatch(font))


def _has_signs(font: str) -> bool:
    return bool(_GREEKS.fullmatch(font) or _PICTURES.fullmatch(font))


def symbol(char: str, font: str) -> tuple[str, bool]:
    """The character that `w:char`, hexadecimal, means in a font, and whether that is sure.

    One that Unicode lacks, or isn't known here, stays the private character that it is.
    """
    point = int(char, 16) if _HEX.fullmatch(char) else 0
    own = point - _PRIVATE if _PRIVATE <= point <= _PRIVATE + 0xFF else point
    known = _FONTS.get(font.lower(), {}).get(own) if own <= 0xFF else None
    usable = 0x20 <= point < 0xD800 or 0xE000 <= point <= 0x10FFFF
    written = known or (chr(point) if usable else "")
    return written, bool(known) or not shows_others(written, font)
