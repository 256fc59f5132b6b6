"""Texts of a PDF's page that may not be seen, told without drawing the page.

A text is free of doubt only if it is dark on the bare page, or in contrast to every plain area
that lies behind it, and nothing is drawn over it. All else is certainly hidden, or has to be
looked at.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.painted import Clips, clipped_to
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    clip_path,
    count_clips,
    fill_of,
    fills_of,
    font_size,
    has_transparency,
    is_in_layer,
)
from evidence_chain.extract.pdf.hidden.areas import LEAST_CONTRAST, PALE, Areas, holds, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.extract.pdf.drawn.boxes import Box
    from evidence_chain.extract.pdf.drawn.lines import Text
    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.painted import Painted
    from evidence_chain.extract.pdf.drawn.pdfium_calls import Colour

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
_CLIPS = range(_PLAIN[1], raw.FPDF_TEXTRENDERMODE_CLIP + 1)
"""What is drawn so cuts what is drawn later to its letters, and pdfium tells no such clip."""
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
    form: int = 0
    """The address of the form with which it is seen; 0 if it may be hidden by itself."""


def doubts(scene: Scene, page: Box) -> list[Doubt]:
    """Return the texts of a page that are hidden, or that must be looked at to know."""
    areas = Areas(scene.areas, page)
    if _are_free(scene, areas, page):
        return []
    found, clips, scan = list[Doubt](), Clips(), is_scan(scene.painted, page)
    shaped = min([text.order for text in scene.texts if text.mode in _CLIPS], default=inf)
    for text, fill, clipped in _told(scene.texts):
        order, _, frame, box, *_ = text
        if not (fill and _is_large(box) and holds(page, box)):
            reason = _reason(text, areas, page, clips, scan=scan)
        else:
            elsewhere = areas.are_elsewhere(order, box, fill)
            reason = None if elsewhere else areas.verdict(order, box, fill)
            if not reason and (clipped > 0 or frame):
                reason = _clipped(text, clips)
        if not reason and order > shaped:
            reason = CLIPPED, False
        if reason:
            found.append(Doubt(text, *reason))
        elif frame:
            found.append(Doubt(text, UNSEEN, False, frame.form))
    return found


def _are_free(scene: Scene, areas: Areas, page: Box) -> bool:
    """Whether no text of a page is in doubt, told for all of them at once."""
    texts = scene.tops
    if scene.nested or any(texts.modes) or any(texts.marked):
        return False
    if not texts.handles:
        return True
    fills = set(fills_of(texts.handles))
    return (
        all(map(_is_dark, fills))
        and texts.lie_within(page, _LARGE)
        and areas.are_behind(texts.orders[0], fills)
        and not any(map(has_transparency, texts.handles))
        and max(map(count_clips, map(clip_path, texts.handles))) <= 0
    )


def _told(texts: list[Text]) -> Iterable[tuple[Text, Colour, int]]:
    """Each text with its colour, if nothing but an area or a clip could hide it, as of most.

    Those are dark and opaque, and in no layer. Whether a form is in one isn't always told, so that
    texts in it are seen only if it is. And the number of paths to which each is clipped.
    """
    handles = [text.handle for text in texts]
    given = [*fills_of(handles)]
    dark = {fill: fill if _is_dark(fill) else _NO_COLOUR for fill in set(given)}
    asked = zip(texts, map(dark.__getitem__, given), map(has_transparency, handles), strict=True)
    fills = [_NO_COLOUR if clear or _is_unsure(text) else fill for text, fill, clear in asked]
    return zip(texts, fills, map(count_clips, map(clip_path, handles)), strict=True)


def _is_dark(fill: Colour) -> bool:
    return fill[3] == _OPAQUE and min(fill) <= _PALE


def _is_unsure(text: Text) -> bool:
    if text[7] != _FILL:
        return True
    in_form = text[2] is not None and not text[2].plain
    return in_form or (text[6] and is_in_layer(text[1]))


_NO_COLOUR: Colour = ()


def _is_large(box: Box) -> bool:
    left, bottom, right, top = box
    return right - left > _LARGE and top - bottom > _LARGE


def _reason(
    text: Text, areas: Areas, page: Box, clips: Clips, *, scan: bool
) -> tuple[str, bool] | None:
    mode = text.mode
    if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return (SCAN if scan else INVISIBLE), True
    if mode == raw.FPDF_TEXTRENDERMODE_CLIP:
        return CLIPPING, True
    if text.frame:
        return UNSEEN, False
    box = text.box
    return (
        _outside(box, page)
        or _small(text, box)
        or _coloured(text, mode, box, areas)
        or _clipped(text, clips)
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


def _clipped(text: Text, known: Clips) -> tuple[str, bool] | None:
    clip = text.frame.clip if text.frame else clipped_to(text.handle, known)
    return None if clip is None or holds(clip, text.box, 1) else (CLIPPED, False)
