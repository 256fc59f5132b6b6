"""What is painted around a text on a page of a PDF, and what that says of it."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from evidence_chain.extract.pdf.drawn.painted import WHITE, clipped_to, contrast
from evidence_chain.extract.pdf.drawn.paths import is_rectangle

if TYPE_CHECKING:
    from evidence_chain.extract.pdf.drawn.boxes import Box
    from evidence_chain.extract.pdf.drawn.painted import Painted
    from evidence_chain.extract.pdf.drawn.pdfium_calls import Colour

PALE = "in the colour of what lies behind it"
COVERED = "under something that is drawn over it"
CROWDED = "not seen among what is drawn there"

LEAST_CONTRAST = 24
"""Of 255: less can't be told from the background."""

_THIN = 0.3
"""A rule that takes less of a text's height hides none of it."""
_BAND = 16.0
"""Points; areas are kept by the bands of the page that they reach into."""
_TALL = 40
"""Areas that reach into more bands are compared with every text."""
_MANY = 200
"""Beside so many areas a text is looked at."""


class Areas:
    """All that is painted on a page but texts, found by where it is."""

    def __init__(self, painted: list[Painted], page: Box) -> None:
        self._bands: dict[int, list[Painted]] = {}
        self._tall: list[Painted] = []
        self._behind: list[Painted] = []
        """Those that take up the whole page, and so stand behind each text or over it."""
        self._seen_on_them: dict[Colour, bool] = {}
        for each in painted:
            bands = _bands(each.box)
            if holds(each.box, page):
                self._behind.append(each)
            elif len(bands) > _TALL:
                self._tall.append(each)
            else:
                for band in bands:
                    self._bands.setdefault(band, []).append(each)
        self._last = max([each.order for each in self._behind], default=-1)
        self._clear: dict[Colour, bool] = {}

    def are_behind(self, order: float, fills: set[Colour]) -> bool:
        """Whether nothing but areas of the page's size are there, and texts are seen on them.

        Args:
            order: the place of the first of the texts in the order of drawing.
            fills: their colours.
        """
        return (
            not self._bands
            and not self._tall
            and order > self._last
            and all(map(self._is_clear, fills))
        )

    def are_elsewhere(self, order: float, box: Box, fill: Colour) -> bool:
        """Whether all areas near a text are of the page's size, and it is seen on them.

        It is no loss to say no; a verdict takes longer.
        """
        low, high = box[1] // _BAND, box[3] // _BAND
        if low in self._bands or high in self._bands or high - low > 1:
            return False
        return order > self._last and not self._tall and self._is_clear(fill)

    def _is_clear(self, fill: Colour) -> bool:
        clear = self._clear.get(fill)
        if clear is None:
            clear = len(self._behind) <= _MANY and self._is_seen(fill[:3])
            self._clear[fill] = clear
        return clear

    def verdict(self, order: float, box: Box, fill: Colour | None) -> tuple[str, bool] | None:
        """Why a text of this colour, which stands on the page, may be hidden there.

        And whether it certainly is.
        """
        near = self._near(box)
        if len(near) + len(self._behind) > _MANY:
            return CROWDED, False
        colour = fill[:3] if fill else WHITE
        touching = [(each, depth) for each in near if (depth := _depth(box, each.box)) > 0]
        if not touching and order > self._last and self._is_seen(colour):
            return None
        touching += [(each, _depth(box, each.box)) for each in self._behind]
        pale = contrast(colour, WHITE) < LEAST_CONTRAST
        if not touching:
            return (PALE, True) if pale else None
        if sum(depth for _, depth in touching if depth <= _THIN) > _THIN:
            return COVERED, False
        areas = [each for each, depth in touching if depth > _THIN]
        if any(each.order > order for each in areas):
            return COVERED, False
        if any(not _contrasts(each, colour) for each in areas):
            return PALE, False
        return (PALE, False) if pale and not any(_backs(each, box) for each in areas) else None

    def _is_seen(self, colour: Colour) -> bool:
        """Whether a text is seen on the bare page, and on each of what takes up all of it."""
        seen = self._seen_on_them.get(colour)
        if seen is None:
            dark = contrast(colour, WHITE) >= LEAST_CONTRAST
            seen = dark and all(_contrasts(each, colour) for each in self._behind)
            self._seen_on_them[colour] = seen
        return seen

    def _near(self, box: Box) -> list[Painted]:
        bands = _bands(box)
        if len(bands) == 1:
            return self._tall + self._bands.get(bands[0], [])
        there = [found for band in bands if (found := self._bands.get(band))]
        if len(there) < 2 or max(map(len, there)) > _MANY:
            return self._tall + max(there, key=len, default=[])
        return [*self._tall, *{id(each): each for found in there for each in found}.values()]


def overlap(one: Box, other: Box) -> tuple[float, float]:
    """How far two boxes overlap, across and down; negative if they don't."""
    across = min(one.right, other.right) - max(one.left, other.left)
    return across, min(one.top, other.top) - max(one.bottom, other.bottom)


def holds(outer: Box, inner: Box, slack: float = 0) -> bool:
    """Whether a box lies in another, but for so many points."""
    return (
        outer.left - slack <= inner.left
        and outer.bottom - slack <= inner.bottom
        and inner.right <= outer.right + slack
        and inner.top <= outer.top + slack
    )


def _bands(box: Box) -> range:
    return range(floor(box.bottom / _BAND), floor(box.top / _BAND) + 1)


def _contrasts(area: Painted, colour: Colour) -> bool:
    return area.colour is not None and contrast(area.colour, colour) >= 2 * LEAST_CONTRAST


def _backs(area: Painted, text: Box) -> bool:
    """Whether the whole of a text certainly stands on an area."""
    clip = clipped_to(area.handle)
    clear = clip is None or holds(clip, text)
    return clear and holds(area.box, text) and is_rectangle(area.handle)


def _depth(text: Box, other: Box) -> float:
    """How much of the shorter side of a text's box another box takes, of 1."""
    across, down = overlap(text, other)
    if across <= 0 or down <= 0:
        return 0
    width, height = text.width, text.height
    return down / height if height <= width else across / width
