"""Whether a style keeps all that is in an element from being seen, and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract.html.style.boxes import OUT_OF_FLOW, off_the_page, without_room
from evidence_chain.extract.html.style.ink import FAINT, stops_of
from evidence_chain.extract.html.style.transforms import turned
from evidence_chain.extract.html.style.values import (
    UNKNOWN,
    functions,
    length,
    lengths,
    names,
    number,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.html.style.values import Style

_FAR, _NARROW = 999, 1.0
"""Pixels from its beginning at which nothing of a box is left, and between two sides of it."""
_HARMLESS_FILTERS = names("drop-shadow grayscale sepia saturate hue-rotate")
_HARMLESS_BLENDS = ("normal", "multiply", "darken")
_PARTLY = 0.2
_CLOSED_UP, _WORDS_CLOSED_UP = -4.0, -3.0
"""Pixels by which letters, and words, that move together can't be told apart."""
_UNDRAWN = ("none", "table-column", "table-column-group")
_WIDE_STROKE = 3.0
_THICK = 12.0
"""Pixels of an inner shadow that may reach the text."""
_TRACKS = re.compile(r"(?:0(?:fr|px|%)?|minmax\(\s*0[a-z%]*\s*,\s*0[a-z%]*\s*\)|\[[^\]]*\]|\s)+")


def out_of_line(style: Style) -> bool:
    """Whether the lines around it go on as if it weren't there."""
    return style.get("display") == "none" or style.get("position") in OUT_OF_FLOW


def removed(style: Style, *, collapsed: bool = False) -> tuple[str, str]:
    """Why nothing in an element of this style is seen, and why it may not be; or nothing.

    Args:
        style: of the element.
        collapsed: whether it stands in a grid whose rows or columns have no size.
    """
    doubt = ""
    if style.get("display") == "inline-grid" and _has_no_columns(style):
        collapsed = True
    for hidden, doubtful in _reasons(style, collapsed):
        if hidden:
            return hidden, ""
        doubt = doubt or doubtful
    return "", doubt


def collapses(style: Style) -> bool:
    """Whether this is a grid whose rows or columns have no size."""
    tracks = (style.get("grid-template-rows", ""), style.get("grid-template-columns", ""))
    return any(one and bool(_TRACKS.fullmatch(one)) for one in tracks)


def _has_no_columns(style: Style) -> bool:
    """Whether the columns have no width, whatever is in them."""
    tracks = [length(track) for track in style.get("grid-template-columns", "").split()]
    return bool(tracks) and all(width is not None and width <= _NARROW for width in tracks)


def _reasons(style: Style, collapsed: bool) -> Iterator[tuple[str, str]]:
    if style.get("display") in _UNDRAWN:
        yield f"display: {style['display']}", ""
    if style.get("content-visibility") == "hidden":
        yield "content-visibility: hidden", ""
    if UNKNOWN in style.values():
        yield "", "a value that can't be told"
    yield off_the_page(style)
    yield turned(style)
    yield _clipped(style)
    yield without_room(style, collapsed=collapsed)
    yield from _effects(style)
    yield from _letters(style)
    for name in ("hyphenate-character", "text-overflow"):
        if any(map(str.isalnum, "".join(texts(style.get(name, ""))))):
            yield "", f"words that {name} puts in"


def _effects(style: Style) -> Iterator[tuple[str, str]]:
    if style.get("filter", "none") != "none":
        yield _filtered(style["filter"])
    for name in ("mask", "mask-image"):
        if style.get(name, "none") != "none":
            yield _masked(style[name])
    if style.get("mix-blend-mode", "normal") not in _HARMLESS_BLENDS:
        yield "", "blended with what is behind it"
    if any(style.get(name, "none") != "none" for name in ("offset-path", "offset")):
        yield "", "placed along a path"
    if "inset" in style.get("box-shadow", "") and max(lengths(style["box-shadow"])) > _THICK:
        yield "", "a shadow laid over it"


