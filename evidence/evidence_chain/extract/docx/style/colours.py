"""Colours of a DOCX, of letters and of what is behind them; `None` for one that isn't told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract.docx.layout import number
from evidence_chain.extract.html.style.colours import parse_colour

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.html.style.colours import Colour

WHITE: Colour = (255, 255, 255)
_CLEAR = 95_000
"""Thousandths of a per cent of transparency from which on letters are not seen."""


def is_clear(fill: Node) -> bool:
    """Whether letters of this filling are not seen: it is none, or is transparent."""
    solid = fill.child("w14:solidFill")
    alphas = [
        number(alpha.attrs.get("w14:val"))
        for colour in (solid.children if solid else [])
        for alpha in colour.all("w14:alpha")
    ]
    return fill.child("w14:noFill") is not None or any((one or 0) >= _CLEAR for one in alphas)


def read_fill(properties: Node | None) -> Colour | None:
    """The colour of `w:shd`, or `None`."""
    shading = properties.child("w:shd") if properties else None
    if shading is None:
        return None
    solid = shading.attrs.get("w:val") == "solid"
    return read_colour(shading.attrs.get("w:color" if solid else "w:fill"))


def read_filling(fill: Node) -> Colour | None:
    """The colour of `w14:textFill`; of one that changes, if it is the same all over."""
    found = {_solid(each) for each in _solids(fill)}
    return found.pop() if len(found) == 1 else None


def _solids(fill: Node) -> list[Node]:
    solid, gradient = fill.child("w14:solidFill"), fill.child("w14:gradFill")
    stops = gradient.child("w14:gsLst") if gradient else None
    return ([solid] if solid else []) + (stops.all("w14:gs") if stops else [])


def _solid(fill: Node) -> Colour | None:
    for colour in fill.children:
        shaded = any(child.name != "w14:alpha" for child in colour.children)
        value = colour.attrs.get("w14:val", "")
        if colour.name == "w14:srgbClr" and not shaded:
            return read_colour(value)
        if colour.name == "w14:schemeClr" and not shaded and value in ("bg1", "lt1"):
            return WHITE
    return None


def read_colour(value: str | None, theme: str | None = None) -> Colour | None:
    """The colour of a hexadecimal number or a name, or else of a theme."""
    if theme in ("background1", "light1") and value in (None, "auto"):
        return WHITE
    hexadecimal = value and re.fullmatch("[0-9a-fA-F]{6}", value)
    text = f"#{value}" if hexadecimal else value or ""
    return parse_colour(text.lower())[0]
