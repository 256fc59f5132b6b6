"""Whether styles hide a text from sight, and how."""

from __future__ import annotations

import re
from typing import NamedTuple

from evidence_chain.extract.html.css import PROPERTIES

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_LENGTH = re.compile(rf"({_NUMBER})(e[-+]?\d+)?\s*([a-z]+|%)?")
_UNITS = {
    **{"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78},
    **{"em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "%": 10.0},
    **{"vw": 10.0, "vh": 10.0, "vmin": 10.0, "vmax": 10.0, "dvh": 10.0, "dvw": 10.0},
}
"""Units in pixels; those that go by the size of the screen as if it had a thousand."""
_FAR, _VERY_FAR = 999, 9000
_FAINT, _SMALL, _NARROW = 0.05, 1.4, 1.0
_RECT = re.compile(r"rect\(" + r"[\s,]+".join([rf"\s*({_NUMBER})[a-z]*"] * 4) + r"\s*\)")
_CLIPPED = re.compile(r"inset\(\s*(?:[5-9]\d|\d{3,})(?:\.\d+)?%|circle\(\s*0")
_SCALED = re.compile(r"scale(?:x|y|3d)?\(\s*0(?:\.0*)?\s*[,)]")
_RELATIVE = ("%", "em")
_OUT_OF_FLOW = ("absolute", "fixed")

_REMOVING = PROPERTIES - {"background", "background-color", "color", "font", "font-size"}

Colour = tuple[int, int, int]

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(
    rf"rgba?\(\s*({_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})(?:[\s,/]+({_NUMBER})(%?))?\s*\)"
)
_NAMED: dict[str, Colour] = {
    **{"white": (255, 255, 255), "black": (0, 0, 0), "gray": (128, 128, 128)},
    **{"grey": (128, 128, 128), "silver": (192, 192, 192), "red": (255, 0, 0)},
    **{"maroon": (128, 0, 0), "yellow": (255, 255, 0), "olive": (128, 128, 0)},
    **{"lime": (0, 255, 0), "green": (0, 128, 0), "aqua": (0, 255, 255)},
    **{"cyan": (0, 255, 255), "teal": (0, 128, 128), "blue": (0, 0, 255)},
    **{"navy": (0, 0, 128), "fuchsia": (255, 0, 255), "magenta": (255, 0, 255)},
    **{"purple": (128, 0, 128), "orange": (255, 165, 0), "snow": (255, 250, 250)},
    **{"whitesmoke": (245, 245, 245), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255)},
}
_ALIKE = 16
"""Colours that differ by less than this in each of red, green and blue look the same."""

Style = dict[str, str]
"""Values of `_css.PROPERTIES`."""


class Ink(NamedTuple):
    """What decides whether text is seen, and what an element hands down to those in it."""

    shown: bool = True
    """`visibility`."""
    size: float = 16.0
    """Pixels."""
    colour: Colour | None = (0, 0, 0)
    """`None` if it isn't known."""
    clear: bool = False
    """Whether the colour is transparent."""
    behind: Colour | None = (255, 255, 255)
    """The background; a page without one is white."""

    def hidden(self) -> str:
        """Why text of this ink isn't seen, or nothing."""
        if not self.shown:
            return "visibility: hidden"
        if self.size <= _SMALL:
            return f"font size {self.size:g}"
        if self.clear:
            return "transparent colour"
        if self.colour and self.behind and alike(self.colour, self.behind):
            return "colour of its background"
        return ""

    def styled(self, style: Style) -> Ink:
        """The ink within an element that has this style."""
        return Ink(
            _visibility(style.get("visibility"), self.shown),
            _size(style, self.size),
            *_colour(style.get("color"), self.colour, self.clear),
            _behind(style, self.behind),
        )


def out_of_line(style: Style) -> bool:
    """Whether the lines around it go on as if it weren't there."""
    return style.get("display") == "none" or style.get("position") in _OUT_OF_FLOW


def removed(style: Style) -> str:
    """Why nothing in an element of this style is seen, whatever it holds; or nothing."""
    if _REMOVING.isdisjoint(style):
        return ""
    if style.get("display") == "none":
        return "display: none"
    if style.get("content-visibility") == "hidden":
        return "content-visibility: hidden"
    opacity = _LENGTH.match(style.get("opacity", ""))
    if opacity and float(opacity[1]) <= (_FAINT * 100 if opacity[3] == "%" else _FAINT):
        return f"opacity: {style['opacity']}"
    return _off_the_page(style) or _without_room(style)


def alike(one: Colour, other: Colour) -> bool:
    """Whether a text of one colour can't be seen on the other."""
    return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))


