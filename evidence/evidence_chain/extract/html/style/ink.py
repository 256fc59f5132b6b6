"""What decides whether text is seen, and what an element hands down to the text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import tinycss2

from evidence_chain.extract.html.style.colours import Colour, Paint, alike, paint
from evidence_chain.extract.html.style.values import UNKNOWN, is_sign, length, lengths, number

if TYPE_CHECKING:
    from evidence_chain.extract.html.style.values import Style

FAINT, SMALL = 0.05, 1.4
"""How much of the ink, and how many pixels, can't be seen any more."""
_USUAL = 16.0
_WIDE_STROKE = 3.0
_SIZES = {
    **{"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0},
    **{"x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0},
}
_BLACK, _WHITE = Paint((0, 0, 0)), (255, 255, 255)


class Ink(NamedTuple):
    """The ink of the text in an element."""

    shown: bool = True
    """`visibility`."""
    size: float = _USUAL
    """Pixels."""
    zoom: float = 1.0
    rem: float = _USUAL
    """The size of the page's own letters, in pixels."""
    opacity: float = 1.0
    """Of this and all around it."""
    paint: Paint = _BLACK
    """`color`."""
    filled: Paint | None = None
    """`-webkit-text-fill-color`, if it is another."""
    fill: Paint | None = _BLACK
    """Of text in a drawing (SVG); `None` if there is none and no stroke either."""
    stroked: bool = False
    covered: bool = False
    """Whether a wide stroke has the colour of what is behind it."""
    behind: Colour | None = _WHITE
    """The background; a page without one is white."""
    pictured: bool = False
    """Whether a picture lies before it, which may not be there."""
    stops: tuple[Paint, ...] = ()
    """The colours of a gradient before it."""
    clipped: tuple[Paint, ...] | None = None
    """The colours of a background that is seen through the letters alone."""

    def hidden(self, *, drawing: bool = False) -> tuple[str, str]:
        """Why text of this ink isn't seen, and why it may not be seen; or nothing."""
        blank = self._blank()
        if blank:
            return blank, ""
        ink = self.fill if drawing else self.filled or self.paint
        if ink is None:
            return ("", "") if self.stroked else ("no fill", "")
        if ink.alpha <= FAINT and self.clipped and not drawing:
            ink = next((one for one in self.clipped if not self._unseen(one)), self.clipped[0])
        if ink.alpha * self.opacity <= FAINT:
            return ("", "") if self.stroked and drawing else ("transparent colour", "")
        if ink.colour is None:
            return "", "its colour isn't known"
        if drawing and self.covered:
            return "", "a stroke over its letters"
        if not self._unseen(ink) or (drawing and self.stroked):
            return "", ""
        if drawing or self.pictured:
            return "", "colour of what may be its background"
        return "colour of its background", ""

    def _blank(self) -> str:
        """Why text isn't seen in whatever colour."""
        if not self.shown:
            return "visibility: hidden"
        if self.size * self.zoom <= SMALL:
            return f"font size {self.size * self.zoom:g}"
        return f"opacity: {self.opacity:g}" if self.opacity <= FAINT else ""

    def _unseen(self, ink: Paint) -> bool:
        """Whether it looks like what is behind it."""
        behinds = [stop.over(self.behind) for stop in self.stops] or [self.behind]
        return all(
            behind is not None and (seen := ink.over(behind)) is not None and alike(seen, behind)
            for behind in behinds
        )

    def styled(self, style: Style) -> Ink:
        """The ink within an element that has this style."""
        made = self._replace(
            shown=style["visibility"] in ("visible", UNKNOWN)
            if "visibility" in style
            else self.shown,
            size=_size(style.get("font-size"), self.size, self.rem),
            zoom=self.zoom * _zoom(style.get("zoom", "1")),
            opacity=self.opacity * _opacity(style.get("opacity", "1")),
        )
        made = made._coloured(style)
        return made._backed(style) if any(name in style for name in _BACKED) else made

    def _coloured(self, style: Style) -> Ink:
        colour = style.get("color", "currentcolor")
        made = self if colour == "currentcolor" else self._replace(paint=_painted(colour))
        over = style.get("-webkit-text-fill-color")
        if over:
            made = made._replace(filled=None if over == "currentcolor" else _painted(over))
        fill = style.get("fill")
        if fill:
            made = made._replace(fill=_fill(fill, made.paint))
        alpha = style.get("fill-opacity")
        if alpha and made.fill:
            made = made._replace(fill=made.fill._replace(alpha=_opacity(alpha)))
        stroke = style.get("stroke")
        if not stroke:
            return made
        line = None if stroke == "none" else _painted(stroke)
        wide = max(lengths(style.get("stroke-width", ""))) > _WIDE_STROKE
        return made._replace(stroked=line is not None, covered=wide and made._covers(line))

    def _covers(self, line: Paint | None) -> bool:
        return line is not None and self._unseen(line)

    def _backed(self, style: Style) -> Ink:
        colour = style.get("background-color", "transparent")
        behind = self.paint if colour == "currentcolor" else _painted(colour)
        made = self
        if behind.alpha > 0:
            made = self._replace(behind=behind.over(self.behind), pictured=False, stops=())
        image = style.get("background-image", "none")
        stops = stops_of(image) if image != "none" else ()
        if style.get("background-clip") == "text":
            return self._replace(
                clipped=stops or ((Paint(None),) if image != "none" else (behind,))
            )
        if image == "none":
            return made
        return made._replace(stops=stops, pictured="url(" in image or not stops)


_BACKED = ("background-color", "background-image", "background-clip")


def _painted(value: str) -> Paint:
    return paint(value) or Paint(None)


def _fill(value: str, current: Paint) -> Paint | None:
    if value == "none":
        return None
    return current if value == "currentcolor" else _painted(value)


def _opacity(value: str) -> float:
    found = number(value)
    return 1.0 if found is None else max(0.0, min(1.0, found))


def _zoom(value: str) -> float:
    found = number(value)
    return 1.0 if found is None else max(0.0, found)


def _size(value: str | None, inherited: float, rem: float) -> float:
    if value is None:
        return inherited
    if value in _SIZES or value in ("smaller", "larger", "math"):
        return _SIZES.get(value, inherited * {"smaller": 5 / 6, "larger": 1.2}.get(value, 1))
    for unit, each in (("%", inherited / 100), ("rem", rem), ("em", inherited)):
        part = length(value.removesuffix(unit)) if value.endswith(unit) else None
        if part is not None:
            return part * each
    found = length(value)
    return _USUAL if found is None else max(0.0, found)


def stops_of(image: str) -> tuple[Paint, ...]:
    """The colours of gradients, if there is nothing else."""
    found = []
    for token in tinycss2.parse_component_value_list(image, skip_comments=True):
        if token.type == "whitespace" or is_sign(token, ","):
            continue
        if token.type != "function" or not token.lower_name.endswith("gradient"):
            return ()
        for part in token.arguments:
            colour = None if part.type == "dimension" else paint(part.serialize())
            if colour and part.type in ("hash", "ident", "function"):
                found.append(colour)
    return tuple(found)
