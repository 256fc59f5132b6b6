"""Where a box is put and how much room is in it, as far as its own style tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract.html.style.colours import paint
from evidence_chain.extract.html.style.ink import stops_of
from evidence_chain.extract.html.style.transforms import moves
from evidence_chain.extract.html.style.values import length

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.extract.html.style.values import Style

OUT_OF_FLOW = ("absolute", "fixed")
_SIDES = ("left", "top", "right", "bottom")
_FAR, _VERY_FAR = 999, 9000
"""Pixels before and after the page at which nothing is seen any more."""
_SHIFTED, _PLACED, _WIDE = 150, 50, 600
"""Pixels at which it may not be seen: moved from its place, put out of the flow, moved on."""
_NARROW, _LOW, _THIN = 1.0, 8.0, 20.0
"""Pixels in which no letter is seen, in which no line is, and in which no word is."""
_NEAR, _ASIDE = 8.0, 4.0
"""Pixels by which something may be moved and still stand where it stood; and along its line."""
_BEFORE = ("right", "bottom")
_ALL_OF_IT = re.compile(r"[1-9]\d\d+(?:\.\d*)?(?:%|[dls]?v[whib])")
"""A length from the whole of the window on."""
_STRAINED = 20
_DENSE = 0.95
_FULL = 700.0
"""Pixels of a box that is as large as what it is placed in, or as the window."""


def displaced(style: Style) -> bool:
    """Whether it may be seen elsewhere than between what stands before and after it."""
    position = style.get("position", "static")
    if position in OUT_OF_FLOW or style.get("float", "none") != "none":
        return True
    sides = _pixels(style, _SIDES) if position == "relative" else []
    along = _pixels(style, ("left", "right")) if sides else []
    if any(abs(step) > _NEAR for step in (*sides, *moves(style))):
        return True
    if any(abs(step) > _ASIDE for step in along):
        return True
    return any(step < -_NEAR for step in _pixels(style, ("margin-left", "margin-right")))


def covers(style: Style) -> bool:
    """Whether a box lies over all of what it is placed in, and can't be seen through."""
    if style.get("position") not in OUT_OF_FLOW or style.get("z-index", "0").startswith("-"):
        return False
    colour = paint(style.get("background-color", "transparent"))
    stops = stops_of(style.get("background-image", "none"))
    if not (colour and colour.alpha > _DENSE) and not (
        stops and all(stop.alpha > _DENSE for stop in stops)
    ):
        return False
    sides = _pixels(style, _SIDES)
    filled = all(_first(style, name, 0.0) >= _FULL for name in ("width", "height"))
    return filled or (len(sides) == len(_SIDES) and all(side <= _NEAR for side in sides))


def pictured(style: Style) -> float:
    """How wide a box is that has a picture behind it, in pixels; 0 if it has none, or no room."""
    if "url(" not in style.get("background-image", "none"):
        return 0.0
    return max(_pixels(style, ("width", "padding-left")), default=0.0)


def is_positioned(style: Style) -> bool:
    """Whether what is in a box may be placed by the box's own sides."""
    return style.get("position", "static") != "static" or "transform" in style


def off_the_page(style: Style) -> tuple[str, str]:
    """Why a box isn't on the page, and why it may not be."""
    position = style.get("position", "static")
    sides = _pixels(style, _SIDES) if position in (*OUT_OF_FLOW, "relative") else []
    steps = [*_pixels(style, ("margin-left", "margin-top", "text-indent")), *moves(style)]
    if any(not -_FAR < step < _VERY_FAR for step in (*sides, *steps)):
        return "off the page", ""
    most = _PLACED if position in OUT_OF_FLOW else _SHIFTED
    ends = {"absolute": _BEFORE, "fixed": _SIDES}.get(position, ())
    pushed = any(_ALL_OF_IT.fullmatch(style.get(side, "")) for side in ends)
    steps = [*_pixels(style, ("margin-left", "margin-top", "text-indent")), *_moved(style)]
    doubtful = any(step <= -most for step in sides) or any(step <= -_SHIFTED for step in steps)
    return "", "may be off the page" if doubtful or pushed else ""


def _moved(style: Style) -> list[float]:
    """How far it is moved, but for parts of its own size, which centre it."""
    written = f"{style.get('transform', '')} {style.get('translate', '')}"
    return [] if "%" in written else moves(style)


def without_room(style: Style, *, collapsed: bool) -> tuple[str, str]:
    """Why there is no room for text in a box, and why there may be none.

    Args:
        style: of the box.
        collapsed: whether it stands in a grid whose rows or columns have no size.
    """
    contained = style.get("contain", "")
    painted = "strict" in contained or "paint" in contained
    cut = {style.get(name, "visible").split(" ")[0] for name in ("overflow-x", "overflow-y")}
    if cut.isdisjoint(("hidden", "clip", "scroll", "auto")) and not painted:
        return "", ""
    high = _pixels(style, ("height", "max-height"))
    wide = _pixels(style, ("width", "max-width"))
    if collapsed or any(side <= _NARROW for side in (*high, *wide)):
        return "no room for it", ""
    if _first(style, "line-height", 16.0) <= _NARROW:
        return "no room for its lines", ""
    if _first(style, "text-indent", 0.0) >= _FAR:
        return "off the page", ""
    if any(word in contained for word in ("strict", "size")) and not high:
        return "", "a size without regard to what is in it"
    ratio = style.get("aspect-ratio", "1").partition("/")
    tight = (length(ratio[0]) or 1.0) / (length(ratio[2]) or 1.0) > _STRAINED
    lowest = min(high, default=_WIDE)
    pushed = _first(style, "padding-top", 0.0) >= lowest or _first(style, "line-height", 0.0) > (
        2.5 * lowest
    )
    pushed = pushed or _first(style, "padding-left", 0.0) >= _WIDE
    small = lowest <= _LOW or min(wide, default=_WIDE) <= _THIN
    return "", "little room for it" if small or tight or pushed else ""


def _first(style: Style, name: str, otherwise: float) -> float:
    """A length, or what counts if there is none; a line's height may be a part of 16 pixels."""
    value = style.get(name, "")
    found = length(value)
    if found is None:
        return otherwise
    return found * 16 if name == "line-height" and value[-1:].isdigit() and found else found


def _pixels(style: Style, names: Iterable[str]) -> list[float]:
    found = [length(style.get(name, "")) for name in names]
    return [one for one in found if one is not None]
