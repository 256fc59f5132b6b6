"""Lines that are shown otherwise than they are written: each of them once more, in its other form.

Who copies a line out of a browser gets it without quotation marks and numbers that the browser put
in; who reads it types them. Both are found. A line with a mark after which a person must look is
not given twice, since its copy would lack that mark.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING

from evidence_chain.extract.html.generated import UNTOLD
from evidence_chain.extract.stream import SIGN_OFF, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.html.written.lines import Lines
    from evidence_chain.extract.stream import Mark

REPLACED, LABEL, LIST, WORDS = _KINDS = "replaced", "label", "list", "words"
"""Kinds of marks for use in here: what a slice was written as, the number that the browser puts
before an item, a list with all that is in it, and an item that words are put before."""


def other_forms(lines: Lines) -> Iterator[tuple[str, str]]:
    """What to add, and what it is; the marks that tell are taken away."""
    told = [mark for mark in lines.marks if mark.kind in _KINDS]
    if not told:
        return
    lines.marks = [mark for mark in lines.marks if mark.kind not in _KINDS]
    text = "".join(lines.pieces)
    items = sorted((mark for mark in told if mark.kind == WORDS), key=lambda m: (m.start, -m.end))
    yield from _with_words(lines, text, items)
    flagged = _Flagged([mark for mark in lines.marks if mark.kind in SIGN_OFF])
    replaced = sorted(mark for mark in told if mark.kind == REPLACED)
    for start, end, held in _by_line(text, replaced):
        if not flagged.within(start, end):
            yield _with(text, start, end, held), "as it is written"
    labels = sorted(mark for mark in told if mark.kind == LABEL)
    begins = [label.start for label in labels]
    for one in sorted(mark for mark in told if mark.kind == LIST):
        inner = labels[bisect_left(begins, one.start) : bisect_left(begins, one.end)]
        if inner and not flagged.within(one.start, one.end):
            yield _numbered(text, one, inner), "with the numbers of its items"


def _with_words(lines: Lines, text: str, items: list[Mark]) -> Iterator[tuple[str, str]]:
    """Each item after the words before it, and without them marked so that a person looks."""
    flagged = _Flagged([mark for mark in lines.marks if mark.kind in SIGN_OFF])
    for item, after in zip_longest(items, items[1:]):
        holds_others = after is not None and after.start < item.end
        if item.detail != UNTOLD and not holds_others and not flagged.within(item.start, item.end):
            yield item.detail + text[item.start : item.end].strip(), "with the words before it"
    detail = "words before it that the style puts in"
    lines.marks += [item._replace(kind=MarkKind.HIDDEN, detail=detail) for item in items]


def _by_line(text: str, marks: list[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Each line with marks in it."""
    at = 0
    while at < len(marks):
        start = text.rfind("\n", 0, marks[at].start + 1) + 1
        end = text.find("\n", marks[at].end)
        end = len(text) if end < 0 else end
        held = []
        while at < len(marks) and marks[at].start < end:
            held.append(marks[at])
            at += 1
        yield min(start, held[0].start), max(end, held[-1].end), held
        at += not held


def _with(text: str, start: int, end: int, marks: list[Mark]) -> str:
    pieces, at = [], start
    for mark in marks:
        slice_ = text[mark.start : mark.end]
        gap = slice_[: len(slice_) - len(slice_.lstrip())]
        pieces += [text[at : mark.start], gap, mark.detail.strip()]
        at = mark.end
    return "".join([*pieces, text[at:end]])


def _numbered(text: str, whole: Mark, labels: list[Mark]) -> str:
    pieces, at = [], whole.start
    for label in labels:
        place = label.start
        while place < whole.end and text[place].isspace():
            place += 1
        pieces += [text[at:place], label.detail]
        at = place
    return "".join([*pieces, text[at : whole.end]]).strip()


class _Flagged:
    """Where marks stand that ask for a person."""

    def __init__(self, marks: list[Mark]) -> None:
        ordered = sorted(marks)
        self._starts = [mark.start for mark in ordered]
        self._ends = list(accumulate((mark.end for mark in ordered), max))

    def within(self, start: int, end: int) -> bool:
        """Whether one overlaps this slice, or stands in it."""
        before = bisect_left(self._starts, end + 1)
        return before > 0 and self._ends[before - 1] >= start
