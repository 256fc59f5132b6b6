"""The column of a page in which a passage stands, told by the boxes of the page's lines.

A picture of the passage stops there, so that it shows no half lines of a neighbour. What may belong
to the passage, such as the number of a clause or the cell of a table beside it, is no neighbour: a
neighbour has several lines as long as those of prose. Where that is in doubt, nothing is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

Sides = Sequence[int]
"""Left, top, right, bottom, in any unit."""

REACH = 8
"""How far above and below the picture lines of a neighbour are counted, in heights of a line."""
GUTTER = 0.5
"""The least distance between columns."""
PROSE = 8
"""The least length of a line of a neighbour."""
FEWEST = 3
"""The fewest such lines that make a neighbour."""


def column(
    passage: Sequence[Sides], lines: Sequence[Sides], band: tuple[float, float], width: float
) -> tuple[float, float]:
    """Left and right of what is shown of a page with a passage, of which nothing is cut.

    Args:
        passage: The boxes of its lines; there is at least one.
        lines: The boxes of all lines of the page.
        band: Top and bottom of what is shown.
        width: That of the page, in the unit of the boxes.
    """
    high = median(box[3] - box[1] for box in passage)
    right = _right(passage, lines, band, width, high)
    mirrored = _right(_mirrored(passage, width), _mirrored(lines, width), band, width, high)
    return width - mirrored, right


def _right(
    passage: Sequence[Sides],
    lines: Sequence[Sides],
    band: tuple[float, float],
    width: float,
    high: float,
) -> float:
    """Where the column ends on its right; the edge of the page if there is no neighbour."""
    near = [one for one in lines if _within(one, band, REACH * high)]
    left, right = min(box[0] for box in passage), max(box[2] for box in passage)
    shown = [one for one in near if _within(one, band, 0)]
    while beside := [one for one in shown if left < one[2] and right < one[2]]:
        overlapping = [one for one in beside if one[0] < right]
        if not overlapping:
            first = min(one[0] for one in beside)
            prose = [one for one in near if one[0] > right and one[2] - one[0] >= PROSE * high]
            if first - right >= GUTTER * high and len(prose) >= FEWEST:
                return float(first - min(first - right, high) / 2)
            overlapping = [one for one in beside if one[0] == first]
        right = max(one[2] for one in overlapping)
    return width


def _within(one: Sides, band: tuple[float, float], reach: float) -> bool:
    return one[1] < band[1] + reach and one[3] > band[0] - reach


def _mirrored(boxes: Sequence[Sides], width: float) -> list[list[int]]:
    side = round(width)
    return [[side - right, top, side - left, bottom] for left, top, right, bottom in boxes]
