"""The numbers that browsers put before the items of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.html.style.values import has_words, texts
from evidence_chain.extract.numerals import MOST_ROMAN, roman

if TYPE_CHECKING:
    from turbohtml import Element


class Numbering:
    """Counts the items of lists within lists."""

    def __init__(self) -> None:
        self._counts: list[list[int]] = []
        """Of each list that is open, the next number and the step to the one after it."""

    def open(self, element: Element) -> None:
        """Begin a list."""
        start, step = _whole(element, "start"), 1
        if "reversed" in element.attrs:
            step = -1
            items = sum(1 for child in element.children if getattr(child, "tag", "") == "li")
            start = items if start is None else start
        self._counts.append([1 if start is None else start, step])

    def close(self) -> bool:
        """End a list; whether it stood in no other."""
        if self._counts:
            self._counts.pop()
        return not self._counts

    def count(self, element: Element, kind: str) -> str:
        """Count an item; what stands before it, if it is a number of this kind."""
        if not self._counts:
            return ""
        inner = self._counts[-1]
        value = _whole(element, "value")
        number = inner[0] if value is None else value
        inner[0] = number + inner[1]
        said = "".join(texts(kind))
        if said:
            return said if any(map(str.isalnum, said)) and not has_words(said) else ""
        label = _written(number, kind)
        return f"{label}. " if label else ""


def _whole(element: Element, name: str) -> int | None:
    text = str(element.attrs.get(name) or "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 9 else None


def _written(number: int, kind: str) -> str:
    if kind == "decimal":
        return str(number)
    if kind == "decimal-leading-zero":
        return f"{number:02}"
    name = kind.removeprefix("lower-").removeprefix("upper-")
    if name in ("alpha", "latin") and number > 0:
        label = _letters(number)
    elif name == "roman" and 0 < number <= MOST_ROMAN:
        label = roman(number)
    else:
        return str(number) if name in ("alpha", "latin", "roman") else ""
    return label.upper() if kind.startswith("upper-") else label


def _letters(number: int) -> str:
    """As columns of a table are named: a to z, then aa, ab."""
    text = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text
