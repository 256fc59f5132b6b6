"""What of a page's letters can be seen: what the window shows with them and without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

    from evidence_chain.rendering.browser import Page

_FAINT = 20
"""Steps of 255 in one colour up to which nobody sees a difference."""
_STEP = 1.0
"""Pixels by which letters may overlap."""
_SMALL = 5.0
"""Pixels of a line's height below which nobody reads it."""


class Box(NamedTuple):
    """Where a letter is in the window, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the middle of another is in it."""
        across, down = other.middle
        return self.left < across < self.right and self.top < down < self.bottom

    def with_one_more(self, other: Box) -> Box:
        """The same, and as wide as to hold another of its line."""
        left, right = min(self.left, other.left), max(self.right, other.right)
        return Box(left, self.top, right, self.bottom)

    @property
    def mirrored(self) -> Box:
        """The same where left is right."""
        return Box(-self.right, self.top, -self.left, self.bottom)

    def precedes(self, other: Box) -> bool:
        """Whether it is read before the other, in lines from left to right, or in columns."""
        if self.beside(other):
            return self.middle[0] < other.middle[0] - _STEP
        return self.bottom <= other.top and self.left < other.right

    def beside(self, other: Box) -> bool:
        """Whether both are in one line."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        return common * 2 > min(self.bottom - self.top, other.bottom - other.top)


class Ink:
    """The pixels of a window by which the letters of some pieces of its page are seen."""

    def __init__(self, page: Page, pieces: list[int], full: Image) -> None:
        from PIL import ImageChops

        page.call("bare", pieces)
        bare = page.picture()
        page.call("whole")
        bands = ImageChops.difference(full, bare).split()
        strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
        self._seen: Image = strongest.point(lambda step: 255 if step > _FAINT else 0)

    def shows(self, box: Box) -> bool:
        """Whether a letter is seen where its box is."""
        if box.bottom - box.top < _SMALL:
            return False
        sides = int(box.left), int(box.top), -int(-box.right // 1), -int(-box.bottom // 1)
        return self._seen.crop(sides).getbbox() is not None


def within(picture: Image, box: Box) -> bool:
    """Whether a box is within the window."""
    width, height = picture.size
    return box.left >= 0 and box.top >= 0 and box.right <= width and box.bottom <= height
