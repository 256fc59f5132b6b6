"""Text in drawings (SVG): whether it lies in what is seen of the drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.html.style.values import length

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS = ("text", "tspan", "textPath", "tref")
_HOLDING_TEXT = ("text", "foreignObject")
_CONDITIONS = ("systemLanguage", "requiredExtensions", "requiredFeatures")
_COORDINATES = ("x", "y", "dx", "dy", "rotate")
_WIDTH, _HEIGHT = 300.0, 150.0
"""Pixels of a drawing that says nothing of its size."""
_WIDEST = 1280.0
"""Pixels that a drawing is wide at most, if its size isn't told."""


class Room(NamedTuple):
    """What is seen of a drawing, in its own coordinates; nothing is told once they are changed."""

    left: float
    top: float
    width: float
    height: float
    scale: float = 1.0
    """Pixels to a unit."""
    known: bool = True


def room_of(attrs: Mapping[str, object], style: Mapping[str, str]) -> Room:
    """What is seen of a drawing, given what its `<svg>` says."""
    width, height = (_side(attrs, style, name) for name in ("width", "height"))
    box = [length(one) for one in str(attrs.get("viewBox") or "").replace(",", " ").split()]
    if len(box) == 4 and None not in box:
        left, top, wide, high = (one or 0.0 for one in box)
        return Room(left, top, wide, high, min(1.0, (width or _WIDEST) / wide) if wide > 0 else 0)
    sized = {"width", "height", "style", "class"} & attrs.keys() or style
    known = not sized or (width is not None and height is not None)
    return Room(0.0, 0.0, width or _WIDTH, height or _HEIGHT, known=known)


def _side(attrs: Mapping[str, object], style: Mapping[str, str], name: str) -> float | None:
    value = style.get(name) or str(attrs.get(name) or "")
    return None if value.endswith("%") else length(value)


def holds_text(tag: str, *, around: bool) -> bool:
    """Whether text in an element of a drawing is drawn."""
    return around or tag in _HOLDING_TEXT


def unseen(tag: str, attrs: Mapping[str, object], style: Mapping[str, str], room: Room) -> str:
    """Why nothing in an element of a drawing is seen, or nothing."""
    if tag in ("svg", "foreignObject"):
        sides = [style.get(name) or attrs.get(name) for name in ("width", "height")]
        least = ("0", "0px", "0%") if tag == "svg" else ("0", "0px", "0%", "", None)
        return "no room for it" if any(side in least for side in sides) else ""
    if tag not in _TEXTS or not room.known:
        return ""
    x, y = (_first(attrs.get(name)) for name in ("x", "y"))
    beyond = (x is not None and not room.left - room.width < x < room.left + room.width) or (
        y is not None and not room.top < y < room.top + room.height * 1.2
    )
    return "off the drawing" if beyond else ""


def doubtful(tag: str, attrs: Mapping[str, object], room: Room) -> str:
    """Why what is in an element of a drawing may not be seen as it is written, or nothing."""
    if any(name in attrs for name in _CONDITIONS):
        return "shown under conditions"
    if tag not in _TEXTS:
        return ""
    if "textLength" in attrs:
        return "letters drawn together or apart"
    lists = [str(attrs.get(name, "")).replace(",", " ") for name in _COORDINATES[:4]]
    if any(len(one.split()) > 1 for one in lists):
        return "letters placed one by one"
    above = (
        tag == "text" and room.known and room.top >= 0 and not (attrs.get("y") or attrs.get("dy"))
    )
    return "at the upper edge of a drawing" if above else ""


def is_placed(tag: str, attrs: Mapping[str, object]) -> bool:
    """Whether a piece of text is put somewhere else than after the one before it."""
    return tag == "tspan" and any(name in attrs for name in _COORDINATES)


def _first(value: object) -> float | None:
    parts = str(value or "").replace(",", " ").split()
    return length(parts[0]) if parts else None


def is_moved(attrs: Mapping[str, object], style: Mapping[str, str]) -> bool:
    """Whether coordinates mean something else within an element than around it."""
    return "transform" in attrs or any(
        name in style for name in ("transform", "translate", "scale", "rotate")
    )
