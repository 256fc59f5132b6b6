"""Whether a paragraph, table, box, note or header of a DOCX stands on a page, as far as it is told.

Pages are taken to be of A4 or Letter size, upright, with a margin of an inch: what they are is told
only where they end, and what stands so far out is off any of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.writing import Writer

_TWIPS = {"": 1.0, "pt": 20.0, "pc": 240.0, "pi": 240.0, "in": 1440.0, "cm": 566.93, "mm": 56.693}
"""How many twentieths of a point a unit has (ECMA-376 part 1, 22.9.2.15)."""
_DIGITS = re.compile(r"\d{1,9}")
_MEASURE = re.compile(r"\s*([+-]?\d{1,9}(?:\.\d{0,9})?)(pt|pc|pi|in|cm|mm)?\s*")
_BEYOND = 10_800
"""Twips from the left margin to the right edge of the page."""
_BEFORE = -1_800
"""From there to the left edge, and a little more."""
_OF_A_CHARACTER = 2
"""Twips in a hundredth of the width of a character, of ten points."""
_FLAT = 40
"""Twips of height, or width, in which no one reads anything."""
_EMU = 635
"""English metric units in a twip."""
_HIGH = 16_838
"""Twips that a page is high."""
_STYLE = re.compile(r"([a-z-]+)\s*:\s*([^;]*)")
_OFF, _NO_SIZE = "outside of the page", "box without size"


def twips(text: str | None) -> int | None:
    """A length in twips, which is the unit of a number without one; `None` if it is none."""
    found = _MEASURE.fullmatch(text or "")
    return round(float(found[1]) * _TWIPS[found[2] or ""]) if found else None


def number(text: str | None) -> int | None:
    """A whole number, or `None` if `text` is none."""
    return int(text) if text and _DIGITS.fullmatch(text) else None


class Placed(NamedTuple):
    """Where the lines of a paragraph begin and end, and how high they are; `None` if not told."""

    left: int | None = None
    right: int | None = None
    first: int | None = None
    """Of the first line, from `left`."""
    line: int | None = None
    """If it is exactly that."""

    def over(self, other: Placed) -> Placed:
        """This, and for what it leaves open the other."""
        return Placed._make(b if a is None else a for a, b in zip(self, other, strict=True))

    @property
    def hidden(self) -> str:
        """Why a reader doesn't see it; nothing if they do."""
        left, right = self.left or 0, self.right or 0
        first = left + (self.first or 0)
        off = min(left, first) < _BEFORE or right < 2 * _BEFORE
        if off or max(left, first) >= _BEYOND or left + right >= _BEYOND:
            return f"indented {_OFF}"
        return "lines without height" if self.line is not None and self.line <= _FLAT else ""


def read_placed(properties: Node | None) -> Placed:
    """What `w:pPr` says."""
    indent = properties.child("w:ind") if properties else None
    spacing = properties.child("w:spacing") if properties else None
    placed = Placed()
    if indent:
        hanging = _length(indent.attrs, "hanging")
        placed = Placed(
            _length(indent.attrs, "left", "start"),
            _length(indent.attrs, "right", "end"),
            _length(indent.attrs, "firstLine") if hanging is None else -hanging,
        )
    if spacing and spacing.attrs.get("w:lineRule") == "exact":
        placed = placed._replace(line=twips(spacing.attrs.get("w:line")))
    return placed


def _length(attrs: dict[str, str], *names: str) -> int | None:
    """An indent, by one of its names; in characters, if it is given in these, too (17.3.1.12)."""
    for name in names:
        characters = twips(attrs.get(f"w:{name}Chars"))
        if characters:
            return characters * _OF_A_CHARACTER
    return next((twips(attrs[f"w:{name}"]) for name in names if f"w:{name}" in attrs), None)


def frame_hidden(properties: Node) -> str:
    """Why the frame that `w:pPr` puts a paragraph into isn't seen; nothing if it is."""
    frame = properties.child("w:framePr")
    if frame is None:
        return ""
    if is_off(frame.attrs.get("w:x"), frame.attrs.get("w:y")):
        return f"frame {_OFF}"
    width, height = twips(frame.attrs.get("w:w")), twips(frame.attrs.get("w:h"))
    flat = frame.attrs.get("w:hRule") == "exact" and height is not None and height <= _FLAT
    narrow = width is not None and 0 < width <= _FLAT
    return "frame without size" if flat or narrow else ""


def is_off(across: str | None, down: str | None) -> bool:
    """Whether what is put so far from the left and the top is outside of the page."""
    x, y = twips(across) or 0, twips(down) or 0
    return not _BEFORE <= x < _BEYOND - _BEFORE or not _BEFORE <= y < _HIGH


