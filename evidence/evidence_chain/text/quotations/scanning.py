"""Quotation marks in pairs: through nested ones, and over paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.text.quotations.marks import (
    CLOSES,
    closes,
    is_apostrophe,
    is_measure,
    may_be_plural,
    opens,
)
from evidence_chain.text.quotations.paragraph import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.text.quotations.paragraph import Paragraph

_MARKS = frozenset("".join(CLOSES) + "".join(CLOSES.values()))
_AHEAD = 5
"""Paragraphs over which a quotation may run whose mark isn't repeated at each."""
_MOST_AHEAD = 20_000
_DEEPEST = 8


@dataclass(slots=True)
class Found:
    """What stands between two marks."""

    mark: str
    outer: tuple[int, int, int]
    """Paragraph and position of the mark that opens it, and the position after what closes it in
    its last paragraph."""
    spans: list[Span] = field(default_factory=list)
    closed: bool = True
    within: Found | None = None


@dataclass(slots=True)
class _Open:
    mark: str
    paragraph: int
    at: int
    start: int
    """Where its words begin in the paragraph that is being read."""
    spans: list[Span] = field(default_factory=list)


class _Ahead:
    """Where the marks of one paragraph open and close, to look ahead without reading on."""

    def __init__(self, text: str) -> None:
        self._opening = defaultdict[str, list[int]](list)
        self._closing = defaultdict[str, list[int]](list)
        for at, char in enumerate(text):
            if char not in _MARKS or is_apostrophe(text, at):
                continue
            if opens(text, at):
                self._opening[char].append(at)
            if closes(text, at) and not may_be_plural(text, at):
                self._closing[char].append(at)

    def closes(self, mark: str, at: int) -> int:
        """The next place after `at` that may close what `mark` opened; -1 if there is none."""
        found = [_after(self._closing[char], at) for char in CLOSES[mark]]
        return min((one for one in found if one >= 0), default=-1)

    def opens(self, mark: str, at: int) -> int:
        """The next place after `at` where such a mark may open."""
        return _after(self._opening[mark], at)


def _after(places: list[int], at: int) -> int:
    index = bisect_right(places, at)
    return places[index] if index < len(places) else -1


class Scanner:
    """Reads paragraphs in order; `found` has what was closed, the inner ones first."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.found: list[Found] = []
        self._paragraphs = paragraphs
        self._open: list[_Open] = []
        self._ahead = _Ahead("")
        for number, paragraph in enumerate(paragraphs):
            self._read(number, paragraph.text)
        self._give_up(len(paragraphs) - 1)

    def _read(self, number: int, text: str) -> None:
        self._ahead = _Ahead(text)
        at = self._go_on(text)
        while at < len(text):
            if text[at] in _MARKS and not is_apostrophe(text, at):
                self._take(number, text, at)
            at += 1
        for one in self._open:
            one.spans.append(_trimmed(text, number, one.start, len(text)))
        if self._open and not self._runs_on(number + 1):
            self._give_up(number)

    def _go_on(self, text: str) -> int:
        """Pass over the marks that are repeated at the beginning of a paragraph."""
        at = len(text) - len(text.lstrip())
        for one in self._open:
            if text[at : at + 1] and text[at] in _repeated(one.mark):
                at += 1
            one.start = at
        return at if self._open else 0

    def _take(self, number: int, text: str, at: int) -> None:
        """Read one mark: what it closes, or else opens."""
        depth = self._closed_by(text, at)
        if depth is not None:
            self._close(depth, number, text, at)
        elif self._may_open(text, at):
            self._open.append(_Open(text[at], number, at, at + 1))

    def _closed_by(self, text: str, at: int) -> int | None:
        """Which of the open quotations a mark closes; inner ones that aren't closed are none."""
        mark = text[at]
        for depth in range(len(self._open) - 1, -1, -1):
            one = self._open[depth]
            if mark not in CLOSES[one.mark] or not closes(text, at):
                continue
            if (may_be_plural(text, at) or is_measure(text, at)) and self._closes_later(at, one):
                return None
            if mark == one.mark and opens(text, at) and text[at - 1 : at].isspace():
                return None
            return depth
        return None

    def _closes_later(self, at: int, one: _Open) -> bool:
        """Whether the rest of the paragraph closes a quotation before one like it opens."""
        end, begin = self._ahead.closes(one.mark, at), self._ahead.opens(one.mark, at)
        return end >= 0 and not 0 <= begin < end

    def _may_open(self, text: str, at: int) -> bool:
        mark = text[at]
        if mark not in CLOSES or len(self._open) >= _DEEPEST or not opens(text, at):
            return False
        if mark == "’":
            return (
                bool(self._open)
                and self._open[-1].mark == "”"
                and self._ahead.closes(mark, at) >= 0
            )
        if mark in "'‘":
            return self._ahead.closes(mark, at) >= 0
        if mark == '"' and any(one.mark == '"' for one in self._open):
            self._drop('"')
        return True

    def _drop(self, mark: str) -> None:
        """Give up what is open from a mark on: it is opened again, so its end was forgotten."""
        depth = next(i for i, one in enumerate(self._open) if one.mark == mark)
        if self._open[depth].spans:
            return
        del self._open[depth:]

    def _close(self, depth: int, number: int, text: str, at: int) -> None:
        one = self._open[depth]
        del self._open[depth:]
        spans = [*one.spans, _trimmed(text, number, one.start, at)]
        self._keep(one, spans, (one.paragraph, one.at, at + 1))

    def _keep(
        self, one: _Open, spans: list[Span], outer: tuple[int, int, int], *, closed: bool = True
    ) -> None:
        spans = [span for span in spans if span.start < span.end]
        if not spans:
            return
        found = Found(one.mark, outer, spans, closed)
        begin, end = spans[0][:2], (spans[-1].paragraph, spans[-1].end)
        for other in reversed(self.found):
            inner = other.spans[0][:2]
            if inner < begin:
                break
            if inner < end and other.within is None:
                other.within = found
        self.found.append(found)

    def _runs_on(self, number: int) -> bool:
        """Whether the outermost open quotation goes on in the next paragraphs."""
        outer = self._open[0]
        following = [one.text for one in self._paragraphs[number : number + _AHEAD]]
        if not following or self._paragraphs[number].block != self._paragraphs[number - 1].block:
            return False
        begin = following[0].lstrip()[:1]
        if begin and begin in _repeated(outer.mark):
            return True
        if outer.mark in "\"'’‘”":
            return False
        for text in following:
            ahead = _Ahead(text[:_MOST_AHEAD])
            end, again = ahead.closes(outer.mark, -1), ahead.opens(outer.mark, -1)
            if end >= 0 or again >= 0:
                return end >= 0 and not 0 <= again < end
        return False

    def _give_up(self, number: int) -> None:
        """The outermost quotation that is open ends here, though nothing closed it."""
        if self._open:
            one = self._open[0]
            last = one.spans[-1] if one.spans else Span(number, one.start, one.start)
            if one.mark not in "'’‘":
                self._keep(one, one.spans, (one.paragraph, one.at, last.end), closed=False)
            self._open.clear()


def _repeated(mark: str) -> str:
    """What may stand at the beginning of each further paragraph: French has either guillemet."""
    return mark + CLOSES[mark] if mark in "«‹" else mark


def _trimmed(text: str, number: int, start: int, end: int) -> Span:
    """The slice without white space around it."""
    inner = text[start:end]
    return Span(number, end - len(inner.lstrip()), start + len(inner.rstrip()))