def parse_colour(text: str) -> tuple[Colour | None, bool]:
    """The colour that CSS calls `text`, or `None`; and whether it is transparent."""
    text = text.strip()
    found = _HEX.fullmatch(text)
    if found:
        digits = found[1] if len(found[1]) > 4 else "".join(char * 2 for char in found[1])
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
        return (red, green, blue), digits[6:] == "00"
    found = _FUNCTION.fullmatch(text)
    if found:
        red, green, blue = (max(0, min(255, int(float(part)))) for part in found.groups()[:3])
        return (red, green, blue), found[4] is not None and float(found[4]) == 0
    return _NAMED.get(text), text == "transparent"


def _off_the_page(style: Style) -> str:
    placed = style.get("position") in (*_OUT_OF_FLOW, "relative")
    sides = ("left", "top", "right", "bottom") if placed else ()
    moves = [
        _pixels(style.get(side)) for side in (*sides, "margin-left", "margin-top", "text-indent")
    ]
    shift = style.get("transform", "")
    if "translate" in shift:
        moves += [_pixels(part[0]) for part in _LENGTH.finditer(shift)]
    if any(move is not None and not -_FAR < move < _VERY_FAR for move in moves):
        return "off the page"
    return "scaled to nothing" if _SCALED.search(shift) else ""


def _without_room(style: Style) -> str:
    if _is_clipped(style):
        return "clipped away"
    overflow = {
        style.get(name, "").split(" ")[0] for name in ("overflow", "overflow-x", "overflow-y")
    }
    if overflow.isdisjoint(("hidden", "clip")):
        return ""
    sides = [_pixels(style.get(side)) for side in ("height", "max-height", "width", "max-width")]
    if any(side is not None and side <= _NARROW for side in sides):
        return "no room for it"
    indent = _pixels(style.get("text-indent"))
    return "off the page" if indent is not None and indent >= _FAR else ""


def _is_clipped(style: Style) -> bool:
    if _CLIPPED.match(style.get("clip-path", "")):
        return True
    rect = _RECT.match(style.get("clip", ""))
    if not rect or style.get("position") not in _OUT_OF_FLOW:
        return False
    top, right, bottom, left = map(float, rect.groups())
    return bottom - top <= _NARROW or right - left <= _NARROW


def _pixels(value: str | None) -> float | None:
    """A length in pixels, roughly; `None` if it is none."""
    found = _LENGTH.fullmatch(value) if value else None
    unit = _UNITS.get(found[3] or "") if found else None
    return float(found[1] + (found[2] or "")) * unit if found and unit is not None else None


def _visibility(value: str | None, inherited: bool) -> bool:
    return value == "visible" if value in ("visible", "hidden", "collapse") else inherited


def _size(style: Style, inherited: float) -> float:
    value = style.get("font-size") or next(
        (
            part.partition("/")[0]
            for part in style.get("font", "").split()
            if part[0] in ".0123456789"
        ),
        "",
    )
    found = _LENGTH.fullmatch(value)
    if not found or found[0] != value:
        return inherited if not value else 16.0
    if found[3] in _RELATIVE:
        return float(found[1]) * inherited / (100 if found[3] == "%" else 1)
    return _pixels(value) or 0.0


def _colour(value: str | None, inherited: Colour | None, clear: bool) -> tuple[Colour | None, bool]:
    if value is None or value in ("inherit", "currentcolor", "unset", ""):
        return inherited, clear
    return parse_colour(value)


def _behind(style: Style, inherited: Colour | None) -> Colour | None:
    value = style.get("background-color") or style.get("background")
    if not value or value in ("none", "transparent", "inherit", "initial", "unset"):
        return inherited
    if "url(" in style.get("background", "") or ("(" in value and not value.startswith("rgb")):
        return None
    for part in re.findall(r"[^\s(]+(?:\([^)]*\))?", value):
        colour, clear = parse_colour(part)
        if colour or clear:
            return inherited if clear else colour
    return None
