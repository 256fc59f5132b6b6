"""The text that is drawn on a page of a PDF, character by character."""

from __future__ import annotations

from ctypes import addressof, c_ushort
from functools import cached_property
from itertools import groupby, repeat
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    cell_of,
    ink_of,
    object_of_char,
    origin_of,
    unit_of_char,
)
from evidence_chain.extract.pdf.file import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.boxes import Box

_HYPHEN = "\ufffe"
_NO_CHARACTER = "\ufffd"


class Line(NamedTuple):
    """A line of a page's text that was put together from glyphs."""

    start: int
    end: int
    left: float
    right: float
    base: float
    """How high its baseline is, in points, as all of these."""
    size: float


class PageText:
    """The text of a page, in the order in which pdfium puts it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page.get_textpage()
        self.handle = self._page.raw
        self._address = addressof(self.handle.contents)
        self.count: int = max(0, raw.FPDFText_CountChars(self.handle))
        """Of pdfium's characters, which are UTF-16 units, some of them not in the text."""
        units = self._units()
        self._counted = len(units) // 2
        self._raw = units.decode("utf-16-le", "surrogatepass")
        if _HYPHEN in self._raw:
            self._raw = self._without_false_hyphens(self._raw)
        self.text = whole(self._raw).replace("\r\n", "\n")
        """With line feeds at line ends, U+FFFE for a hyphen there, and U+FFFD for a glyph that
        stands for no character."""
        self.doubtful: list[int] = []
        """Places of characters that the file doesn't vouch for."""
        self.lines: list[Line] = []
        """Of a text that was put together."""

    @property
    def dropped(self) -> int:
        """How many of pdfium's characters are control codes, which it leaves out of its text."""
        return self.count - self._counted

    @cached_property
    def origins(self) -> list[int]:
        """The number of pdfium's character for each one of the text."""
        if not self._is_plain:
            return [self._char(unit) for unit in self._unit_positions(self._raw)]
        places, at = list[int](), 0
        for line in self._raw.split("\r\n"):
            places += range(at, at + len(line))
            at += len(line) + 2
            places.append(at - 1)
        places.pop()
        return places if self._counted == self.count else [*map(self._char, places)]

    def rearrange(
        self, text: str, origins: list[int], doubtful: list[int], lines: list[Line]
    ) -> None:
        """Put another text in its place, given the number of pdfium's character for each of its.

        The characters at the places in `doubtful` are not certain.
        """
        self.text, self.origins = text, origins
        self.doubtful, self.lines = doubtful, lines

    def replace(self, edits: list[tuple[int, int, str]]) -> None:
        """Put other characters in the place of slices, which are in order."""
        pieces, origins, done = list[str](), list[int](), 0
        for start, end, put in edits:
            pieces += self.text[done:start], put
            origins += self.origins[done:start]
            origins += (self.origins[start:end] or [self.origins[start]]) * len(put)
            origins = origins[: sum(map(len, pieces))]
            done = end
        pieces.append(self.text[done:])
        origins += self.origins[done:]
        self.lines = [moved for line in self.lines for moved in _moved(line, edits)]
        self.text, self.origins = "".join(pieces), origins

    @cached_property
    def owners(self) -> list[int]:
        """The address of the object that each of pdfium's characters comes from, or `None`."""
        page = self._address
        return [*map(object_of_char, repeat(page, self.count), range(self.count))]

    def owner_at(self, place: int) -> int:
        """The address of the object that one character of the text comes from, or `None`."""
        return object_of_char(self._address, self.char_at(place))

    @cached_property
    def by_object(self) -> dict[int, list[int]]:
        """The numbers of pdfium's characters by the address of the object they come from."""
        found: dict[int, list[int]] = {}
        for handle, group in groupby(enumerate(self.owners), _second):
            if handle:
                found.setdefault(handle, []).extend([char for char, _ in group])
        return found

    def char_at(self, place: int) -> int:
        """The number of pdfium's character for one of the text, without those of all others."""
        if "origins" in self.__dict__ or not self._is_plain:
            return self.origins[place]
        return self._char(place + self.text.count("\n", 0, place))

    @cached_property
    def _is_plain(self) -> bool:
        """Whether each line feed of the text is a CR LF, and each other character one unit."""
        units = self._counted == len(self._raw)
        return units and self._raw.count("\n") == self._raw.count("\r\n")

    def char(self, number: int) -> str:
        """One of pdfium's characters, or half of one."""
        return chr(unit_of_char(self._address, number))

    def box(self, char: int) -> Box:
        """The box of the ink of pdfium's character `char`, or else of its cell; may be empty."""
        box = ink_of(self._address, char)
        return box if box[0] < box[2] and box[1] < box[3] else cell_of(self._address, char)

    def cell(self, char: int) -> Box:
        """The box of the cell of pdfium's character `char`, as wide as it moves on."""
        return cell_of(self._address, char)

    def origin(self, char: int) -> tuple[float, float]:
        """Where pdfium's character `char` begins on its baseline."""
        return origin_of(self._address, char)

    def _units(self) -> bytes:
        """All of the text, in UTF-16; pdfium misreads ranges with control codes at their ends."""
        first, last = 0, self.count - 1
        while first <= last and raw.FPDFText_GetTextIndexFromCharIndex(self.handle, first) < 0:
            first += 1
        while first <= last and raw.FPDFText_GetTextIndexFromCharIndex(self.handle, last) < 0:
            last -= 1
        buffer = (c_ushort * (self.count + 1))()
        written = raw.FPDFText_GetText(self.handle, first, last + 1 - first, buffer)
        return bytes(buffer)[: 2 * max(0, written - 1)]

    def _without_false_hyphens(self, text: str) -> str:
        """U+FFFD for each U+FFFE that pdfium gives for a glyph without a character."""
        chars, place, astral = list(text), text.find(_HYPHEN), self._counted != len(text)
        while place >= 0:
            unit = place + (sum(char > "\uffff" for char in text[:place]) if astral else 0)
            if raw.FPDFText_IsHyphen(self.handle, self._char(unit)) != 1:
                chars[place] = _NO_CHARACTER
            place = text.find(_HYPHEN, place + 1)
        return "".join(chars)

    @staticmethod
    def _unit_positions(text: str) -> list[int]:
        """Where each character begins in UTF-16, of CR LF only the second."""
        at, found = 0, list[int]()
        for char, following in zip(text, text[1:] + "\0", strict=False):
            if char != "\r" or following != "\n":
                found.append(at)
            at += 1 + (char > "\uffff")
        return found

    def _char(self, unit: int) -> int:
        if self._counted == self.count:
            return unit
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self.handle, unit))


def _moved(line: Line, edits: list[tuple[int, int, str]]) -> Iterator[Line]:
    """A line after edits, unless it was taken out."""
    if any(begun <= line.start and line.end <= ended for begun, ended, _ in edits):
        return
    before = sum(len(put) - (end - begun) for begun, end, put in edits if end <= line.start)
    within = sum(len(put) - (end - begun) for begun, end, put in edits if end <= line.end)
    yield line._replace(start=line.start + before, end=line.end + within)


def _second(pair: tuple[int, int]) -> int:
    return pair[1]
