"""The looks of cells (ECMA-376 part 1, 18.8): number format, and why letters aren't seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.xlsx.formats import built_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.extract.docx.xml import Node

_WHITE = "ffffff"
_SMALLEST = 2
"""Points below which letters aren't seen."""
_NO_FILLS = ("none", None)


class Look(NamedTuple):
    """How a cell looks."""

    code: str = "General"
    hidden: str = ""
    struck: bool = False


class Styles:
    """The looks of cells by number, and those that conditions put on them."""

    def __init__(self, root: Node | None) -> None:
        codes = {
            _int(one.attrs.get("numFmtId")): one.attrs.get("formatCode", "General")
            for one in _children(root, "x:numFmts")
        }
        fonts = list(_children(root, "x:fonts"))
        fills = [_fill(one) for one in _children(root, "x:fills")]
        self._looks = [
            _look(one.attrs, codes, fonts, fills) for one in _children(root, "x:cellXfs")
        ]
        self._conditional = [_why_conditional(one) for one in _children(root, "x:dxfs")]

    def look(self, number: str | None) -> Look:
        """The look of this number, or the plain one."""
        at = _int(number)
        return self._looks[at] if 0 <= at < len(self._looks) else Look()

    def why_conditional(self, number: str) -> str:
        """Why cells that a condition gives this look may show something else, if they may."""
        at = _int(number) if number else -1
        return self._conditional[at] if 0 <= at < len(self._conditional) else ""


def font_hides(font: Node | None, behind: str | None) -> str:
    """Why letters of a font aren't seen on a colour; nothing if they are."""
    if font is None:
        return ""
    size = font.child("x:sz")
    if size is not None and 0 < _float(size.attrs.get("val")) < _SMALLEST:
        return "letters too small to be seen"
    colour = colour_of(font.child("x:color"))
    if colour is not None and colour == (behind or _WHITE):
        return "letters in the colour of what is behind them"
    return ""


def is_struck(font: Node | None) -> bool:
    """Whether letters of a font are struck out."""
    struck = font.child("x:strike") if font else None
    return struck is not None and struck.attrs.get("val", "1") not in ("0", "false")


def colour_of(node: Node | None) -> str | None:
    """A colour as six hexadecimal digits; the first of a theme is white; `None` if not known."""
    if node is None:
        return None
    rgb = node.attrs.get("rgb", "").lower()
    if rgb:
        return rgb[-6:]
    theme, tint = node.attrs.get("theme"), _float(node.attrs.get("tint"))
    if theme == "0" and abs(tint) < 0.1:
        return _WHITE
    if node.attrs.get("indexed") in ("1", "9", "65"):
        return _WHITE
    return f"theme {theme} {tint}" if theme else None


def _look(
    attrs: dict[str, str], codes: dict[int, str], fonts: list[Node], fills: list[str | None]
) -> Look:
    number, at, behind = (_int(attrs.get(name)) for name in ("numFmtId", "fontId", "fillId"))
    font = fonts[at] if 0 <= at < len(fonts) else None
    fill = fills[behind] if 0 <= behind < len(fills) else None
    code = codes.get(number) or built_in(number)
    return Look(code, font_hides(font, fill), is_struck(font))


def _fill(node: Node) -> str | None:
    pattern = node.child("x:patternFill")
    if pattern is None:
        return "not known"  # one that changes
    if pattern.attrs.get("patternType") in _NO_FILLS:
        return None
    return colour_of(pattern.child("x:fgColor")) or "not known"


def _why_conditional(node: Node) -> str:
    font, number = node.child("x:font"), node.child("x:numFmt")
    fill = node.child("x:fill")
    pattern = fill.child("x:patternFill") if fill else None
    behind = colour_of(pattern.child("x:bgColor")) if pattern else None
    hides = font_hides(font, behind) or ("struck out" if is_struck(font) else "")
    if hides:
        return f"possibly, by a condition: {hides}"
    return "possibly, by a condition that changes the number format" if number else ""


def _children(root: Node | None, name: str) -> Iterable[Node]:
    child = root.child(name) if root else None
    return child.children if child else []


def _int(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 10 else 0


def _float(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return 0.0
