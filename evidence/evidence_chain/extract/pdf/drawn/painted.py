"""What is painted on a page of a PDF but its texts, and what that may be clipped to."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from evidence_chain.extract.pdf.drawn.boxes import Box, outline
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    Colour,
    clip_path,
    clip_points,
    count_clips,
    first_point,
)

WHITE: Colour = (255, 255, 255)
_LEVEL = 1.0
"""Points by which the ends of a tilted line differ on each side at least."""

Clips = dict[tuple[int, ...], Box]
"""The boxes of paths that objects of a page are clipped to, by where their points are kept."""


class Line(NamedTuple):
    """A straight stroke, from one end to the other."""

    x: float
    y: float
    u: float
    v: float
    part: Box | None = None
    """What is around all that is drawn with it without lifting the pen, if that is more."""

    @property
    def is_tilted(self) -> bool:
        """Whether it is neither level nor upright."""
        return abs(self.u - self.x) > _LEVEL and abs(self.v - self.y) > _LEVEL

    @property
    def reach(self) -> Box:
        """What is around all that the pen draws without being lifted."""
        return self.part or self.box

    @property
    def box(self) -> Box:
        """What is around it, without its thickness."""
        (left, right), (bottom, top) = sorted((self.x, self.u)), sorted((self.y, self.v))
        return Box(left, bottom, right, top)


class Painted(NamedTuple):
    """A path, image or the like that may cover text or lie behind it."""

    order: float
    box: Box
    handle: int = 0
    """Its address, if it is a filled path, a picture or a form."""
    colour: Colour | None = None
    """`None` if it isn't one opaque colour."""
    image: bool = False
    opaque: bool = False
    """Whether nothing is seen through it."""
    line: Line | None = None
    """The stroke that it is, if it is a straight one."""


def contrast(one: Colour, other: Colour) -> int:
    """How far apart two colours are, of 255."""
    return max(abs(here - there) for here, there in zip(one, other, strict=True))


def clipped_to(handle: int, known: Clips | None = None) -> Box | None:
    """The box that an object is clipped to, or `None` if it isn't clipped.

    It is an empty one where a path is no level rectangle: what is seen there isn't told by a box.
    Objects of a page share their paths: what was found for some is kept in `known`.
    """
    clip = clip_path(handle)
    count = count_clips(clip)
    if count <= 0:
        return None
    paths = tuple(first_point(clip, index) for index in range(count))
    box = known.get(paths) if known else None
    if box is None:
        boxes = [_rectangle(clip_points(clip, index)) for index in range(count)]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        box = Box(max(lefts), max(bottoms), min(rights), min(tops))
        if known is not None:
            known[paths] = box
    return box


def _rectangle(points: list[tuple[float, float]]) -> Box:
    box = outline(points)
    corners = (
        len(points) in (4, 5) and len(set(points)) == 4 and points[0] == points[4 % len(points)]
    )
    at_corners = all(x in (box.left, box.right) and y in (box.bottom, box.top) for x, y in points)
    level = all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(points))
    return box if corners and at_corners and level else Box(0, 0, 0, 0)
