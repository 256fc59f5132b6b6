"""A presentation: its slides in order, and what belongs to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.docx.xml import parse, parse_tree
from evidence_chain.extract.pptx.backgrounds import Background
from evidence_chain.extract.pptx.shapes import Shapes
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer

if TYPE_CHECKING:
    from evidence_chain.extract.docx.package import Package, Related
    from evidence_chain.extract.pptx.shapes import Shape

_NOTES = "speaker notes, which are not on the slide"
_STANDING = ("slideLayout", "slideMaster")
_BESIDE = {"comments": "comment", "comment": "comment", "diagramData": "diagram"}
_MOST_UNREAD = 20


class Presentation:
    """Reads a presentation."""

    def __init__(self, package: Package) -> None:
        self.unread: set[str] = set()
        self._package = package
        self._seen, self._rest = Writer(), Writer()
        self._standing: set[str] = set()
        self._size = (0, 0)

    def read(self) -> tuple[str, list[Mark]]:
        """The words of all slides, and marks."""
        main = self._package.main()
        root = parse_tree(self._package.read(main), main)
        related = {one.id: one for one in self._package.related(main)}
        size = root.child("p:sldSz")
        sides = size.attrs if size else {}
        self._size = _whole(sides.get("cx")), _whole(sides.get("cy"))
        listed = root.child("p:sldIdLst")
        for number, told in enumerate(listed.children if listed else [], 1):
            part = related.get(told.attrs.get("?:id", ""))
            if part is None or part.name not in self._package:
                self._leave(f"slide {number}")
            else:
                self._read_slide(number, part)
        self._seen.append(self._rest, "\n\n")
        return self._seen.finish()

    def _read_slide(self, number: int, part: Related) -> None:
        behind = Background(self._package, part)
        shapes = self._shapes(part, behind.colour)
        hidden = "" if shapes.shown else "hidden slide"
        page = Writer()
        for shape in shapes.found:
            why = hidden or shape.hidden or shapes.leaving.get(shape.id, "")
            if why:
                self._add(shape, number, why)
                continue
            if page.length:
                page.marks.append(
                    Mark(page.length, page.length, MarkKind.JOINED, "another shape of the slide")
                )
            page.append(shape.words)
        start = self._seen.append(page, "\n\n")
        if page.length:
            self._seen.marks.append(Mark(start, self._seen.length, MarkKind.SLIDE, str(number)))
        for shape in shapes.aside:
            self._add(shape, number, shape.hidden)
        self._read_beside(number, part, hidden)

    def _shapes(self, part: Related, colour: str | None) -> Shapes:
        shapes = Shapes(self._size, colour)
        parse(self._package.read(part.name), shapes, part.name)
        return shapes

    def _read_beside(self, number: int, part: Related, hidden: str) -> None:
        """Notes, comments, diagrams and charts of a slide, and what its layout puts on it."""
        for one in self._package.related(part.name):
            if one.name not in self._package:
                continue
            if one.kind == "notesSlide":
                for shape in self._shapes(one, None).everything():
                    self._add(shape, number, _NOTES)
            elif one.kind in _BESIDE:
                for shape in self._shapes(one, None).everything():
                    self._add(shape, number, hidden, _BESIDE[one.kind])
            elif one.kind.startswith(("chart", "oleObject", "control")):
                self._leave(f"{one.kind} on slide {number}")
            elif one.kind in _STANDING:
                self._read_standing(one)

    def _read_standing(self, part: Related) -> None:
        """What stands on every slide of a layout."""
        if part.name in self._standing or part.name not in self._package:
            return
        self._standing.add(part.name)
        for shape in self._shapes(part, None).found:
            if not shape.placeholder:
                self._add(shape, None, shape.hidden, "layout of slides")
        for one in self._package.related(part.name):
            if one.kind == "slideMaster":
                self._read_standing(one)

    def _add(self, shape: Shape, number: int | None, hidden: str, called: str = "") -> None:
        start = self._rest.append(shape.words)
        if not shape.words.length:
            return
        told = [
            (MarkKind.SLIDE, str(number or "")),
            (MarkKind.PART, called),
            (MarkKind.HIDDEN, hidden),
        ]
        self._rest.marks += [
            Mark(start, self._rest.length, kind, detail) for kind, detail in told if detail
        ]

    def _leave(self, what: str) -> None:
        if len(self.unread) < _MOST_UNREAD:
            self.unread.add(what)


def _whole(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 12 else 0
