"""Text of a PDF that a reader doesn't see.

Where there is doubt the page is drawn with the text and without it: text whose removal changes
nothing isn't seen. Several texts are removed at once, but never two that touch.
"""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from math import ceil, sqrt
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PIL import ImageChops
from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box, Display
from evidence_chain.extract.pdf.drawn.pdfium_calls import pointer
from evidence_chain.extract.pdf.hidden.areas import LEAST_CONTRAST
from evidence_chain.extract.pdf.hidden.possibly_hidden import OUTSIDE, SMALL, SMALLEST, doubts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pypdfium2 as pdfium
    from PIL.Image import Image

    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import PageText
    from evidence_chain.extract.pdf.hidden.possibly_hidden import Doubt

NOT_LOOKED_AT = "perhaps hidden: too many texts of this file may be, so this one wasn't looked at"

_SCALE = 1.5
"""Pixels to a point."""
_MOST_PIXELS = 8_000_000
_MOST_LAYERS = 8
_LEAST_INK = 0.04
"""The part of a letter's box that must change when the letter is removed."""
_SECONDS = 20.0
"""Of computing, spent on looking at all pages of a file."""

PixelBox = tuple[int, int, int, int]
_Unsure = tuple["Doubt", list[int]]
"""A text that is looked at, and the numbers of its characters."""


class _OfChars(Protocol):
    """A text of pdfium's characters."""

    @property
    def text(self) -> str: ...

    @property
    def origins(self) -> list[int]: ...


class Run(NamedTuple):
    """Hidden characters that follow one another on a page, and why they are hidden."""

    start: int
    end: int
    reason: str


class Watch:
    """Finds the hidden text of page after page, and looks only so long."""

    def __init__(self) -> None:
        self._spent = 0.0

    def hidden(self, page: pdfium.PdfPage, text: PageText, scene: Scene) -> list[Run]:
        """The hidden slices of the text of a page, on which `scene` is drawn."""
        reasons = self.reasons(page, text, scene)
        return runs(text, reasons)

    def reasons(self, page: pdfium.PdfPage, text: PageText, scene: Scene) -> dict[int, str]:
        """Why characters of pdfium's are hidden, by their numbers."""
        in_doubt = doubts(scene, Box(*page.get_bbox()))
        if not in_doubt:
            return {}
        chars = text.by_object
        reasons: dict[int, str] = {}
        unsure = list[_Unsure]()
        for doubt in in_doubt:
            its = chars.get(doubt.text.handle, [])
            if doubt.certain or self._spent > _SECONDS:
                reason = doubt.reason if doubt.certain else NOT_LOOKED_AT
                reasons |= dict.fromkeys(its, reason)
            elif its:
                unsure.append((doubt, its))
        of_forms = self._forms(page, text, [pair for pair in unsure if pair[0].form])
        alone = [pair for pair in unsure if not pair[0].form] + of_forms
        return reasons | self._look(page, text, alone)

    def _forms(self, page: pdfium.PdfPage, text: PageText, inner: list[_Unsure]) -> list[_Unsure]:
        """Those of the texts in forms whose form isn't seen: one of its texts shows that it is."""
        forms: dict[int, list[_Unsure]] = {}
        for doubt, its in inner:
            if any(not text.char(char).isspace() for char in its):
                forms.setdefault(doubt.form, []).append((doubt, its))
        first = {form: min(texts, key=_count) for form, texts in forms.items()}
        unseen = self._look(page, text, [*first.values()])
        return [
            pair
            for form, (_, its) in first.items()
            if all(char in unseen or text.char(char).isspace() for char in its)
            for pair in forms[form]
        ]

    def _look(self, page: pdfium.PdfPage, text: PageText, unsure: list[_Unsure]) -> dict[int, str]:
        began = process_time()
        suspects = [_Suspect(doubt, its, text) for doubt, its in unsure]
        outlines = [outline for each in suspects if (outline := each.outline)]
        until = began + _SECONDS - self._spent
        reasons = _Look(page, _around(outlines)).unseen(suspects, until) if outlines else {}
        self._spent += process_time() - began
        return reasons


class _Suspect:
    """A text object that is looked at."""

    def __init__(self, doubt: Doubt, chars: list[int], text: PageText) -> None:
        self.handle = pointer(doubt.text.handle)
        self.reason = doubt.reason
        said = {char: unit for char in chars if not (unit := text.char(char)).isspace()}
        self.boxes = {char: text.box(char) for char in said}
        self.letters = {char for char, unit in said.items() if unit.isalnum()}

    @cached_property
    def outline(self) -> Box | None:
        """What is around its letters, if it has any."""
        return _around(self.boxes.values()) if self.boxes else None


