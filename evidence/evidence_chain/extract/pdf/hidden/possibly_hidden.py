"""Texts of a PDF's page that may not be seen, told without drawing the page.

A text is free of doubt only if it is dark on the bare page, or in contrast to every plain area
that lies behind it, and nothing is drawn over it. All else is certainly hidden, or has to be
looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.objects import clipped_to
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    fill_of,
    font_size,
    has_transparency,
    is_in_layer,
    render_mode,
)
from evidence_chain.extract.pdf.hidden.areas import LEAST_CONTRAST, PALE, Areas, holds, overlap

if TYPE_CHECKING:
    from evidence_chain.extract.pdf.drawn.boxes import Box
    from evidence_chain.extract.pdf.drawn.lines import Text
    from evidence_chain.extract.pdf.drawn.objects import Painted

INVISIBLE = "invisible (render mode 3)"
SCAN = "invisible text over an image (a scan's own text layer)"
CLIPPING = "not drawn, only a shape to clip with (render mode 7)"
TRANSPARENT = "fully transparent"
OUTSIDE = "outside the page"
SMALL = "too small to be read"
CLIPPED = "cut away by a clipping path"
LAYER = "in a layer that is switched off"
UNSEEN = "not seen when the page is drawn"

SMALLEST = 1.5
"""Size of letters in points, below which nobody reads them."""

_FILL = raw.FPDF_TEXTRENDERMODE_FILL
_PLAIN = (_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
_OPAQUE, _TRANSPARENT = 255, 12
_PALE = 255 - LEAST_CONTRAST
_LARGE = 2 * SMALLEST
"""What is higher and wider has letters that can be read."""


class Doubt(NamedTuple):
    """A text that may be hidden."""

    text: Text
    reason: str
    certain: bool
    """Whether there is no need to look."""


def doubts(texts: list[Text], painted: list[Painted], page: Box) -> list[Doubt]:
    """Return the texts that are hidden, or that must be looked at to know."""
    found, areas, scan = [], Areas(painted), is_scan(painted, page)
    for text in texts:
        box = _plain_box(text, page)
        if box and not text.nested:
            reason = areas.verdict(text.order, box, fill_of(text.handle)) if painted else None
        else:
            reason = _reason(text, areas, page, scan=scan)
        if reason:
            found.append(Doubt(text, *reason))
    return found


def _plain_box(text: Text, page: Box) -> Box | None:
    """The box of a text that nothing but an area on the page could hide: most texts of most files.

    This is what every text of every page costs.
    """
    handle = text.handle
    if render_mode(handle) != _FILL or has_transparency(handle):
        return None
    if text.marked and is_in_layer(handle):
        return None
    fill = fill_of(handle)
    if not fill or fill[3] != _OPAQUE or min(fill) > _PALE:
        return None
    box = text.box
    left, bottom, right, top = box
    inside = page[0] <= left and page[1] <= bottom and right <= page[2] and top <= page[3]
    large = right - left > _LARGE and top - bottom > _LARGE
    return box if inside and large and not _clipped(handle, box) else None


def _reason(text: Text, areas: Areas, page: Box, *, scan: bool) -> tuple[str, bool] | None:
    mode = render_mode(text.handle)
    if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return (SCAN if scan else INVISIBLE), True
    if mode == raw.FPDF_TEXTRENDERMODE_CLIP:
        return CLIPPING, True
    if text.nested:
        return UNSEEN, False
    box = text.box
    return (
        _outside(box, page)
        or _small(text, box)
        or _coloured(text, mode, box, areas)
        or _clipped(text.handle, box)
        or ((LAYER, False) if is_in_layer(text.handle) else None)
    )


def is_scan(painted: list[Painted], page: Box) -> bool:
    """Whether pictures take up most of the page."""
    pictures = [overlap(each.box, page) for each in painted if each.image]
    area = sum(across * down for across, down in pictures if across > 0 and down > 0)
    return area > page.width * page.height / 2


def _outside(box: Box, page: Box) -> tuple[str, bool] | None:
    across, down = overlap(box, page)
    if across < 0 or down < 0:
        return OUTSIDE, True
    return None if holds(page, box, 1) else (OUTSIDE, False)


def _small(text: Text, box: Box) -> tuple[str, bool] | None:
    if box.width > _LARGE and box.height > _LARGE:
        return None
    a, b, c, d, *_ = text.matrix
    across, down = abs(a) + abs(b), abs(c) + abs(d)
    return (SMALL, True) if abs(font_size(text.handle)) * min(across, down) < SMALLEST else None


def _coloured(text: Text, mode: int, box: Box, areas: Areas) -> tuple[str, bool] | None:
    """What its own colour and the areas around it say."""
    fill = fill_of(text.handle)
    if fill and mode in _PLAIN and fill[3] <= _TRANSPARENT:
        return TRANSPARENT, True
    if not fill or mode not in _PLAIN or has_transparency(text.handle):
        return PALE, False
    return areas.verdict(text.order, box, fill)


def _clipped(handle: int, box: Box) -> tuple[str, bool] | None:
    clip = clipped_to(handle)
    return None if clip is None or holds(clip, box, 1) else (CLIPPED, False)
