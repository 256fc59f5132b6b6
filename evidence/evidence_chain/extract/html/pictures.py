"""How large a picture is, as far as its attributes tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turbohtml import Element

_DOT = 2
"""Pixels of pictures that nobody sees."""
_ICON = 24
"""Pixels that a picture is wide and high at most which stands for a sign."""


def is_dot(element: Element) -> bool:
    """Whether nobody sees it, as those that count readers."""
    size = _size(element)
    return size is not None and size <= _DOT


def is_small(element: Element) -> bool:
    """Whether it stands for a sign at most; drawings do unless they say that they are larger."""
    size = _size(element)
    return element.tag == "svg" if size is None else size <= _ICON


def is_icon(wide: float) -> bool:
    """Whether a picture of this width, in pixels, stands for a sign at most."""
    return wide <= _ICON


def _size(element: Element) -> float | None:
    """How wide or high a picture is at most, in pixels, if its attributes say so."""
    sides = [str(element.attrs.get(side) or "") for side in ("width", "height")]
    numbers = [side.removesuffix("px") for side in sides]
    known = [float(one) for one in numbers if one.replace(".", "", 1).isdecimal()]
    return max(known) if known else None