class _Look:
    """Draws a part of a page with and without some of its texts."""

    def __init__(self, page: pdfium.PdfPage, part: Box) -> None:
        self._page = page
        self._display = display = Display(page)
        self._scale = min(_SCALE, sqrt(_MOST_PIXELS / max(1.0, display.width * display.height)))
        left, top, right, bottom = display.place(part, 1)
        across, down = int(display.width), int(display.height)
        self._left, self._top = _between(left - 2, across - 1), _between(top - 2, down - 1)
        right = max(self._left + 1, _between(right + 3, across))
        bottom = max(self._top + 1, _between(bottom + 3, down))
        self._corner = ceil(self._left * self._scale), ceil(self._top * self._scale)
        self._crop = self._left, down - bottom, across - right, self._top

    def unseen(self, suspects: list[_Suspect], until: float) -> dict[int, str]:
        """The characters that aren't seen, and why."""
        layers, rest = _layers(suspects)
        found = {char: NOT_LOOKED_AT for suspect in rest for char in suspect.boxes}
        everything = self._draw()
        for layer in layers:
            if process_time() > until:
                found |= {char: NOT_LOOKED_AT for suspect in layer for char in suspect.boxes}
                continue
            change = _Change(everything, self._draw_without(layer))
            for suspect in layer:
                found |= self._unseen_of(suspect, change)
        return found

    def _unseen_of(self, suspect: _Suspect, change: _Change) -> dict[int, str]:
        found = {}
        for char, box in suspect.boxes.items():
            place = self._pixels(box, change.size)
            if place is None:
                found[char] = OUTSIDE
            elif not change.inks(place):
                found[char] = suspect.reason
            elif char in suspect.letters and max(box.width, box.height) < SMALLEST / 2:
                found[char] = SMALL
        return found

    def _pixels(self, box: Box, size: tuple[int, int]) -> PixelBox | None:
        left, top, right, bottom = self._display.place(box, self._scale)
        across, down = self._corner
        left, top, right, bottom = left - across, top - down, right - across, bottom - down
        left, top = left * (left > 0), top * (top > 0)
        right = min(size[0], right if right > left else left + 1)
        bottom = min(size[1], bottom if bottom > top else top + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _draw_without(self, suspects: list[_Suspect]) -> Image:
        for suspect in suspects:
            raw.FPDFPageObj_SetIsActive(suspect.handle, False)
        try:
            return self._draw()
        finally:
            for suspect in suspects:
                raw.FPDFPageObj_SetIsActive(suspect.handle, True)

    def _draw(self) -> Image:
        bitmap = self._page.render(
            scale=self._scale, crop=self._crop, force_bitmap_format=raw.FPDFBitmap_BGR
        )
        picture: Image = bitmap.to_pil()
        return picture


def _count(unsure: _Unsure) -> int:
    return len(unsure[1])


def _around(boxes: Iterable[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))


def _between(value: int, most: int) -> int:
    return max(0, min(value, most))


class _Change:
    """Where two pictures of a page differ so much that it is seen."""

    def __init__(self, before: Image, after: Image) -> None:
        red, green, blue = ImageChops.difference(before, after).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        self.size: tuple[int, int] = most.size
        self._seen = most.point([value >= LEAST_CONTRAST for value in range(256)]).tobytes()

    def inks(self, place: PixelBox) -> bool:
        """Whether enough differs within a box, which lies on the picture."""
        left, top, right, bottom = place
        missing = max(1.0, _LEAST_INK * (right - left) * (bottom - top))
        width, seen = self.size[0], self._seen
        for row in range(top * width, bottom * width, width):
            missing -= seen.count(1, row + left, row + right)
            if missing <= 0:
                return True
        return False


def _layers(suspects: list[_Suspect]) -> tuple[list[list[_Suspect]], list[_Suspect]]:
    """Groups of texts that don't touch, and those that fit into none."""
    outlines = [(outline, each) for each in suspects if (outline := each.outline)]
    outlines.sort(key=lambda pair: pair[0].bottom)
    layers = [_Layer() for _ in range(_MOST_LAYERS)]
    rest = []
    for outline, suspect in outlines:
        layer = next((each for each in layers if each.is_free(outline)), None)
        if layer:
            layer.add(outline, suspect)
        else:
            rest.append(suspect)
    return [layer.suspects for layer in layers if layer.suspects], rest


class _Layer:
    """Texts that don't touch one another, by the height at which they begin."""

    def __init__(self) -> None:
        self.suspects: list[_Suspect] = []
        self._outlines: list[Box] = []
        self._reach: list[float] = []

    def is_free(self, box: Box) -> bool:
        for other, reach in zip(reversed(self._outlines), reversed(self._reach), strict=True):
            if reach <= box.bottom:
                return True
            if box.left < other.right and other.left < box.right and box.bottom < other.top:
                return False
        return True

    def add(self, box: Box, suspect: _Suspect) -> None:
        self.suspects.append(suspect)
        self._outlines.append(box)
        self._reach.append(max([box.top, *self._reach[-1:]]))


def runs(text: _OfChars, reasons: dict[int, str]) -> list[Run]:
    """The slices of a text whose letters all have the same reason."""
    if not reasons:
        return []
    return list(_grouped(text.text, [reasons.get(char) for char in text.origins]))


def _grouped(text: str, reasons: list[Any]) -> Iterator[Run]:
    seen = [
        (place, reason)
        for place, (char, reason) in enumerate(zip(text, reasons, strict=True))
        if not char.isspace()
    ]
    for reason, group in groupby(seen, key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        if reason:
            yield Run(places[0], places[-1] + 1, reason)