def table_hidden(properties: Node) -> str:
    """Why a table isn't seen, by its indent or where it floats; nothing if it is."""
    indent, floats = properties.child("w:tblInd"), properties.child("w:tblpPr")
    off = indent is not None and is_off(indent.attrs.get("w:w"), None)
    if floats is not None:
        off |= is_off(floats.attrs.get("w:tblpX"), floats.attrs.get("w:tblpY"))
    return f"table {_OFF}" if off else ""


def piece_hidden(properties: Node) -> str:
    """Why the row or cell of a table isn't seen; nothing if it is."""
    return _row_hidden(properties) or _cell_hidden(properties)


def _row_hidden(properties: Node) -> str:
    """Why the row of a table isn't seen; nothing if it is."""
    if properties.switch("w:hidden"):
        return "hidden row"
    height = properties.child("w:trHeight")
    if height is None or height.attrs.get("w:hRule") != "exact":
        return ""
    value = twips(height.attrs.get("w:val"))
    return "row without height" if value is not None and value <= _FLAT else ""


def _cell_hidden(properties: Node) -> str:
    """Why the words of a table's cell aren't seen: another cell goes on over it."""
    tracked = properties.child("w:cellMerge")
    goes_on = tracked is not None and tracked.attrs.get("w:vMerge") == "cont"
    for name in ("w:vMerge", "w:hMerge"):
        merge = properties.child(name)
        goes_on |= merge is not None and merge.attrs.get("w:val") != "restart"
    return "cell that another one covers (merged)" if goes_on else ""


def formula_hidden(properties: Node) -> str:
    """Why a piece of a formula isn't seen, or is struck out; nothing for others."""
    if properties.name == "m:borderBoxPr":
        struck = any(properties.child(f"m:strike{line}") for line in ("H", "V", "BLTR", "TLBR"))
        return "struck out in a formula" if struck else ""
    shown = properties.child("m:show")
    seen = shown is not None and shown.attrs.get("m:val") not in ("0", "off", "false")
    return "" if seen else "phantom in a formula"


class Box:
    """A drawing that may hold a text box, as far as its size and place have been told."""

    def __init__(self, style: str = "") -> None:
        self.hidden = _by_style(style)
        """Why nothing in it is seen."""
        height = twips(dict(_STYLE.findall(style.lower())).get("height"))
        self.flat = height is not None and height <= _FLAT
        """Whether it has no height, unless it grows with its text, which may be told after that."""
        self.texts: list[Writer] = []
        """Of the text boxes in it."""
        self._size = {"cx": 0, "cy": 0}
        self._from = ""

    def tell(self, name: str, attrs: dict[str, str]) -> None:
        """An element in it begins."""
        if attrs.get("hidden", "0") not in ("0", "false", "off"):
            self.hidden = self.hidden or "hidden text box"
        for side in self._size:
            length = attrs.get(side, "")
            if re.fullmatch(r"\d{1,15}", length):
                self._size[side] = int(length)
                if int(length) <= _FLAT * _EMU:
                    self.flat = self.flat or side == "cy"
                    self.hidden = self.hidden or _NO_SIZE * (side == "cx")
        if name == "v:textbox":
            self.hidden = self.hidden or _by_style(attrs.get("style", ""))
        if name in ("wp:positionH", "wp:positionV"):
            self._from = f"{name[-1]} {attrs.get('relativeFrom', '')}"

    def end(self) -> None:
        """It ends: if it has no height, nothing in it is seen."""
        for text in self.texts:
            if self.flat and not self.hidden and text.length:
                text.mark(0, MarkKind.HIDDEN, _NO_SIZE)

    def put(self, offset: str) -> None:
        """How far it stands from where `wp:positionH` or `wp:positionV` says, in EMU."""
        found = re.fullmatch(r"\s*(-?\d{1,15})\s*", offset)
        if found is None:
            return
        at = int(found[1]) // _EMU
        wide = _BEYOND - _BEFORE if self._from.startswith("H") else _HIGH
        before = _BEFORE if self._from.startswith("H") else -_HIGH
        if self._from.endswith("page"):
            before = 0
        if at >= wide or at < before - 2 * _HIGH or (at < before and self._ends(at) <= before):
            self.hidden = self.hidden or f"text box {_OFF}"

    def _ends(self, at: int) -> int:
        """Where it ends; its size, told after its place, may not be known yet."""
        return at + (self._size["cx" if self._from.startswith("H") else "cy"] // _EMU or 2 * _HIGH)


def _by_style(style: str) -> str:
    """Why a drawing of this style (VML) isn't seen; nothing if it is."""
    told = dict(_STYLE.findall(style.lower()))
    if told.get("visibility", "").strip() == "hidden" or told.get("display", "").strip() == "none":
        return "hidden text box"
    width = twips(told.get("width"))
    if width is not None and width <= _FLAT:
        return _NO_SIZE
    for name in ("margin-left", "left", "margin-top", "top"):
        at = twips(told.get(name))
        if at is not None and not -_HIGH < at < _HIGH:
            return f"text box {_OFF}"
    return ""
