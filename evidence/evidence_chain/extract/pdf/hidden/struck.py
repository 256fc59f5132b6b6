"""Words of a PDF that are struck out: by a line, a box or letters over them, or an annotation."""

from __future__ import annotations

from ctypes import byref, c_uint, string_at
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box
from evidence_chain.extract.pdf.drawn.painted import WHITE, Painted, contrast
from evidence_chain.extract.pdf.drawn.paths import THICKEST
from evidence_chain.extract.pdf.drawn.pdfium_calls import pointer
from evidence_chain.extract.pdf.hidden.areas import LEAST_CONTRAST, holds
from evidence_chain.extract.pdf.hidden.by_pen import by_pen
from evidence_chain.extract.pdf.hidden.crossed import crossed
from evidence_chain.extract.pdf.hidden.overprinted import overprinted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.lines import Layout, Piece
    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import PageText
    from evidence_chain.extract.pdf.file import Handle

BY_LINE = "a line is drawn through it"
BY_STROKE = "it is crossed out"

_THICK = 0.2
"""Of the size of letters; what is thicker strikes only what was drawn before it."""
_FLAT = 0.15
"""Likewise; no text that is flatter has letters."""
_BROAD = 0.7
"""Likewise; what is thicker covers letters, and strikes none."""
_LOW, _HIGH = 0.12, 0.47
"""Likewise, from the baseline: where a line goes through letters and isn't under or over them."""
_LEAST = 0.5
"""Of a letter's width, that must be struck."""
_FILLS = 200
"""Areas of a page on which a pale rule may be seen."""
_SHORT = 10.0
"""Points; a piece of a line of a chart is shorter."""
_PIXELS = 16
"""Of a picture that is stretched to a stroke."""
_BGRA, _SEEN = 4, 128
"""Bytes of a pixel that is drawn, and its least opacity."""


class Struck(NamedTuple):
    """A slice of a page's text that is struck out, and by whom or what."""

    start: int
    end: int
    detail: str


def struck(page: pdfium.PdfPage, text: PageText, scene: Scene) -> list[Struck]:
    """The struck-out slices of a page's text."""
    chars: dict[int, str] = {}
    pen = by_pen(page)
    areas = [*scene.areas, *_dashes(scene), *pen]
    fills = [one for one in scene.areas if one.colour and not _is_flat(one.box)][:_FILLS]
    rules = [one for one in areas if _is_rule(one, fills) and _is_seen(page, one)]
    if rules:
        orders = {each.handle: each.order for each in scene.texts}
        for rule in rules:
            for piece in _through(scene.layout, rule.box):
                order = orders[piece.handle]
                over = rule.opaque and rule.order > order
                if rule.order != order and (over or _is_thin(rule.box, piece)):
                    chars |= dict.fromkeys(_chars(text, piece, rule.box), BY_LINE)
    for strokes in (scene.areas, pen):
        tilted = [one.line for one in strokes if one.line and one.line.is_tilted]
        chars |= dict.fromkeys(crossed(text, scene, tilted), BY_STROKE)
    for box, detail in _annotated(page):
        chars |= dict.fromkeys(_inside(text, box), detail)
    chars = overprinted(text, scene) | chars
    return list(_slices(text, chars)) if chars else []


def _dashes(scene: Scene) -> Iterator[Painted]:
    """Texts that are as flat as rules, such as dashes, where texts may stand over one another."""
    if not scene.goes_on:
        for text in scene.texts:
            if 0 < text.box.height < _FLAT * text.size and text.box.width > text.size:
                yield Painted(text.order, text.box)


def _is_rule(painted: Painted, fills: Sequence[Painted]) -> bool:
    """Whether it is a rule that is seen, on the page or on what was filled before it."""
    if not _is_flat(painted.box) or _is_of_a_curve(painted):
        return False
    if painted.colour is None or contrast(painted.colour, WHITE) >= LEAST_CONTRAST:
        return True
    below = [one for one in fills if one.order < painted.order and holds(one.box, painted.box)]
    colour = max(below, key=attrgetter("order")).colour if below else None
    return colour is not None and contrast(painted.colour, colour) >= LEAST_CONTRAST


def _is_flat(box: Box) -> bool:
    level = box.height < THICKEST and box.width > 2 * box.height
    return level or (box.width < THICKEST and box.height > 2 * box.width)


