"""The size and the picture of a page, as the process that draws it answers with them."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import PNG

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json

WIDTH = 1200
"""Pixels that a picture of a page is wide at most."""
HEIGHT = 4 * WIDTH
"""Pixels that it is high at most."""
MOST_PIXELS = 4_000_000
"""Pixels that it has at most."""


class PageSize(NamedTuple):
    """How many pages a file has, and how large the one that was asked for is as displayed."""

    pages: int
    width: int
    """In hundredths of a point, as the boxes of regions are; 0 where there is no such page."""
    height: int

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        return {"size": list(self)}, b""

    @classmethod
    def unpack(cls, head: dict[str, Json], _: bytes) -> PageSize:
        """What was packed."""
        size = head["size"]
        if list(map(type, size)) != [int, int, int]:
            raise ValueError("no size")
        return cls(*size)


class PagePicture(NamedTuple):
    """How many pages a file has, and a PNG of one; empty where there is no such page."""

    pages: int
    png: bytes

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        return {"pages": self.pages}, self.png

    @classmethod
    def unpack(cls, head: dict[str, Json], blob: bytes) -> PagePicture:
        """What was packed."""
        if blob and not blob.startswith(PNG):
            raise ValueError("no PNG")
        if type(head["pages"]) is not int:
            raise ValueError("no number of pages")
        return cls(head["pages"], blob)


def intact(file: BinaryIO, blake3: str) -> bytes:
    """The content of a file that has this digest.

    Raises:
        ExtractionError: it has another.
    """
    data = file.read()
    if b3(data).hex() != blake3:
        raise ExtractionError(
            f"The preserved file {blake3} is not intact, so no page of it is drawn: its content is "
            "not what was recorded. Restore it from a copy, and run `evidence verify`."
        )
    return data


def scale_of(width: float, height: float, most: float) -> float:
    """Pixels to a unit of a page of that size, `most` of them where the bounds allow it."""
    return min(most, WIDTH / width, HEIGHT / height, sqrt(MOST_PIXELS / (width * height)))
