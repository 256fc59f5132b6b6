"""Colours as CSS writes them, laid over one another, and whether two look alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import tinycss2
from tinycss2.color5 import parse_color

from evidence_chain.extract.html.style.values import NUMBER, arguments, names

if TYPE_CHECKING:
    from tinycss2.ast import FunctionBlock
    from tinycss2.color5 import Color

_ALIKE = 16
"""Colours that differ by less than this in each of red, green and blue look the same."""
_FUNCTIONS = names(
    "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark device-cmyk "
    "contrast-color alpha"
)
_FROM_PAPER_WHITE = ("lab", "lch", "xyz-d50")
_FROM_XYZ = {
    "xyz-d65": (
        (3.2409699, -1.5373832, -0.4986108),
        (-0.9692436, 1.8759675, 0.0415551),
        (0.0556301, -0.2039770, 1.0569715),
    ),
    "xyz-d50": (
        (3.1341359, -1.6173863, -0.4906619),
        (-0.9787955, 1.9162544, 0.0334427),
        (0.0719553, -0.2289768, 1.4053860),
    ),
}
"""To linear sRGB (CSS Color 4, section 10)."""
_SYSTEM = {
    **dict.fromkeys(
        ("canvas", "field", "highlighttext", "accentcolortext", "selecteditemtext"), (255, 255, 255)
    ),
    **dict.fromkeys(("canvastext", "fieldtext", "windowtext", "buttontext"), (0, 0, 0)),
    **{"linktext": (0, 0, 238), "buttonface": (239, 239, 239), "graytext": (128, 128, 128)},
    **{"mark": (255, 255, 0), "marktext": (0, 0, 0), "visitedtext": (85, 26, 139)},
    **{"highlight": (0, 120, 215), "activetext": (255, 0, 0)},
}

_SHARE = re.compile(rf"^({NUMBER})%\s+|\s+({NUMBER})%$")

Colour = tuple[int, int, int]


class Paint(NamedTuple):
    """A colour, and how much of what is behind it can't be seen through it."""

    colour: Colour | None
    """`None` if it isn't known."""
    alpha: float = 1.0

    def over(self, behind: Colour | None) -> Colour | None:
        """What is seen of it before another colour."""
        if self.alpha >= 1 or self.colour is None:
            return self.colour
        if self.alpha <= 0 or behind is None:
            return behind
        red, green, blue = (
            round(one * self.alpha + other * (1 - self.alpha))
            for one, other in zip(self.colour, behind, strict=True)
        )
        return red, green, blue


def alike(one: Colour, other: Colour) -> bool:
    """Whether a text of one colour can't be seen on the other."""
    return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=2048)
def paint(text: str) -> Paint | None:
    """The colour that CSS calls `text`; `None` if it isn't valid."""
    text = text.strip().lower()
    if text in _SYSTEM:
        return Paint(_SYSTEM[text])
    try:
        found = parse_color(text)
        if found and found != "currentcolor":
            alpha = 1.0 if found.alpha is None else found.alpha
            return Paint(_bytes(_srgb(found)), alpha)
    except (ValueError, NotImplementedError, ArithmeticError):
        return Paint(None)
    token = tinycss2.parse_one_component_value(text, skip_comments=True)
    if token.type != "function" or token.lower_name not in _FUNCTIONS:
        return None
    return _mixed(token) if token.lower_name == "color-mix" else Paint(None)


def _mixed(token: FunctionBlock) -> Paint:
    """What a `color-mix()` comes to (CSS Color 5), in sRGB or with what is transparent."""
    space, *mixed = arguments(token.arguments)
    parts = [_part(one) for one in mixed]
    if len(parts) != 2:
        return Paint(None)
    (one, share), (other, rest) = parts
    if share is None:
        share = 0.5 if rest is None else 1 - rest
    rest = 1 - share if rest is None else rest
    total = share + rest
    if not one or not other or share < 0 or rest < 0 or not total:
        return Paint(None)
    share, rest = share / total * one.alpha, rest / total * other.alpha
    alpha = share + rest
    if not share or not rest or one.colour == other.colour:
        seen = one if share else other
        return Paint(seen.colour, alpha * min(1.0, total))
    if space.split() != ["in", "srgb"] or one.colour is None or other.colour is None:
        return Paint(None)
    colour = [
        (a * share + b * rest) / alpha / 255 for a, b in zip(one.colour, other.colour, strict=True)
    ]
    return Paint(_bytes(colour), alpha * min(1.0, total))


def _part(text: str) -> tuple[Paint | None, float | None]:
    """A colour of a mixture, and its share if it says one."""
    found = _SHARE.search(text)
    colour = paint(_SHARE.sub("", text))
    return colour, float(found[1] or found[2]) / 100 if found else None


def _srgb(found: Color) -> list[float]:
    if found.space in ("srgb", "hsl", "hwb"):
        return [0.0 if part is None else part for part in found.to("srgb").coordinates]
    white = "xyz-d50" if found.space in _FROM_PAPER_WHITE else "xyz-d65"
    x, y, z = (0.0 if part is None else part for part in found.to(white).coordinates)
    return [_gamma(r * x + g * y + b * z) for r, g, b in _FROM_XYZ[white]]


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _bytes(parts: list[float]) -> Colour:
    red, green, blue = (max(0, min(255, round(part * 255))) for part in parts)
    return red, green, blue


def parse_colour(text: str) -> tuple[Colour | None, bool]:
    """The colour that CSS calls `text`, or `None`; and whether it is transparent."""
    found = paint(text)
    return (found.colour, found.alpha <= 0) if found else (None, False)
