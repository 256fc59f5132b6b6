"""Numerals that documents count with, without writing them into their text."""

from __future__ import annotations

MOST_ROMAN = 3999
"""What Roman numerals are written up to."""
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman(count: int) -> str:
    """`count` in small Roman numerals."""
    text = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        text += letters * times
    return text
