"""One sheet (ECMA-376 part 1, 18.3): its cells as they are shown, and those that aren't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.xml import Node
from evidence_chain.extract.xlsx.strings import Words, shifted, unescape
from evidence_chain.extract.xlsx.styles import font_hides, is_struck

if TYPE_CHECKING:
    from evidence_chain.extract.xlsx.styles import Styles

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_MOST_COLUMNS = 16_384
_MOST_CELLS = 400_000
_MOST_RANGES = 1_000
_THIN, _LOW = 0.5, 2.0
"""Characters and points below which a column or a row shows nothing."""
_WIDTH = 8.43
_TALL = 200
_FORMULA = 120
_OF_WORDS = (
    *("x:is", "x:r", "x:t", "x:rPh", "x:rPr", "x:strike", "x:color", "x:sz", "x:vertAlign"),
)


class Cell(NamedTuple):
    """A cell with a value, as the file keeps it."""

    row: int
    column: int
    kind: str
    """`s` for a shared text, `n` for a number, and so on."""
    value: str
    style: str | None
    formula: str | None
    words: Words | None
    """Of a text that stands in the cell itself."""
    hidden: str
    """Why its row isn't shown, if so."""

    @property
    def address(self) -> str:
        """As people call it: `B3`."""
        return f"{letters(self.column)}{self.row}"


class Range(NamedTuple):
    """A rectangle of cells: first and last row, first and last column."""

    top: int
    bottom: int
    left: int
    right: int

    def holds(self, cell: Cell) -> bool:
        """Whether the cell is in it."""
        return self.top <= cell.row <= self.bottom and self.left <= cell.column <= self.right


