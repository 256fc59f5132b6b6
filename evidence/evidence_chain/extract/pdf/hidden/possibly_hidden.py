"""Texts of a PDF's page that may not be seen, told without drawing the page.

A text is free of doubt only if it is dark on the bare page, or in contrast to every plain area
that lies behind it, and nothing is drawn over it. All else is certainly hidden, or has to be
looked at.
"""

from __future__ import annotations

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
    render_mode,
)
from evidence_chain.extract.pdf.hidden.areas import LEAST_CONTRAST, PALE, Areas, holds, overlap

if TYPE_CHECKING:
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
    texts, painted = scene.texts, scene.areas
    found, areas, scan = list[Doubt](), Areas(painted, page), is_scan(scene.painted, page)
    plain, clips = _plain(texts), Clips()
    for text in texts:
        fill, clipped = plain.get(text.handle, _UNKNOWN)
        box = text.box
        if not fill or not _is_large(box) or not holds(page, box):
            reason = _reason(text, areas, page, clips, scan=scan)
        else:
            reason = areas.verdict(text.order, box, fill) if painted else None
            if not reason and (clipped or text.frame):
                reason = _clipped(text, clips)
        if reason:
            found.append(Doubt(text, *reason))
        elif text.frame:
            found.append(Doubt(text, UNSEEN, False, text.frame.form))
    return found


def _plain(texts: list[Text]) -> dict[int, tuple[Colour, bool]]:
    """The colours of texts that nothing but an area or a clip could hide: most of most files.

    And whether they are clipped. They are dark, opaque, and no part of a layer. Whether a form is
    in one isn't always told, so that texts in it are seen only if it is.
    """
    handles = [text.handle for text in texts if text.frame is None or text.frame.plain]
    modes, see_through = map(render_mode, handles), map(has_transparency, handles)
    clips = map(count_clips, map(clip_path, handles))
    asked = zip(handles, modes, see_through, clips, fills_of(handles), strict=True)
    plain = {
        handle: (fill, clipped > 0)
        for handle, mode, transparent, clipped, fill in asked
        if mode == _FILL and not transparent and fill[3] == _OPAQUE and min(fill) <= _PALE
    }
    for text in texts:
        if text.marked and text.handle in plain and is_in_layer(text.handle):
            del plain[text.handle]
    return plain


_UNKNOWN: tuple[Colour, bool] = ((), False)


def _is_large(box: Box) -> bool:
    left, bottom, right, top = box
    return right - left > _LARGE and top - bottom > _LARGE


def _reason(
    text: Text, areas: Areas, page: Box, clips: Clips, *, scan: bool
) -> tuple[str, bool] | None:
    mode = render_mode(text.handle)
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