def _letters(style: Style) -> Iterator[tuple[str, str]]:
    if style.get("-webkit-text-security", "none") != "none":
        yield "shown as dots", ""
    spacing = length(style.get("letter-spacing", ""))
    if spacing is not None and spacing <= _CLOSED_UP:
        yield "", "letters over one another"
    spacing = length(style.get("word-spacing", ""))
    if spacing is not None and spacing <= _WORDS_CLOSED_UP:
        yield "", "words drawn together"
    stroke = f"{style.get('text-stroke', '')} {style.get('text-stroke-width', '')}"
    if max(lengths(stroke)) > _WIDE_STROKE:
        yield "", "a stroke over its letters"
    if style.get("font-size-adjust") in ("0", "0.0"):
        yield "font-size-adjust: 0", ""


def _filtered(value: str) -> tuple[str, str]:
    for name, values in functions(value) or [("", [])]:
        amount = number(values[0]) if values else 1.0
        if name == "opacity" and amount is not None:
            if amount <= FAINT:
                return f"filter: {value}", ""
        elif name == "blur":
            if (length(values[0]) if values else 0.0) not in (0.0, 1.0, 2.0):
                return "", f"filter: {value}"
        elif name in ("brightness", "contrast", "invert"):
            usual = 0.0 if name == "invert" else 1.0
            if amount is None or abs(amount - usual) > 0.5:
                return "", f"filter: {value}"
        elif name not in _HARMLESS_FILTERS:
            return "", f"filter: {value}"
    return "", ""


def _masked(value: str) -> tuple[str, str]:
    paints = stops_of(value)
    if paints and all(one.alpha <= FAINT for one in paints):
        return "masked away", ""
    return "", "a mask"


def _clipped(style: Style) -> tuple[str, str]:
    rect = functions(style.get("clip", "auto")) if style.get("position") in OUT_OF_FLOW else None
    for name, values in rect or []:
        sides = [length(value) for value in values]
        if name == "rect" and len(sides) == 4:
            top, right, bottom, left = sides
            if _narrow(top, bottom) or _narrow(left, right):
                return "clipped away", ""
    path = style.get("clip-path", "none")
    if path in ("none", "") or path.endswith("-box"):
        return "", ""
    return _clipped_to(path)


def _narrow(low: float | None, high: float | None) -> bool:
    """Whether next to nothing is between two sides; `auto` is the box's own side."""
    if high is None:
        return low is not None and low >= _FAR
    return high - (low or 0.0) <= _NARROW


def _clipped_to(path: str) -> tuple[str, str]:
    for name, values in functions(path) or [("", [])]:
        text = ", ".join(values) if name == "polygon" else " ".join(values)
        if name == "inset":
            sides = [_part(one) for one in text.partition(" round ")[0].split()]
            top, right = sides[0], sides[1 % len(sides)] if sides else None
            bottom = sides[2] if len(sides) > 2 else top
            left = sides[3] if len(sides) > 3 else right
            if None in (top, right, bottom, left):
                return "", "clipped"
            worst = max((top or 0) + (bottom or 0), (left or 0) + (right or 0))
        elif name in ("circle", "ellipse"):
            radii = [_part(one) for one in text.partition("at")[0].split()]
            worst = 1 - min((one for one in radii if one is not None), default=0.5)
            worst = worst if worst > 0.9 else 0.0
        elif name == "polygon":
            worst = 1 - _spread(values)
        else:
            return "", "clipped"
        if worst > 1 - 0.02:
            return "clipped away", ""
        if worst > _PARTLY:
            return "", "clipped"
    return "", ""


def _part(value: str) -> float | None:
    """A length as a part of a box of a thousand pixels, or of the line's height where that is."""
    found = length(value)
    if found is None:
        return None
    return found / 1000 if value.endswith("%") else found / 100


def _spread(points: list[str]) -> float:
    """How much of the box a polygon covers, at least in one direction, as a part of it."""
    places = [[_part(one) for one in point.split()] for point in points]
    pairs = [place for place in places if len(place) == 2 and None not in place]
    if len(pairs) < 3:
        return 0.5
    area = sum(
        (x or 0) * (v or 0) - (u or 0) * (y or 0)
        for (x, y), (u, v) in zip(pairs, [*pairs[1:], pairs[0]], strict=True)
    )
    return min(1.0, abs(area) / 2)
