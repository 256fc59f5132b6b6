"""The text stream of a preserved file, and how a kind of file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from evidence_chain.extract.marks import PUT_IN, SIGN_OFF, Mark, MarkKind, mark_words
from evidence_chain.extract.typed import captures, cut, listed, rows, typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from evidence_chain.canonical import Json

__all__ = [
    "PNG",
    "PUT_IN",
    "SIGN_OFF",
    "Drawn",
    "Extractor",
    "Mark",
    "MarkKind",
    "Part",
    "Parts",
    "Region",
    "Regions",
    "Shown",
    "TextStream",
    "mark_words",
]

PNG = b"\x89PNG\r\n\x1a\n"
"""How a picture begins."""


class Drawn(NamedTuple):
    """What an extractor drew from a file."""

    text: str
    options: dict[str, Json]
    """What was decided while reading, and by which version of a library."""
    marks: list[Mark] = []  # noqa: RUF012 - never changed

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        return {"options": self.options, "marks": self.marks}, self.text.encode()

    @classmethod
    def unpack(cls, head: dict[str, Json], blob: bytes) -> Drawn:
        """What was packed.

        Raises:
            ValueError: that is nothing that `pack` makes; so in the others, and `KeyError`.
        """
        text, options = blob.decode(), head["options"]
        marks = [Mark(*typed(mark, int, int, str, str)) for mark in listed(head["marks"])]
        if not isinstance(options, dict):
            raise ValueError("no options")
        if not all(0 <= mark.start <= mark.end <= len(text) for mark in marks):
            raise ValueError("a mark beyond the text")
        return cls(text, options, marks)


class Part(NamedTuple):
    """A file within a file, such as an attachment."""

    name: str
    """As the containing file has it: never to be used as a path."""
    content: bytes


class Parts(NamedTuple):
    """All files within a file, and what is to be told of the file itself when it is preserved."""

    parts: list[Part]
    told: list[str] = []  # noqa: RUF012 - never changed
    """For what a person must look before quoting from it, a sentence each."""
    pages: list[tuple[str, str]] = []  # noqa: RUF012 - never changed
    """Address and date of each page that was captured in it."""
    originals: list[tuple[str, str, str]] = []  # noqa: RUF012 - never changed
    """Address, date and digest of captures that it only refers to, as far as it says them."""

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        sizes = [[part.name, len(part.content)] for part in self.parts]
        said = {"told": self.told, "pages": self.pages, "originals": self.originals}
        return {"parts": sizes, **said}, b"".join(part.content for part in self.parts)

    @classmethod
    def unpack(cls, head: dict[str, Json], blob: bytes) -> Parts:
        """What was packed."""
        found = rows(head["parts"], str, int)
        contents = cut(blob, [size for _, size in found])
        return cls(
            [Part(name, next(contents)) for name, _ in found],
            [typed([one], str)[0] for one in listed(head["told"])],
            [(url, date) for url, date in rows(head["pages"], str, str)],
            captures(head["originals"]),
        )


Shown = Literal["column", "page", "nothing"]
"""What the pictures of slices show: their column, the page across all columns, or nothing."""


class Region(NamedTuple):
    """Where a slice of the stream is seen on one page, and a picture of it."""

    slice: int
    """Which of the slices that were asked for, from 0."""
    page: int
    """From 1."""
    boxes: list[list[int]]
    """`[left, top, right, bottom]` of each line, in hundredths of a point from the top left."""
    picture: bytes
    """A PNG of the part of the page that holds the boxes; empty if none was asked for."""


class Regions(NamedTuple):
    """Where slices of the stream are seen, page by page."""

    regions: list[Region]

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        head = [[one.slice, one.page, one.boxes, len(one.picture)] for one in self.regions]
        return {"regions": head}, b"".join(one.picture for one in self.regions)

    @classmethod
    def unpack(cls, head: dict[str, Json], blob: bytes) -> Regions:
        """What was packed."""
        found = rows(head["regions"], int, int, list, int)
        pictures = cut(blob, [size for *_, size in found])
        return cls([_region(row, next(pictures)) for row in found])


def _region(row: list[Any], picture: bytes) -> Region:
    number, page, boxes, _ = row
    if number < 0 or page < 1 or (picture and not picture.startswith(PNG)):
        raise ValueError("no region")
    return Region(number, page, [typed(box, int, int, int, int) for box in boxes], picture)


_NEAR = 20
"""Characters between words that are beside each other, at most."""
_UNREAD = (
    *("unread", "damaged", "pages_damaged", "pages_not_read_by_ocr"),
    *("partial", "may_separate", "revisits", "pages_unsure", "pages_with_pictures_not_read"),
)
"""Options by which an extractor says that a part of the file could not be read."""


_TOLD = ("signature", "hash_mismatch", "unlisted", "within", "digest_mismatch", "other_status")
"""Options by which an extractor says what else a person must know of the file."""


def _in_words(option: str, value: Json) -> str:
    """What an option tells, in words: what was not read is a list of words itself."""
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return said if option == "unread" else f"{option.replace('_', ' ')}: {said}"


class TextStream(NamedTuple):
    """The text that an extractor drew from a file (docs/format.md, section 7)."""

    text: str
    """Positions of passages count its code points."""
    extractor: dict[str, Json] = {}  # noqa: RUF012 - never changed
    """`name`, `version` and `options`, as evidence records seal them."""
    marks: list[Mark] = []  # noqa: RUF012 - never changed

    @property
    def encoded(self) -> bytes:
        """The bytes that are preserved and digested: UTF-8."""
        return self.text.encode()

    @property
    def pages(self) -> list[int]:
        """Where each page begins, and where the last one ends; empty without pages."""
        begun, end = list[int](), 0
        for mark in self.marks:
            if mark.kind == MarkKind.PAGE and mark.detail == str(len(begun) + 1):
                begun.append(mark.start)
                end = mark.end
        return [*begun, end] if begun else []

    @property
    def told(self) -> list[str]:
        """What is to be known of the file as a whole, besides what was not read."""
        options = self.extractor.get("options") or {}
        return [f"{name.replace('_', ' ')}: {options[name]}" for name in _TOLD if name in options]

    @property
    def unread(self) -> str | None:
        """What of the file could not be read, if anything."""
        options = self.extractor.get("options") or {}
        return (
            "; ".join(_in_words(name, options[name]) for name in _UNREAD if name in options) or None
        )

    def left_open(self, fragments: Iterable[tuple[int, int]]) -> str | None:
        """What was not read and may hold a passage that was not found, if anything.

        Args:
            fragments: where something near it stands, if it does; then only the rest of a part of a
                page, or letters that aren't certain, may hold it, and else whatever was not read,
                or was read in a charset that is a guess.
        """
        near = list(fragments)
        kinds = (MarkKind.PARTIAL, MarkKind.UNSURE, MarkKind.GUESSED)
        parts = [mark.detail for mark in self.marked(near) if mark.kind in kinds]
        if near:
            return parts[0] if parts else None
        guesses = (mark.detail for mark in self.marks if mark.kind == MarkKind.GUESSED)
        return self.unread or next(guesses, None)

    def marked(self, fragments: Iterable[tuple[int, int]]) -> list[Mark]:
        """The marks that some of these slices overlap, in order, and what is put in beside them."""
        slices = list(fragments)
        found = []
        for mark in self.marks:
            if any(mark.start < end and start < mark.end for start, end in slices):
                found.append(mark)
            elif mark.detail == PUT_IN and any(self._beside(mark, *one) for one in slices):
                words = self.text[mark.start : mark.end].strip()
                found.append(Mark(mark.start, mark.end, MarkKind.BESIDE, words))
        return found

    def _beside(self, mark: Mark, start: int, end: int) -> bool:
        """Whether words of a mark stand in the line of a slice, with no other word between."""
        low, high = (mark.end, start) if mark.end <= start else (end, mark.start)
        between = self.text[low:high] if high - low < _NEAR else "\n"
        if "\n" in between or any(map(str.isalnum, between)):
            return False
        return any(map(str.isalpha, self.text[mark.start : mark.end]))


def times_of(stream: TextStream, place: tuple[int, int]) -> list[str]:
    """When the subtitles are shown that a slice stands in, as `12.5,15`; none without times.

    By the clock of the file, whatever else is said of it.
    """
    times = [mark.detail for mark in stream.marked([place]) if mark.kind == MarkKind.TIME]
    return [time.partition(" ")[0] for time in times]


class Extractor(Protocol):
    """What a module offers that reads a kind of file.

    A folder beside this file is found by itself. Others declare the entry point group
    `evidence_chain.extractors` and point each entry at such a module. A module may offer, too,
    `parts(file) -> Parts`, the files within the file, and
    `regions(file, slices, pages) -> Regions`, where slices of its stream are seen, given where the
    pages begin in it. `PROGRAMS` names the programs that each of its functions starts; no other can
    be started. All that a guarded module reads besides its file must lie in its own package, or
    where Python's packages and the system's libraries are installed.
    """

    __name__: str
    NAME: str
    """Its name in records."""
    VERSION: str
    """Changes whenever the text of any file could."""
    MEDIA_TYPES: tuple[str, ...]
    GUARDED: bool
    """Whether it parses, and so must run in a subprocess with limits."""

    def extract(self, file: BinaryIO) -> Drawn:
        """Return the text of `file`, and what was decided while reading it.

        Raises:
            ExtractionError: there is no text in it that could be had.
        """
