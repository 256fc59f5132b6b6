"""Size, picture and words of a page, as the process that draws it answers with them."""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import PNG
from evidence_chain.extract.typed import rows, typed

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json

WIDTH = 1200
"""Pixels that a picture of a page is wide at most."""
HEIGHT = 4 * WIDTH
"""Pixels that it is high at most."""
MOST_PIXELS = 4_000_000
"""Pixels that it has at most."""
MOST_WORDS = 20_000
"""Words of a page whose places are told."""
_NO_SPACES = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Letters that are written without spaces between words, and in columns too."""
WORD = re.compile(f"[{_NO_SPACES}]|[^\\s\ufffe{_NO_SPACES}]+\ufffe?|\ufffe")
"""What is a word on a page, with the hyphen (U+FFFE) that ends its line."""


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


class Word(NamedTuple):
    """A slice `[start, end)` of the text of a page, and where it is seen, as regions have it."""

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int


class PageWords(NamedTuple):
    """How many pages a file has, the text of one, and where its words are seen."""

    pages: int
    text: str
    """Its part of the stream, without the form feed; empty where there is no such page."""
    words: list[Word]
    """In the order of the text, `MOST_WORDS` at most; those without a place are not among them."""

    @property
    def weight(self) -> int:
        """About how many bytes it takes to keep it."""
        return 4 * len(self.text) + 300 * len(self.words)

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        words: list[Json] = [list(word) for word in self.words[:MOST_WORDS]]
        return {"pages": self.pages, "text": self.text, "words": words}, b""

    @classmethod
    def unpack(cls, head: dict[str, Json], _: bytes) -> PageWords:
        """What was packed."""
        pages, text = typed([head["pages"], head["text"]], int, str)
        words = [Word(*row) for row in rows(head["words"], *[int] * len(Word._fields))]
        if not all(0 <= word.start < word.end <= len(text) for word in words):
            raise ValueError("a word beyond the text")
        return cls(pages, text, words)


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
