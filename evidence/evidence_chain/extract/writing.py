"""Text with marks, written piece by piece; and raised and lowered characters."""

from __future__ import annotations

from evidence_chain.extract.stream import Mark

_PLAIN = "0123456789+-\u2212=()ni"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans(_PLAIN[:-2], "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
THIN_SPACE = "\u2009"


class Writer:
    """A text that grows, and the marks in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        """Of all pieces, in code points."""
        self.marks: list[Mark] = []

    @property
    def ends_with_digit(self) -> bool:
        """Whether a digit is the last that was written."""
        return bool(self.pieces) and self.pieces[-1][-1:].isdecimal()

    def write(self, text: str) -> None:
        """Add text at the end."""
        self.pieces.append(text)
        self.length += len(text)

    def mark(self, start: int, kind: str, detail: str = "") -> None:
        """Mark what was written since `start`, or nothing but the place when that is nothing.

        A mark that touches the last one and says the same becomes one with it.
        """
        last = self.marks[-1] if self.marks else Mark(0, 0, "")
        if last[2:] == (kind, detail) and last.end >= start > last.start:
            self.marks[-1] = last._replace(end=self.length)
        else:
            self.marks.append(Mark(start, self.length, kind, detail))

    def replace(self, kept: int, text: str) -> None:
        """Put `text` in the place of all but the first `kept` pieces; marks move with it."""
        end = self.length
        start = end - sum(map(len, self.pieces[kept:]))
        self.pieces[kept:] = [text]
        self.length = start + len(text)
        moved = []
        while self.marks and self.marks[-1].end > start:
            one = self.marks.pop()
            begin = one.start if one.start <= start else max(start, one.start + self.length - end)
            moved.append(one._replace(start=begin, end=max(begin, one.end + self.length - end)))
        self.marks += reversed(moved)

    def append(self, other: Writer, between: str = "\n") -> int:
        """Add another's text and marks, after `between` if both have text; where they begin."""
        if self.length and other.length:
            self.write(between)
        start = self.length
        self.pieces += other.pieces
        self.length += other.length
        self.marks += [Mark(start + one.start, start + one.end, *one[2:]) for one in other.marks]
        return start

    def finish(self) -> tuple[str, list[Mark]]:
        """The text and its marks, in order, without the white space at their ends."""
        text = "".join(self.pieces)
        marks = {_trim(text, mark) for mark in self.marks}
        kept = sorted(mark for mark in marks if mark)
        return text, kept


def _trim(text: str, mark: Mark) -> Mark | None:
    """The mark without white space at its ends; `None` if it held nothing else."""
    if mark.start == mark.end:
        return mark
    marked = text[mark.start : mark.end]
    start = mark.end - len(marked.lstrip())
    end = mark.start + len(marked.rstrip())
    return mark._replace(start=start, end=end) if start < end else None


def raise_characters(text: str) -> str:
    """`text` as superscript: 10² is not 102. See `_shift` for what has no such form."""
    return _shift(text, _RAISED)


def lower_characters(text: str) -> str:
    """`text` as subscript, likewise."""
    return _shift(text, _LOWERED)


def _shift(text: str, forms: dict[int, int]) -> str:
    """Raised or lowered forms where all characters have one ("10²", "xⁿ").

    Else letters stay as they are ("1st", "nº"), and what holds a digit is set apart by a thin
    space, so that it is no part of the number before.
    """
    if text and all(ord(char) in forms for char in text):
        return text.translate(forms)
    return THIN_SPACE + text if any(map(str.isdigit, text)) else text
