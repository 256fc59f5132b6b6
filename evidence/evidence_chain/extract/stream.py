"""The text stream of a preserved file, and how one kind of file is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json


@dataclass(frozen=True)
class TextStream:
    """The text that an extractor drew from a file (docs/format.md, section 7)."""

    text: str
    """Positions of passages count its code points."""
    extractor: dict[str, Json] = field(default_factory=dict)
    """`name`, `version` and `options`, as evidence records seal them."""

    @property
    def encoded(self) -> bytes:
        """The bytes that are preserved and digested: UTF-8."""
        return self.text.encode()


class Extractor(Protocol):
    """What a module offers that reads a kind of file.

    A file in this folder is found by itself. Others declare the entry point group
    `evidence_chain.extractors` and point each entry at such a module.
    """

    __name__: str
    NAME: str
    """Its name in records."""
    VERSION: str
    """Changes whenever the text of any file could."""
    MEDIA_TYPES: tuple[str, ...]
    GUARDED: bool
    """Whether it parses, and so must run in a subprocess with limits."""

    def extract(self, file: BinaryIO) -> tuple[str, dict[str, Json]]:
        """Return the text of `file`, and what was decided while reading it.

        Raises:
            ExtractionError: there is no text in it that could be had.
        """
