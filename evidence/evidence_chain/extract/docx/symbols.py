"""Characters of symbol fonts (`w:sym`), as far as Unicode has them."""

from __future__ import annotations

import re

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


def symbol(char: str, font: str) -> str:
    """The character that `w:char`, hexadecimal, means in a font.

    One that Unicode lacks, or isn't known here, stays the private character that it is.
    """
    point = int(char, 16) if _HEX.fullmatch(char) else 0
    own = point - _PRIVATE if _PRIVATE <= point <= _PRIVATE + 0xFF else point
    known = _FONTS.get(font.lower(), {}).get(own) if own <= 0xFF else None
    usable = 0x20 <= point < 0xD800 or 0xE000 <= point <= 0x10FFFF
    return known or (chr(point) if usable else "")
