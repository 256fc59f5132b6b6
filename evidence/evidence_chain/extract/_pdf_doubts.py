"""Texts of a PDF's page that may not be seen, told without drawing the page.

A text is free of doubt only if it is dark on the bare page, or in contrast to every plain area
that lies behind it, and nothing is drawn over it. All else is certainly hidden, or has to be
looked at.
"""

from __future__ import annotations

from ctypes import byref, c_float
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract._pdf_calls import (
    box_of,
    clip_path,
    count_clips,
    count_marks,
    fill_of,
    has_transparency,
    pointer,
    render_mode,
)
from evidence_chain.extract._pdf_objects import WHITE, clipped_to, contrast, is_in_layer

if TYPE_CHECKING:
    from evidence_chain.extract._pdf_calls import Colour
    from evidence_chain.extract._pdf_objects import Painted, Text
    from evidence_chain.extract._pdf_text import Box

INVISIBLE = "invisible (render mode 3)"
SCAN = "invisible text over an image (a scan's own text layer)"
CLIPPING = "not drawn, only a shape to clip with (render mode 7)"
TRANSPARENT = "fully transparent"
OUTSIDE = "outside the page"
SMALL = "too small to be read"
PALE = "in the colour of what lies behind it"
COVERED = "under something that is drawn over it"
CLIPPED = "cut away by a clipping path"
LAYER = "in a layer that is switched off"
UNSEEN = "not seen when the page is drawn"

LEAST_CONTRAST = 24
"""Of 255: less can't be told from the background."""
SMALLEST = 1.5
"""Size of letters in points, below which nobody reads them."""

_FILL = raw.FPDF_TEXTRENDERMODE_FILL
_PLAIN = (_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
_OPAQUE, _TRANSPARENT = 255, 12
_PALE = 255 - LEAST_CONTRAST
_LARGE = 2 * SMALLEST
"""What is higher and wider has letters that can be read."""
_THIN = 0.3
"""A rule that takes less of a text's height hides none of it."""
_MANY = 100
"""Beside so many areas each text is looked at."""


class Doubt(NamedTuple):
    """A text that may be hidden."""

    text: Text
    reason: str
    certain: bool
    """Whether there is no need to look."""


def doubts(texts: list[Text], painted: list[Painted], page: Box) -> list[Doubt]:
    """Return the texts that are hidden, or that must be looked at to know."""
    found = []
    for text in texts:
        box = _plain_box(text.handle, page)
        if box and not text.nested:
            reason = (
                _surrounded(text.order, box, fill_of(text.handle), painted) if painted else None
            )
        else:
            reason = _reason(text, painted, page)
        if reason:
            found.append(Doubt(text, *reason))
    return found


def _plain_box(handle: int, page: Box) -> Box | None:
    """The box of a text that nothing but an area on the page could hide: most texts of most files.

    This is what every text of every page costs.
    """
    if (
        render_mode(handle) != _FILL
        or count_marks(handle) > 0
        or count_clips(clip_path(handle)) > 0
        or has_transparency(handle)
    ):
        return None
    fill = fill_of(handle)
    if not fill or fill[3] != _OPAQUE or min(fill) > _PALE:
        return None
    box = box_of(handle)
    left, bottom, right, top = box
    inside = page[0] <= left and page[1] <= bottom and right <= page[2] and top <= page[3]
    return box if inside and right - left > _LARGE and top - bottom > _LARGE else None


def _reason(text: Text, painted: list[Painted], page: Box) -> tuple[str, bool] | None:
    mode = render_mode(text.handle)
    if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return (SCAN if is_scan(painted, page) else INVISIBLE), True
    if mode == raw.FPDF_TEXTRENDERMODE_CLIP:
        return CLIPPING, True
    if text.nested:
        return UNSEEN, False
    box = box_of(text.handle)
    return (
        _outside(box, page)
        or _small(text, box)
        or _coloured(text, mode, box, painted)
        or _clipped(text, box)
        or ((LAYER, False) if is_in_layer(text.handle) else None)
    )


def is_scan(painted: list[Painted], page: Box) -> bool:
    """Whether pictures take up most of the page."""
    pictures = [_overlap(each.box, page) for each in painted if each.image]
    area = sum(across * down for across, down in pictures if across > 0 and down > 0)
    return area > page.width * page.height / 2


def _outside(box: Box, page: Box) -> tuple[str, bool] | None:
    across, down = _overlap(box, page)
    if across < 0 or down < 0:
        return OUTSIDE, True
    return None if _holds(page, box, 1) else (OUTSIDE, False)


def _small(text: Text, box: Box) -> tuple[str, bool] | None:
    if box.width > _LARGE and box.height > _LARGE:
        return None
    size, matrix = c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(pointer(text.handle), byref(size))
    raw.FPDFPageObj_GetMatrix(pointer(text.handle), byref(matrix))
    across, down = abs(matrix.a) + abs(matrix.b), abs(matrix.c) + abs(matrix.d)
    return (SMALL, True) if abs(size.value) * min(across, down) < SMALLEST else None


def _coloured(text: Text, mode: int, box: Box, painted: list[Painted]) -> tuple[str, bool] | None:
    """What its own colour and the areas around it say."""
    fill = fill_of(text.handle)
    if fill and mode in _PLAIN and fill[3] <= _TRANSPARENT:
        return TRANSPARENT, True
    if not fill or mode not in _PLAIN or has_transparency(text.handle):
        return PALE, False
    return _surrounded(text.order, box, fill, painted)


def _surrounded(
    order: int, box: Box, fill: Colour | None, painted: list[Painted]
) -> tuple[str, bool] | None:
    if len(painted) > _MANY:
        return UNSEEN, False
    touching = [(each, _depth(box, each.box)) for each in painted]
    touching = [(each, depth) for each, depth in touching if depth > 0]
    colour = fill[:3] if fill else WHITE
    pale = contrast(colour, WHITE) < LEAST_CONTRAST
    if not touching:
        return (PALE, True) if pale else None
    if sum(depth for _, depth in touching if depth <= _THIN) > _THIN:
        return COVERED, False
    areas = [each for each, depth in touching if depth > _THIN]
    if any(each.order > order for each in areas):
        return COVERED, False
    if any(not each.colour or contrast(each.colour, colour) < 2 * LEAST_CONTRAST for each in areas):
        return PALE, False
    backed = any(each.full and _holds(each.box, box, 0) for each in areas)
    return (PALE, False) if pale and not backed else None


def _clipped(text: Text, box: Box) -> tuple[str, bool] | None:
    clip = clipped_to(text.handle)
    return None if clip is None or _holds(clip, box, 1) else (CLIPPED, False)


def _overlap(one: Box, other: Box) -> tuple[float, float]:
    """How far two boxes overlap, across and down; negative if they don't."""
    across = min(one.right, other.right) - max(one.left, other.left)
    return across, min(one.top, other.top) - max(one.bottom, other.bottom)


def _holds(outer: Box, inner: Box, slack: float) -> bool:
    return (
        outer.left - slack <= inner.left
        and outer.bottom - slack <= inner.bottom
        and inner.right <= outer.right + slack
        and inner.top <= outer.top + slack
    )


def _depth(text: Box, other: Box) -> float:
    """How much of the shorter side of a text's box another box takes, of 1."""
    across, down = _overlap(text, other)
    if across <= 0 or down <= 0:
        return 0
    width, height = text.width, text.height
    return down / height if height <= width else across / width
