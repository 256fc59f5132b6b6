"""Boxes, lines and words of a drawing as SVG has them, without any idea of what they show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from evidence_datasette.words.shown_text import plain

_CELL = 8.2
"""Width of a letter in the widest of usual fonts; ideographs are twice as wide."""
SMALL = 0.82
"""Width of a letter of small print against that."""
_ROUND = 20.0
_CUT = 11
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A node: its place, outline, words, and what it leads to."""

    key: str
    kind: str
    """`claim`, `record`, `file` or `origin`."""
    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]
    """Words in it; the first is what it is called, the last how it stands."""
    said: str
    """All of it, in full."""
    classes: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    sign: str = ""
    card: int | None = None
    opens: str | None = None
    """The group of records that it stands for."""
    reference: tuple[str, str] | None = None
    shape: str = "plain"

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.top + self.height / 2

    @property
    def arrival(self) -> Point:
        """Where a line ends that leads to it."""
        return self.left, self.middle

    @property
    def departure(self) -> Point:
        """Where a line begins that leads on from it."""
        return self.left + self.width, self.middle

    @property
    def outline(self) -> str:
        """The path around it: what failed has its corners cut off, a file one of them folded."""
        return outline(self.shape, self.left, self.top, self.width, self.height)

    @property
    def inner(self) -> str:
        """A second path within the first."""
        left, top, width, height = self.left + 4, self.top + 4, self.width - 8, self.height - 8
        return outline(self.shape, left, top, width, height)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one box to another."""

    path: str
    classes: tuple[str, ...]
    rows: tuple[int, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words above a group of boxes."""

    left: float
    top: float
    words: str


def clipped(words: object, width: float) -> str:
    """Words on one line, cut with an ellipsis where they are wider than `width`."""
    line = plain(" ".join(str(words).split()))
    room = width / _CELL
    for place, char in enumerate(line):
        room -= 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if room < 0:
            return line[: max(1, place - 1)].rstrip() + "…"
    return line


def wrapped(words: str, width: float, most: int) -> tuple[str, ...]:
    """Words in lines of at most `width`; the last is cut if there are more than `most`."""
    rest = plain(" ".join(words.split()))
    lines: list[str] = []
    while rest and len(lines) < most - 1:
        line = clipped(rest, width)
        if line == rest:
            break
        whole = rest[: len(line) - 1]
        cut = whole.rfind(" ") if " " in whole else len(whole)
        lines.append(rest[:cut])
        rest = rest[cut:].strip()
    return (*lines, clipped(rest, width)) if rest else tuple(lines)


def curve(start: Point, end: Point) -> str:
    """The path of a line that leaves and arrives level."""
    (x, y), (to_x, to_y) = start, end
    bend = (to_x - x) / 2
    return f"M{x:g} {y:g}C{x + bend:g} {y:g} {to_x - bend:g} {to_y:g} {to_x:g} {to_y:g}"


def outline(shape: str, left: float, top: float, width: float, height: float) -> str:
    """The path around a box: `plain`, `cut` at its corners, a `sheet` or a `pill`."""
    if shape == "pill":
        return _pill(left, top, width, height)
    if shape == "sheet":
        along, down = f"h{width - _CUT:g}", f"v{height - _CUT:g}"
        return f"M{left:g} {top:g}{along}l{_CUT} {_CUT}{down}h-{width:g}z"
    cut = _CUT if shape == "cut" else 0
    along, down = f"{width - 2 * cut:g}", f"{height - 2 * cut:g}"
    return (
        f"M{left + cut:g} {top:g}h{along}l{cut} {cut}v{down}"
        f"l-{cut} {cut}h-{along}l-{cut} -{cut}v-{down}z"
    )


def _pill(left: float, top: float, width: float, height: float) -> str:
    r = min(_ROUND, height / 2)
    arc, along, down = f"a{r:g} {r:g} 0 0 1", width - 2 * r, height - 2 * r
    return (
        f"M{left + r:g} {top:g}h{along:g}{arc} {r:g} {r:g}v{down:g}{arc} -{r:g} {r:g}"
        f"h{-along:g}{arc} -{r:g} -{r:g}v{-down:g}{arc} {r:g} -{r:g}z"
    )
