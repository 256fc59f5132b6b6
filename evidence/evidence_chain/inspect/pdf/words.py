"""Words of a PDF that are in it and not seen: under a bar, beside the page, in its own colour."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from evidence_chain.extract.pages.ocr import union
from evidence_chain.extract.pdf.drawn.boxes import Box, Display
from evidence_chain.extract.pdf.drawn.objects import objects
from evidence_chain.extract.pdf.drawn.text import PageText
from evidence_chain.extract.pdf.file import pages
from evidence_chain.extract.pdf.hidden import possibly_hidden as why
from evidence_chain.extract.pdf.hidden.areas import COVERED, CROWDED, holds, overlap
from evidence_chain.extract.pdf.hidden.watch import NOT_LOOKED_AT, Watch, runs
from evidence_chain.inspect.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium
    from PIL.Image import Image

    from evidence_chain.extract.pdf.hidden.watch import Run


_KINDS = {
    COVERED: "covered-words",
    why.OUTSIDE: "outside-words",
    why.SCAN: "scan-text",
    why.CLIPPING: "clipping-text",
}
_BAR = "under a dark area of the picture"
_DARK, _EVEN = 100, 40
"""Of 255: how light a bar in a scan is at most, and how much its shades differ."""
_BAR_SCALE = 2.0
_GAP = 24.0
"""Points between a line and what runs on from it beyond the paper's edge."""
_FEWEST_LETTERS = 3
"""Fewer, by themselves, are no words but parts of drawings."""
_SAME = 0.8
"""The part of some letters that must be seen at their place for their text to be seen."""


class Words:
    """Looks at page after page for words that aren't seen.

    Args:
        document: the open PDF.
    """

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._watch = Watch()
        self.hidden: list[str] = []
        """What was found, as text."""
        self.unchecked: list[str] = []

    def findings(self) -> list[Finding]:
        """A finding for each stretch of text that isn't seen for one reason."""
        found = []
        for number, page in pages(self._document):
            if page is None:
                self.unchecked.append(f"page {number} is too damaged to be read")
                continue
            found += list(self._on_page(number, page))
        return found

    def _on_page(self, number: int, page: pdfium.PdfPage) -> Iterator[Finding]:
        text, scene = PageText(page), objects(page)
        reasons = self._watch.reasons(page, text, scene)
        if not reasons:
            return
        reasons = _without_doubled(text, reasons)
        if why.is_scan(scene.painted, Box(*page.get_bbox())):
            reasons = _in_scan(page, text, reasons)
        display, seen = Display(page), _Seen(page, text)
        for run in runs(text, reasons):
            words = text.text[run.start : run.end]
            if not any(map(str.isalnum, words)):
                continue
            if run.reason == NOT_LOOKED_AT:
                self.unchecked.append(f"page {number}: {NOT_LOOKED_AT}")
                continue
            boxes = [text.box(char) for char in _chars(text, run.start, run.end)]
            kind = _kind(text, run, boxes, seen)
            if kind not in ("scan-text", "clipping-text", "cut-words", "hidden-letters"):
                self.hidden.append(words)
            places = [display.place(box, 100) for box in boxes if any(box)]
            box = tuple(union([list(one) for one in places])) if places else ()
            yield Finding(kind, f"page {number}, {run.reason}", words, number, box)


def _kind(text: PageText, run: Run, boxes: list[Box], seen: _Seen) -> str:
    """What words are that aren't seen."""
    if run.reason == _BAR:
        return "covered-words"
    kind = _KINDS.get(run.reason, "hidden-words")
    if kind == "outside-words" and _runs_off(seen, boxes):
        return "cut-words"
    letters = sum(map(str.isalnum, text.text[run.start : run.end]))
    in_drawing = run.reason == why.UNSEEN and letters < _FEWEST_LETTERS
    return "hidden-letters" if in_drawing else kind


class _Seen:
    """The letters of a page that lie wholly on it."""

    def __init__(self, page: pdfium.PdfPage, text: PageText) -> None:
        self.is_cropped = tuple(page.get_cropbox()) != tuple(page.get_mediabox())
        self._inside = Box(*page.get_bbox())
        self._text = text

    @cached_property
    def boxes(self) -> list[Box]:
        """Where they are."""
        text = self._text
        places = [at for at, char in enumerate(text.text) if not char.isspace()]
        return [box for at in places if holds(self._inside, box := text.box(text.origins[at]))]


def _runs_off(seen: _Seen, boxes: list[Box]) -> bool:
    """Whether a line that is seen runs off the paper, as opposed to a page that was cropped."""
    if seen.is_cropped:
        return False
    return any(_continues(one, other) for one in _ends(boxes) for other in seen.boxes)


def _ends(boxes: list[Box]) -> list[Box]:
    """The first and last letters of a stretch, by which it may join others."""
    there = [box for box in boxes if any(box)]
    return [min(there), max(there)] if there else []


def _continues(one: Box, other: Box) -> bool:
    across, down = overlap(one, other)
    return down > min(one.height, other.height) / 2 and across > -_GAP


def _chars(text: PageText, start: int, end: int) -> list[int]:
    return [text.origins[at] for at in range(start, end) if not text.text[at].isspace()]


def _without_doubled(text: PageText, reasons: dict[int, str]) -> dict[int, str]:
    """The reasons of what is really unseen: not of letters drawn twice at one place."""
    seen: dict[str, list[Box]] = {}
    for at, char in enumerate(text.text):
        if not char.isspace() and (origin := text.origins[at]) not in reasons:
            seen.setdefault(char, []).append(text.box(origin))
    kept = dict(reasons)
    for run in runs(text, reasons):
        places = [at for at in range(run.start, run.end) if text.text[at].isalnum()]
        doubled = [
            at for at in places if _stands_at(text.box(text.origins[at]), seen.get(text.text[at]))
        ]
        if places and len(doubled) >= _SAME * len(places):
            for origin in _chars(text, run.start, run.end):
                kept.pop(origin, None)
    return kept


def _stands_at(box: Box, others: list[Box] | None) -> bool:
    for other in others or ():
        across, down = overlap(box, other)
        if across > box.width / 2 and down > box.height / 2:
            return True
    return False


def _in_scan(page: pdfium.PdfPage, text: PageText, reasons: dict[int, str]) -> dict[int, str]:
    """The reasons on a page that is a picture: its own text layer, or words under a bar in it."""
    layer = (COVERED, why.SCAN, why.INVISIBLE, why.UNSEEN, CROWDED)
    concerned = [char for char, reason in reasons.items() if reason in layer]
    if not concerned:
        return reasons
    picture = page.render(scale=_BAR_SCALE, grayscale=True).to_pil()
    display = Display(page)
    return reasons | {
        char: _BAR if _is_bar(picture, display.place(text.box(char), _BAR_SCALE)) else why.SCAN
        for char in concerned
    }


def _is_bar(picture: Image, place: tuple[int, int, int, int]) -> bool:
    """Whether a place in a picture is of one dark shade."""
    left, top, right, bottom = place
    left, top = max(0, left), max(0, top)
    right, bottom = min(picture.width, right), min(picture.height, bottom)
    if right - left < 2 or bottom - top < 2:
        return False
    shades = picture.crop((left, top, right, bottom)).histogram()
    there = [shade for shade, count in enumerate(shades) if count]
    return there[-1] <= _DARK and there[-1] - there[0] <= _EVEN