def _is_of_a_curve(painted: Painted) -> bool:
    """Whether it is a short piece of a line that goes up and down, as lines of charts do."""
    part = painted.line.part if painted.line else None
    return part is not None and painted.box.width < _SHORT and not _is_flat(part)


def _is_seen(page: pdfium.PdfPage, painted: Painted) -> bool:
    return not painted.image or _is_dark(page, painted)


def _is_dark(page: pdfium.PdfPage, picture: Painted) -> bool:
    """Whether a picture is one row or column of few pixels, stretched to a stroke that is seen."""
    handle, across, down = pointer(picture.handle), c_uint(), c_uint()
    known = raw.FPDFImageObj_GetImagePixelSize(handle, byref(across), byref(down))
    least, most = sorted((across.value, down.value))
    if not (known and least == 1 and most <= _PIXELS):
        return False
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(page.pdf.raw, page.raw, handle)
    if not bitmap:
        return False
    try:
        wide, high = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
        row = raw.FPDFBitmap_GetStride(bitmap)
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return False
        at = high // 2 * row + wide // 2 * _BGRA
        blue, green, red, opacity = string_at(raw.FPDFBitmap_GetBuffer(bitmap), row * high)[
            at : at + _BGRA
        ]
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return opacity >= _SEEN and contrast((red, green, blue), WHITE) >= LEAST_CONTRAST


def _through(layout: Layout, rule: Box) -> Iterator[Piece]:
    """The pieces that a rule goes through, level or upright."""
    reach = _HIGH * min(_LARGEST, layout.largest)
    for turn, (low, high, left, right) in enumerate(
        (
            (rule.bottom, rule.top, rule.left, rule.right),
            (-rule.right, -rule.left, rule.bottom, rule.top),
            (-rule.top, -rule.bottom, -rule.right, -rule.left),
            (rule.left, rule.right, -rule.top, -rule.bottom),
        )
    ):
        for piece in layout.crossed(turn, low - reach, high, left, right):
            middle = ((low + high) / 2 - piece.base) / piece.size
            if high - low <= max(_BROAD * piece.size, _HAIRLINE) and _LOW < middle < _HIGH:
                yield piece


def _is_thin(rule: Box, piece: Piece) -> bool:
    return min(rule.width, rule.height) <= max(_THICK * piece.size, _HAIRLINE)


_HAIRLINE = 1.2
"""Points; no line is too thick for letters however small."""
_LARGEST = 60.0
"""Points; larger letters are struck by what is no thin line."""


def _chars(text: PageText, piece: Piece, rule: Box) -> Iterator[int]:
    for char in text.by_object.get(piece.handle, ()):
        box = text.box(char)
        if piece.turn % 2:
            shared, length = min(box.top, rule.top) - max(box.bottom, rule.bottom), box.height
        else:
            shared, length = min(box.right, rule.right) - max(box.left, rule.left), box.width
        if shared > _LEAST * length:
            yield char


def _annotated(page: pdfium.PdfPage) -> Iterator[tuple[Box, str]]:
    """The boxes that annotations strike out, and whose they are."""
    from evidence_chain.extract.pdf.file import wide

    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT:
            author = wide(raw.FPDFAnnot_GetStringValue, annotation, b"T")
            for box in _quads(annotation):
                yield box, "struck out" + (f" by {author}" if author else "")
        raw.FPDFPage_CloseAnnot(annotation)


def _quads(annotation: Handle) -> Iterator[Box]:
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        quad = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            across, down = (
                (quad.x1, quad.x2, quad.x3, quad.x4),
                (quad.y1, quad.y2, quad.y3, quad.y4),
            )
            yield Box(min(across), min(down), max(across), max(down))


def _inside(text: PageText, around: Box) -> Iterator[int]:
    for char in range(text.count):
        left, bottom, right, top = text.box(char)
        x, y = (left + right) / 2, (bottom + top) / 2
        if around.left <= x <= around.right and around.bottom <= y <= around.top:
            yield char


def _slices(text: PageText, chars: dict[int, str]) -> Iterator[Struck]:
    """The slices whose letters are all struck out by the same."""
    start = end = -1
    detail = ""
    for place, char in enumerate(text.origins):
        if text.text[place].isspace():
            continue
        by = chars.get(char, "")
        if by != detail:
            if detail:
                yield Struck(start, end, detail)
            start, detail = place, by
        end = place + 1
    if detail:
        yield Struck(start, end, detail)