class Sheet:
    """Collects the cells of a sheet and what decides whether they are seen. A `Handler`."""

    def __init__(self, styles: Styles) -> None:
        self.cells: list[Cell] = []
        self._merged: dict[int, list[Range]] = {}
        """By each row that they reach into; those of very many rows by 0."""
        self.conditions: list[tuple[list[Range], str]] = []
        self.margins: list[str] = []
        """Headers and footers, which are seen on paper."""
        self.shows_zeros = True
        self.shows_formulas = False
        self._styles = styles
        self._columns: list[tuple[int, int, str, float]] = []
        self._default = (_WIDTH, "")
        self._row, self._row_hidden, self._column = 0, "", 0
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._text: list[str] | None = None
        self._into: list[str] | None = None
        self._fonts: list[Node] = []
        """Those of the parts of a text that stands in a cell."""
        self._ranges: list[Range] = []
        self._reading = 0
        self._shift = ""
        """How the part of it that is read is raised or lowered."""

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        self._into = None
        if name == "x:row":
            self._start_row(attrs)
        elif name == "x:c":
            self._start_cell(attrs)
        elif name == "x:v":
            self._into = self._value
        elif name == "x:f":
            self._formula = self._into = []
        elif name in _OF_WORDS:
            self._start_words(name, attrs)
        elif name in ("x:oddHeader", "x:oddFooter", "x:firstHeader", "x:firstFooter"):
            self.margins.append("")
            self._into = []
            self._margin = self._into
        else:
            self._start_setting(name, attrs)

    def _start_words(self, name: str, attrs: dict[str, str]) -> None:
        """Something of a text begins that stands in the cell itself."""
        if name == "x:is":
            self._text, self._shift = [], ""
        elif name == "x:r":
            self._shift = ""
        elif name == "x:vertAlign":
            self._shift = attrs.get("val", "")
        elif name == "x:rPh":
            self._reading += 1
        elif name == "x:rPr":
            self._fonts.append(Node(name, {}))
        elif name == "x:t":
            self._into = None if self._reading else self._text
        elif self._fonts:
            self._fonts[-1].children.append(Node(name, attrs))

    def _start_setting(self, name: str, attrs: dict[str, str]) -> None:
        if name == "x:col":
            self._add_columns(attrs)
        elif name == "x:sheetFormatPr":
            zero = attrs.get("zeroHeight") in ("1", "true")
            width = _float(attrs.get("defaultColWidth")) or _WIDTH
            self._default = (width, "hidden row" if zero else "")
        elif name == "x:sheetView":
            self.shows_zeros &= attrs.get("showZeros") not in ("0", "false")
            self.shows_formulas |= attrs.get("showFormulas") in ("1", "true")
        elif name == "x:mergeCell":
            for one in _ranges(attrs.get("ref", "")):
                tall = one.bottom - one.top > _TALL
                for row in (0,) if tall else range(one.top, one.bottom + 1):
                    self._merged.setdefault(row, []).append(one)
        elif name == "x:conditionalFormatting":
            self._ranges = _ranges(attrs.get("sqref", ""))
        elif name == "x:cfRule":
            self._condition(self._styles.why_conditional(attrs.get("dxfId", "")))
        elif name in ("x:dataBar", "x:iconSet") and attrs.get("showValue") in ("0", "false"):
            self._condition("by a bar or sign in the place of its value")

    def _condition(self, why: str) -> None:
        """Cells of the ranges that were told may show something else, if there is a reason."""
        if not why:
            return
        if len(self.conditions) >= _MOST_RANGES:
            raise ExtractionError(
                "The text of this workbook could not be had: a sheet has more than "
                f"{_MOST_RANGES} formats with conditions. Preserve it as PDF, too."
            )
        self.conditions.append((self._ranges, why))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "x:c":
            self._end_cell()
        elif name == "x:rPh":
            self._reading -= 1
        elif name in ("x:oddHeader", "x:oddFooter", "x:firstHeader", "x:firstFooter"):
            self.margins[-1] = _without_codes("".join(self._margin))
        self._into = None

    def text(self, data: str) -> None:
        """Some text."""
        if self._into is not None:
            within = self._into is self._text
            self._into.append(shifted(data, self._shift) if within else data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""

    def why_column_hidden(self, cell: Cell) -> str:
        """Why the column of a cell isn't shown; nothing if it is."""
        return next((why for low, high, why, _ in self._columns if low <= cell.column <= high), "")

    def width(self, cell: Cell) -> float:
        """The characters that its column is wide, with those of merged ones."""
        wide = self._merge(cell)
        last = min(wide.right, cell.column + 200) if wide else cell.column
        return sum(self._width(column) for column in range(cell.column, last + 1))

    def _width(self, column: int) -> float:
        found = (width for low, high, _, width in self._columns if low <= column <= high)
        return next(found, 0.0) or self._default[0]

    def covered(self, cell: Cell) -> bool:
        """Whether a merge with a cell left of it or above it covers it."""
        merge = self._merge(cell)
        return merge is not None and (cell.row, cell.column) != (merge.top, merge.left)

    def _merge(self, cell: Cell) -> Range | None:
        near = [*self._merged.get(cell.row, ()), *self._merged.get(0, ())]
        return next((one for one in near if one.holds(cell)), None)

    def _start_row(self, attrs: dict[str, str]) -> None:
        told = attrs.get("r", "")
        self._row = int(told) if told.isdecimal() and len(told) < 8 else self._row + 1
        self._column = 0
        self._row_hidden = ""
        if attrs.get("hidden") in ("1", "true"):
            self._row_hidden = "hidden row"
        elif "ht" in attrs:
            self._row_hidden = "row without height" if _float(attrs["ht"]) < _LOW else ""
        elif "hidden" not in attrs:
            self._row_hidden = self._default[1]

    def _start_cell(self, attrs: dict[str, str]) -> None:
        self._cell, self._value, self._formula, self._text = attrs, [], None, None
        self._fonts = []
        found = _REFERENCE.fullmatch(attrs.get("r", ""))
        self._column = number(found[1]) if found else self._column + 1
        self._row = int(found[2]) if found else self._row

    def _end_cell(self) -> None:
        value, kind = unescape("".join(self._value)), self._cell.get("t", "n")
        formula = None if self._formula is None else "".join(self._formula)[:_FORMULA]
        words = None if self._text is None else self._words("".join(self._text))
        if not value and formula is None and words is None:
            return
        if len(self.cells) >= _MOST_CELLS or self._column > _MOST_COLUMNS:
            raise ExtractionError(
                f"The text of this workbook could not be had: a sheet has more than {_MOST_CELLS} "
                "cells with values. Save the part that matters as a workbook of its own."
            )
        style, hidden = self._cell.get("s"), self._row_hidden
        self.cells.append(Cell(self._row, self._column, kind, value, style, formula, words, hidden))

    def _words(self, text: str) -> Words:
        struck = any(map(is_struck, self._fonts))
        hidden = next(filter(None, (font_hides(font, None) for font in self._fonts)), "")
        return Words(unescape(text), struck, hidden)

    def _add_columns(self, attrs: dict[str, str]) -> None:
        low, high = attrs.get("min", ""), attrs.get("max", "")
        if not (low.isdecimal() and high.isdecimal()) or len(self._columns) >= _MOST_RANGES:
            return
        width = _float(attrs.get("width"))
        thin = "width" in attrs and width < _THIN
        hidden = attrs.get("hidden") in ("1", "true")
        why = "hidden column" if hidden else "column without width" if thin else ""
        self._columns.append((int(low[:9]), int(high[:9]), why, width))


def letters(column: int) -> str:
    """A column as people call it: `B`."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def number(name: str) -> int:
    """Which column that is, from 1."""
    found = 0
    for letter in name:
        found = found * 26 + ord(letter) - 64
    return found


def _ranges(told: str) -> list[Range]:
    found = []
    for one in told.split()[:_MOST_RANGES]:
        ends = [_REFERENCE.fullmatch(end) for end in one.split(":")]
        first, last = ends[0], ends[-1]
        if first and last:
            rows, columns = (int(first[2]), int(last[2])), (number(first[1]), number(last[1]))
            found.append(Range(min(rows), max(rows), min(columns), max(columns)))
    return found


def _without_codes(told: str) -> str:
    told = re.sub(r'&"[^"]*"|&[LCRBIUESXY]|&\d+|&K[0-9A-F+-]{6}', " ", told)
    return re.sub(r"&[A-Z]", "…", told).replace("&&", "&").strip()


def _float(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return 0.0
