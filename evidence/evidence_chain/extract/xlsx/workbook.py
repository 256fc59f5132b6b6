"""A workbook: its sheets in order, each written as it is shown."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.xml import parse, parse_tree
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer
from evidence_chain.extract.xlsx.formats import Shown, show_number, show_text
from evidence_chain.extract.xlsx.sheet import Sheet
from evidence_chain.extract.xlsx.strings import Words, attributes, strings
from evidence_chain.extract.xlsx.styles import Styles

if TYPE_CHECKING:
    from evidence_chain.extract.docx.package import Package, Related
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.xlsx.sheet import Cell
    from evidence_chain.extract.xlsx.styles import Look

_CHANGING = re.compile(r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY)\(", re.IGNORECASE)
_MOST_UNREAD = 20
_SHEETS = ("worksheet", "macrosheet")
_NARROW = str.maketrans("", "", ".,:- ")


class Workbook:
    """Reads a workbook."""

    def __init__(self, package: Package) -> None:
        self.unread: set[str] = set()
        self._package = package
        self._seen, self._rest = Writer(), Writer()
        main = package.main()
        self._root = parse_tree(package.read(main), main)
        self._related = {one.id: one for one in package.related(main)}
        by_kind = {one.kind: one for one in self._related.values() if one.name in package}
        styles = by_kind.get("styles")
        self._styles = Styles(
            parse_tree(package.read(styles.name), styles.name) if styles else None
        )
        shared = by_kind.get("sharedStrings")
        self._shared = strings(package.read(shared.name), shared.name) if shared else []
        told = attributes(self._root.child("x:workbookPr"))
        self._since_1904 = told.get("date1904") in ("1", "true")
        computed = attributes(self._root.child("x:calcPr"))
        self._anew = computed.get("fullCalcOnLoad") in ("1", "true")

    def read(self) -> tuple[str, list[Mark]]:
        """The text of all sheets, and its marks.

        Raises:
            ExtractionError: none of the sheets that are named is there, or one is damaged.
        """
        root = self._root.child("x:sheets")
        listed = root.children if root else []
        if listed and not any(self._is_there(told) for told in listed):
            names = ", ".join(told.attrs.get("name", "") for told in listed)
            raise ExtractionError(
                f"This is not a readable workbook: the sheets that it names ({names[:200]}) are "
                "not in it. Save it anew in the program that it is from, or preserve it in another "
                "form too, such as CSV or PDF."
            )
        for told in listed:
            self._read_sheet(told)
        self._seen.append(self._rest, "\n\n")
        return self._seen.finish()

    def _part(self, told: Node) -> Related | None:
        return self._related.get(told.attrs.get("?:id", told.attrs.get("id", "")))

    def _is_there(self, told: Node) -> bool:
        part = self._part(told)
        return part is not None and part.name in self._package

    def _read_sheet(self, told: Node) -> None:
        name = told.attrs.get("name", "")
        part = self._part(told)
        if part is None or part.name not in self._package or part.kind.lower() not in _SHEETS:
            self._leave(f"the sheet {name}")
            return
        sheet = Sheet(self._styles)
        parse(self._package.read(part.name), sheet, part.name)
        state = told.attrs.get("state", "visible")
        hidden = "" if state == "visible" else f"hidden sheet ({state})"
        page = Writer()
        for _, row in groupby(sheet.cells, lambda cell: cell.row):
            line = Writer()
            for cell in row:
                self._write_cell(line, name, sheet, cell, hidden)
            page.append(line)
        self._seen.append(page, "\n\n")
        for margin in filter(None, sheet.margins):
            self._add(margin, name, hidden or "header or footer, seen on paper only")
        self._read_beside(name, part, hidden)

    def _read_beside(self, name: str, part: Related, hidden: str) -> None:
        """Comments, and what is drawn on a sheet."""
        for one in self._package.related(part.name):
            if one.name not in self._package:
                continue
            if one.kind in ("comments", "threadedComment"):
                for words in strings(self._package.read(one.name), one.name):
                    self._add(words.text, f"{name}!{words.at}", hidden, "comment")
            elif one.kind == "drawing":
                for words in strings(self._package.read(one.name), one.name):
                    self._add(words.text, name, hidden, "drawn on the sheet")
                within = self._package.related(one.name)
                if any(each.kind.startswith(("chart", "diagram")) for each in within):
                    self._leave(f"charts and diagrams of {name}")
            elif one.kind in ("oleObject", "control"):
                self._leave(f"{one.kind} of {name}")

    def _add(self, text: str, at: str, hidden: str, part: str = "") -> None:
        if not text.strip():
            return
        line = Writer()
        line.write(text.strip())
        line.mark(0, MarkKind.CELL, at)
        if part:
            line.marks.append(Mark(0, line.length, MarkKind.PART, part))
        if hidden:
            line.marks.append(Mark(0, line.length, MarkKind.HIDDEN, hidden))
        self._rest.append(line)

    def _leave(self, what: str) -> None:
        if len(self.unread) < _MOST_UNREAD:
            self.unread.add(what)

    def _write_cell(self, line: Writer, name: str, sheet: Sheet, cell: Cell, hidden: str) -> None:
        look = self._styles.look(cell.style)
        shown, words = self._shown(cell, look)
        if not shown.text:
            return
        at = f"{name}!{cell.address}" + (f" ={cell.formula}" if cell.formula else "")
        why = hidden or cell.hidden or sheet.why_column_hidden(cell) or shown.hidden
        why = why or look.hidden or words.hidden
        why = why or ("covered by a merge with other cells" if sheet.covered(cell) else "")
        if not why and cell.value == "0" and not sheet.shows_zeros and cell.kind == "n":
            why = "the sheet shows no zeros"
        place = Writer() if why else line
        if not why and line.length:
            line.write("\t")
        start = place.length
        place.write(shown.text)
        spanned = [(MarkKind.CELL, at), *self._doubts(sheet, cell, shown)]
        if look.struck or words.deleted:
            spanned.append((MarkKind.DELETED, "struck out"))
        if why:
            line.marks.append(Mark(line.length, line.length, MarkKind.HIDDEN, f"left out: {why}"))
            spanned.append((MarkKind.HIDDEN, why))
        place.marks += [Mark(start, place.length, kind, detail) for kind, detail in spanned]
        if why:
            self._rest.append(place)

    def _doubts(self, sheet: Sheet, cell: Cell, shown: Shown) -> list[tuple[MarkKind, str]]:
        found = [(MarkKind.UNSURE, shown.doubt)] if shown.doubt else []
        if cell.formula is not None and (self._anew or _CHANGING.search(cell.formula)):
            found.append((MarkKind.UNSURE, "it is computed anew when the file is opened"))
        if cell.formula is not None and sheet.shows_formulas:
            found.append((MarkKind.UNSURE, "the sheet shows formulas in the place of values"))
        long = len(shown.text) - (len(shown.text) - len(shown.text.translate(_NARROW))) / 2
        if cell.kind == "n" and not shown.doubt and long > sheet.width(cell):
            found.append(
                (MarkKind.UNSURE, "wider than its column, which may show #### or round it")
            )
        for ranges, why in sheet.conditions:
            if any(one.holds(cell) for one in ranges):
                found.append((MarkKind.HIDDEN, why))
                break
        return found

    def _shown(self, cell: Cell, look: Look) -> tuple[Shown, Words]:
        """What a cell shows, and its words if it is a text."""
        if cell.formula is not None and not cell.value and cell.kind != "str":
            self._leave("formulas whose values the file doesn't keep")
        if cell.kind == "s":
            at = int(cell.value) if cell.value.isdecimal() and len(cell.value) < 10 else -1
            words = self._shared[at] if 0 <= at < len(self._shared) else Words("")
            return show_text(words.text, look.code), words
        if cell.words is not None:
            return show_text(cell.words.text, look.code), cell.words
        if cell.kind == "n" and cell.value:
            return show_number(cell.value, look.code, since_1904=self._since_1904), Words("")
        if cell.kind == "b":
            return Shown("FALSE" if cell.value in ("0", "false") else "TRUE"), Words("")
        if cell.kind == "d":
            return Shown(cell.value, "a date that is shown in another form"), Words("")
        return (
            show_text(cell.value, look.code) if cell.kind == "str" else Shown(cell.value)
        ), Words("")
