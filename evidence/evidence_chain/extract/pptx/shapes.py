"""The shapes of a slide (ECMA-376 part 1, 19.3), with their words and whether they are seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.xml import Tree
from evidence_chain.extract.pptx.backgrounds import colour_in
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer, lower_characters, raise_characters

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node

_SHAPES = ("p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:cm", "dgm:pt")
_SMALLEST = 200
"""Hundredths of a point below which letters aren't seen."""
_USUAL = 1800
"""Hundredths of a point of letters whose size isn't told."""
_FARTHEST, _FAINTEST = 1_000_000, 5_000
"""Thousandths of a per cent: of the letters' height off their line, and of ink, for no one."""
_OFF = "off the slide"


class Shape(NamedTuple):
    """One shape."""

    id: str
    words: Writer
    hidden: str
    placeholder: bool


class _Frame(NamedTuple):
    """What the coordinates in a group are on the slide: times a scale, and moved."""

    scale_x: float = 1
    scale_y: float = 1
    move_x: float = 0
    move_y: float = 0


class Shapes:
    """Collects the shapes of a part. A `Handler`."""

    def __init__(self, size: tuple[int, int], background: str | None) -> None:
        self.found: list[Shape] = []
        self.aside: list[Shape] = []
        """Letters that aren't seen, out of their shapes."""
        self.leaving: dict[str, str] = {}
        """Shapes that an animation takes away, by their ids, and why they aren't seen."""
        self.shown = True
        self._size, self._background = size, background
        self._names: list[str] = []
        self._frames = [_Frame()]
        self._unseen = [""]
        self._id = self._fill = ""
        self._placeholder = False
        self._words = Writer()
        self._tree: Tree | None = None
        self._run: Node | None = None
        self._doubt = ""
        self._passed = 0
        self._leaving = False
        """Whether an animation is open that takes something away."""
        self._between = "\n"
        """What stands before the next paragraph."""
        self._row_begins = False
        self._covered = False
        """Whether the cell that is open is covered by a merge."""

    def everything(self) -> list[Shape]:
        """All shapes, and letters that aren't seen."""
        return [*self.found, *self.aside]

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._passed or name == "mc:Fallback":
            self._passed += 1
            return
        if self._tree is not None:
            self._tree.start(name, attrs)
            return
        if name in ("a:rPr", "p:spPr", "p:grpSpPr", "p:xfrm", "a:endParaRPr"):
            self._tree = Tree(name, attrs)
            return
        self._names.append(name)
        if name in _SHAPES:
            self._words, self._id, self._placeholder, self._fill = Writer(), "", False, ""
            self._unseen.append("")
        elif name == "p:grpSp":
            self._frames.append(self._frames[-1])
            self._unseen.append("")
        else:
            self._start_properties(name, attrs)

    def _start_properties(self, name: str, attrs: dict[str, str]) -> None:
        if name == "p:sld":
            self.shown = attrs.get("show") not in ("0", "false")
        elif name == "p:cNvPr":
            self._id = attrs.get("id", "")
            if attrs.get("hidden") in ("1", "true"):
                self._unseen[-1] = "hidden shape"
        elif name == "p:ph":
            self._placeholder = True
        elif name == "p:cTn" and attrs.get("presetClass") == "exit":
            self._leaving = True
        else:
            self._start_text(name, attrs)

    def _start_text(self, name: str, attrs: dict[str, str]) -> None:
        words = self._words
        if name in ("a:p", "?:text", "p:text"):
            words.write(self._between if words.length else "")
            self._between = "\n"
        elif name == "a:tr":
            self._row_begins = True
        elif name == "a:tc":
            self._between = "\n" if self._row_begins else "\t"
            self._row_begins = False
            self._covered = any(attrs.get(one) in ("1", "true") for one in ("hMerge", "vMerge"))
        elif name == "a:br":
            words.write("\n")
        elif name in ("a:r", "a:fld"):
            self._run = None
            dated = attrs.get("type", "").startswith("datetime")
            self._doubt = "a date that is put in when it is shown" if dated else ""
        elif name == "p:spTgt" and self._leaving:
            self.leaving[attrs.get("spid", "")] = "an animation takes it away"

    def end(self, name: str) -> None:
        """An element ends."""
        if self._passed:
            self._passed -= 1
            return
        if self._tree is not None:
            self._end_tree(name)
            return
        if self._names:
            self._names.pop()
        if name in _SHAPES:
            why = next(filter(None, self._unseen), "")
            if self._words.length:
                self.found.append(Shape(self._id, self._words, why, self._placeholder))
            self._words = Writer()
            self._unseen.pop()
        elif name == "p:grpSp":
            self._frames.pop()
            self._unseen.pop()
        elif name == "p:cTn":
            self._leaving = False
        elif name == "a:tc":
            self._covered = False

    def text(self, data: str) -> None:
        """Some text, which counts in `a:t`."""
        if self._passed or self._tree or not self._names:
            return
        if self._names[-1] in ("a:t", "p:text", "?:text"):
            self._say(data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""

    def _end_tree(self, name: str) -> None:
        tree = self._tree
        if tree is None or len(tree.open) > 1:
            if tree:
                tree.end(name)
            return
        self._tree, node = None, tree.root
        if name == "a:rPr":
            self._run = node
        elif name != "a:endParaRPr":
            self._place(name, node if name == "p:xfrm" else node.child("a:xfrm"), node)

    def _place(self, name: str, form: Node | None, properties: Node) -> None:
        """Where a shape or group stands, and its filling."""
        filling = properties.child("a:solidFill")
        if name == "p:spPr":
            other = any(
                one.name.endswith("Fill") and one.name != "a:noFill" for one in properties.children
            )
            self._fill = (colour_in(filling) or "?") if filling else "?" if other else ""
        box = _box(form, "a:off", "a:ext")
        if box is None:
            return
        frame = self._frames[-1]
        if name == "p:grpSpPr" and len(self._frames) > 1:
            inner = _box(form, "a:chOff", "a:chExt")
            if inner and inner[2] and inner[3]:
                x, y = box[2] / inner[2], box[3] / inner[3]
                self._frames[-1] = _Frame(
                    frame.scale_x * x,
                    frame.scale_y * y,
                    frame.move_x + frame.scale_x * (box[0] - inner[0] * x),
                    frame.move_y + frame.scale_y * (box[1] - inner[1] * y),
                )
        elif name != "p:grpSpPr" and self._size[0]:
            left = frame.move_x + frame.scale_x * box[0]
            top = frame.move_y + frame.scale_y * box[1]
            right, bottom = left + frame.scale_x * box[2], top + frame.scale_y * box[3]
            if right <= 0 or bottom <= 0 or left >= self._size[0] or top >= self._size[1]:
                self._unseen[-1] = self._unseen[-1] or _OFF

    def _say(self, data: str) -> None:
        run = self._run
        why = "covered by a merge with other cells" if self._covered else ""
        why = why or (self._why_hidden(run) if run else "")
        if why:
            words = self._words
            words.mark(words.length, MarkKind.HIDDEN, f"left out here: {why}")
            line = Writer()
            line.write(data)
            self.aside.append(Shape(self._id, line, why, placeholder=False))
            return
        attrs = run.attrs if run else {}
        data = data.upper() if attrs.get("cap") == "all" else data
        raised = attrs.get("baseline", "0")
        if raised not in ("0", ""):
            data = (lower_characters if raised.startswith("-") else raise_characters)(data)
        start = self._words.length
        self._words.write(data)
        if attrs.get("strike", "noStrike") != "noStrike":
            self._words.mark(start, MarkKind.DELETED, "struck out")
        if self._doubt:
            self._words.marks.append(Mark(start, self._words.length, MarkKind.UNSURE, self._doubt))

    def _why_hidden(self, run: Node) -> str:
        size = run.attrs.get("sz", "")
        if size.isdecimal() and int(size[:6]) < _SMALLEST:
            return "letters too small to be seen"
        if abs(_number(run.attrs.get("baseline"))) > _FARTHEST:
            return "raised or lowered off the slide"
        if -_number(run.attrs.get("spc")) > (_number(size) or _USUAL):
            return "letters one on the other"
        if run.child("a:noFill"):
            return "letters without colour"
        fillings = _fillings(run)
        if fillings and all(map(_is_clear, fillings)):
            return "letters that can be seen through"
        colours = {colour_in(one) for one in fillings}
        colour = colours.pop() if len(colours) == 1 else None
        behind = self._fill or self._background
        if colour and "p:graphicFrame" not in self._names and colour == behind:
            return "letters in the colour of what is behind them, if nothing else lies there"
        return ""


def _number(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value) else 0


def _fillings(run: Node) -> list[Node]:
    """What letters are filled with: a colour, or the stops of one that changes."""
    solid, gradient = run.child("a:solidFill"), run.child("a:gradFill")
    stops = gradient.child("a:gsLst") if gradient else None
    return [solid] if solid else stops.all("a:gs") if stops else []


def _is_clear(filling: Node) -> bool:
    alphas = [alpha for colour in filling.children for alpha in colour.all("a:alpha")]
    values = [alpha.attrs.get("val", "100000").removesuffix("%") for alpha in alphas]
    return any(re.fullmatch(r"\d{1,6}", value) and int(value) < _FAINTEST for value in values)


def _box(form: Node | None, first: str, second: str) -> tuple[int, int, int, int] | None:
    if form is None:
        return None
    off, size = form.child(first), form.child(second)
    if off is None or size is None:
        return None
    try:
        told = off.attrs["x"], off.attrs["y"], size.attrs["cx"], size.attrs["cy"]
        left, top, width, height = (int(one[:15]) for one in told)
    except (KeyError, ValueError):
        return None
    return left, top, width, height
