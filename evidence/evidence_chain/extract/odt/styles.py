"""The looks of an OpenDocument text (ODF 1.3, part 3, 16 and 20): why words aren't seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.layout import Placed, twips

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node

WHITE = "#ffffff"
_USUAL = 12.0
"""Points of letters whose size isn't told."""
_SMALLEST = 2.0
"""Points below which letters aren't seen."""
_NARROWEST, _FAINTEST, _FARTHEST = 10.0, 5.0, 1000.0
"""Per cent of the letters' width, of their ink, and of their height off the line, for no one."""
_DEEPEST = 30
_POINTS = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(pt|%)")
_PER_CENT = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)%")
_CLEAR = ("transparent", "")


class Look(NamedTuple):
    """How words look, as far as it decides whether they are seen; `None` where nothing is said."""

    hidden: bool | None = None
    struck: bool | None = None
    shift: str | None = None
    """`super` or `sub`."""
    capitals: bool | None = None
    colour: str | None = None
    behind: str | None = None
    size: float | None = None
    list_style: str | None = None
    width: float | None = None
    """Per cent of the letters' own."""
    opacity: float | None = None
    """Per cent."""
    apart: int | None = None
    """Twips between letters, besides what there is."""
    rise: float | None = None
    """Per cent of the letters' height."""
    left: int | None = None
    right: int | None = None
    first: int | None = None
    line: int | None = None
    """Margins, indent and height of a paragraph's lines, and of a row, in twips."""

    def over(self, other: Look) -> Look:
        """This look, and for what it says nothing of the other."""
        said = {name: value for name, value in self._asdict().items() if value is not None}
        return other._replace(**said)


PLAIN = Look()


def why_hidden(look: Look, behind: str | None) -> str:
    """Why words of this look aren't seen on a colour (`None` if it isn't known)."""
    if look.hidden:
        return "hidden text"
    if look.size is not None and look.size < _SMALLEST:
        return "letters too small to be seen"
    if look.width is not None and look.width <= _NARROWEST:
        return f"letters of {look.width:g} % of their width"
    if look.opacity is not None and look.opacity <= _FAINTEST:
        return "letters that can be seen through"
    if abs(look.rise or 0) > _FARTHEST:
        return "raised or lowered off the page"
    if -(look.apart or 0) > 10 * (look.size or _USUAL):
        return "letters one on the other"
    if off := Placed(look.left, look.right, look.first, look.line).hidden:
        return off
    behind = look.behind or behind
    if look.colour is not None and look.colour == behind:
        return "letters in the colour of what is behind them"
    return ""


class Styles:
    """The styles of a document by family and name."""

    def __init__(self) -> None:
        self._own: dict[tuple[str, str], tuple[str, Look]] = {}
        self._whole: dict[tuple[str, str], Look] = {}

    def read(self, root: Node) -> None:
        """Take over the styles of a part."""
        for group in root.children:
            if group.name in ("?:styles", "?:automatic-styles"):
                for one in group.children:
                    family = one.attrs.get("?:family", "")
                    if one.name == "?:default-style":
                        self._own[family, ""] = "", _look(one)
                    elif one.name == "?:style":
                        parent = one.attrs.get("?:parent-style-name", "")
                        self._own[family, one.attrs.get("?:name", "")] = parent, _look(one)

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style, with those that it goes back to."""
        key = family, name or ""
        if key not in self._whole:
            look, at, steps = PLAIN, key, 0
            while at in self._own and steps < _DEEPEST:
                parent, own = self._own[at]
                look, steps = look.over(own), steps + 1
                if not at[1]:
                    break
                at = family, parent
            self._whole[key] = look
        return self._whole[key]


def _look(style: Node) -> Look:
    found: dict[str, str] = {}
    for one in style.children:
        if one.name.endswith("-properties"):
            inner = {
                key: value
                for key, value in one.attrs.items()
                if one.name == "?:text-properties" or key != "?:display"
            }
            found = inner | found if one.name == "?:text-properties" else found | inner
    struck = found.get("?:text-line-through-style", found.get("?:text-line-through-type"))
    behind = found.get("?:background-color")
    capitals = found.get("?:text-transform")
    own_colour = found.get("?:use-window-font-color") == "true"
    return Look(
        {"none": True, "condition": True, "true": False}.get(found.get("?:display", "")),
        None if struck is None else struck != "none",
        _shift(found.get("?:text-position")),
        None if capitals is None else capitals == "uppercase",
        None if own_colour else found.get("?:color"),
        None if behind in _CLEAR else behind,
        _size(found.get("?:font-size")),
        style.attrs.get("?:list-style-name"),
        _per_cent(found.get("?:text-scale")),
        100.0 if own_colour else _per_cent(found.get("?:opacity")),  # LibreOffice says 0 % then
        twips(found.get("?:letter-spacing")),
        _per_cent((found.get("?:text-position") or "").partition(" ")[0]),
        twips(found.get("?:margin-left")),
        twips(found.get("?:margin-right")),
        twips(found.get("?:text-indent")),
        twips(found.get("?:row-height", found.get("?:line-height"))),
    )


def _per_cent(value: str | None) -> float | None:
    found = _PER_CENT.fullmatch(value or "")
    return float(found[1]) if found else None


def _shift(position: str | None) -> str | None:
    if position is None:
        return None
    first = position.split()[0] if position.split() else ""
    if first in ("super", "sub"):
        return first
    if first.startswith("-") and first != "-0%":
        return "sub"
    return "" if first in ("0%", "0", "-0%") else "super"


def _size(size: str | None) -> float | None:
    found = _POINTS.fullmatch(size or "")
    if not found:
        return None
    return float(found[1]) if found[2] == "pt" else (0.0 if float(found[1]) < 10 else None)
