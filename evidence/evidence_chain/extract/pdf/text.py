"""The text that is drawn on a page of a PDF, character by character."""

from __future__ import annotations

from ctypes import byref, c_double, c_int, c_ushort
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.file import whole

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_HYPHEN = "\ufffe"
_NO_CHARACTER = "\ufffd"


class Box(NamedTuple):
    """A rectangle in points, from the bottom left of the page before it is rotated."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


class PageText:
    """The text of a page, in the order in which pdfium puts it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page.get_textpage()
        self.handle = self._page.raw
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

    @property
    def dropped(self) -> int:
        """How many of pdfium's characters are control codes, which it leaves out of its text."""
        return self.count - self._counted

    @cached_property
    def origins(self) -> list[int]:
        """The number of pdfium's character for each one of the text."""
        return [self._char(unit) for unit in self._unit_positions(self._raw)]

    def char(self, number: int) -> str:
        """One of pdfium's characters, or half of one."""
        return chr(raw.FPDFText_GetUnicode(self.handle, number))

    def box(self, char: int) -> Box:
        """The box of the ink of pdfium's character `char`, or else of its cell; may be empty."""
        box = self._boxes
        raw.FPDFText_GetCharBox(self.handle, char, *map(byref, box))
        left, right, bottom, top = (side.value for side in box)
        if left < right and bottom < top:
            return Box(left, bottom, right, top)
        rectangle = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self.handle, char, byref(rectangle))
        return Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    @cached_property
    def _boxes(self) -> tuple[c_double, c_double, c_double, c_double]:
        return c_double(), c_double(), c_double(), c_double()

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
        chars = list(text)
        for place, unit in enumerate(self._unit_positions(text, line_ends=True)):
            hyphen = chars[place] == _HYPHEN
            if hyphen and raw.FPDFText_IsHyphen(self.handle, self._char(unit)) != 1:
                chars[place] = _NO_CHARACTER
        return "".join(chars)

    @staticmethod
    def _unit_positions(text: str, *, line_ends: bool = False) -> list[int]:
        """Where each character begins in UTF-16, of CR LF only the second unless `line_ends`."""
        at, found = 0, []
        for char, following in zip(text, text[1:] + "\0", strict=True):
            if line_ends or char != "\r" or following != "\n":
                found.append(at)
            at += 1 + (char > "\uffff")
        return found

    def _char(self, unit: int) -> int:
        if self._counted == self.count:
            return unit
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self.handle, unit))


class Display:
    """A page as it is displayed: cropped and rotated."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page.raw
        self.width, self.height = page.get_size()
        """In points."""

    def place(self, box: Box, scale: float) -> tuple[int, int, int, int]:
        """`(left, top, right, bottom)` of a box where a point is `scale` units."""
        corners = [self._point(*box[:2], scale), self._point(*box[2:], scale)]
        (left, right), (top, bottom) = map(sorted, zip(*corners, strict=True))
        return left, top, right, bottom

    def _point(self, x: float, y: float, scale: float) -> tuple[int, int]:
        width, height = round(self.width * scale), round(self.height * scale)
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
        return across.value, down.value
