"""Where the numbers of passages stand on the picture of a page: whole, and none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
LINES = 50
"""Lines of numbers, one below the other, that are as high as the page is wide."""
_DIGIT = 0.7
"""Of the height of a line, what a digit of a bold font takes of its width."""
_EDGE = 0.3
"""And what is drawn around a number."""


class _Label(NamedTuple):
    left: int
    right: int
    bottom: int


def numbered(found: list[Json], size: Json) -> list[Json]:
    """Give each passage the place of its number, `number_at` `[x, y]`: its right end, and its foot.

    It stands in the margin beside the line in which the passage begins, left of the numbers that
    stand there already; where the margin has no room, above or below. Nothing of it is beyond the
    edge of the page, where it would be cut into the number of another passage.
    """
    width, height = size["width"] or 0, size["height"] or 0
    high = width // LINES
    edge = min((box[0] for one in found for box in one["boxes"]), default=0) - high // 3
    taken: list[_Label] = []
    for one in found:
        said = f"{one['index']}{'†' if one['ended'] else ''}"
        wide = round((_DIGIT * len(said) + _EDGE) * high)
        line = max(high, min(one["boxes"][0][3], height))
        label = _free(taken, max(edge, wide), (wide, high), _rows(line, high, height))
        taken.append(label or _Label(max(edge, wide) - wide, max(edge, wide), line))
        one["number_at"] = [taken[-1].right, taken[-1].bottom]
    return found


def _rows(line: int, high: int, height: int) -> Iterator[int]:
    """The line, and others on the page, the nearest first."""
    yield line
    for away in range(high, height if high else 0, high or 1):
        yield from (row for row in (line - away, line + away) if high <= row <= height)


def _free(
    taken: list[_Label], edge: int, size: tuple[int, int], rows: Iterator[int]
) -> _Label | None:
    """The first place for a label of this width and height, if there is any."""
    wide, high = size
    for row in rows:
        beside = [one for one in taken if abs(one.bottom - row) < high]
        right = edge
        while right >= wide:
            over = [one.left for one in beside if right - wide < one.right and one.left < right]
            if not over:
                return _Label(right - wide, right, row)
            right = min(over)
    return None
