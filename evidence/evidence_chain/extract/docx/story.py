"""One story of a DOCX, as ECMA-376 calls a body of text, element by element (part 1, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.docx.story_text import StoryText
from evidence_chain.extract.docx.styles import PLAIN, Styles, read_fill, read_look, read_numbered
from evidence_chain.extract.docx.symbols import symbol
from evidence_chain.extract.docx.text import Change
from evidence_chain.extract.docx.xml import Tree
from evidence_chain.extract.stream import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract.docx.numbers import Numbers
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.writing import Writer

_PROPERTIES = frozenset({"w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr"})
_SIGNS = {
    **{"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "a:br": "\n"},
    **{"w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad", "m:den": "/"},
}
_CHANGES = {
    **{"w:ins": MarkKind.INSERTED, "w:moveTo": MarkKind.INSERTED},
    **{"w:del": MarkKind.DELETED, "w:moveFrom": MarkKind.DELETED},
    **{"w:cellIns": MarkKind.INSERTED, "w:cellDel": MarkKind.DELETED},
}
_PARTS = {
    **{"w:footnote": "footnote", "w:endnote": "endnote", "w:hdr": "header", "w:ftr": "footer"},
    **{"w:comment": "comment", "dgm:dataModel": "diagram", "c:chartSpace": "chart"},
}
_PICTURE = "text in place of a picture"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""Namespaces of drawings for which Word takes the first of two alternatives."""


class Story(StoryText):
    """Reads a part. A `Handler` of XML."""

    def __init__(self, styles: Styles, numbers: Numbers, asides: Writer) -> None:
        super().__init__(styles, asides)
        self._numbers = numbers
        self._path = [""]
        self._tree: Tree | None = None
        """The properties that are read."""
        self._text: list[str] | None = None
        """The text that is read."""
        self._part: tuple[int, str] = (0, "")
        """Where the note, comment, header and so on began, and what it is."""
        self._alternatives: list[bool] = []
        """For each open choice between alternatives, whether one was taken."""
        self._skipped = 0
        """How many elements are open that are passed over."""
        self._uris: dict[str, str] = {}

    def namespace(self, prefix: str, uri: str) -> None:
        """Remember what the document calls a namespace."""
        self._uris[prefix] = uri

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._skipped:
            self._skipped += 1
        elif self._tree:
            self._tree.start(name, attrs)
        elif name in _PROPERTIES:
            self._tree = Tree(name, attrs)
        else:
            if name in _STARTS:
                _STARTS[name](self, name, attrs)
            if not self._skipped:
                self._path.append(name)

    def text(self, data: str) -> None:
        """Some text, which counts in a few elements only."""
        if self._text is not None and not self._skipped:
            self._text.append(data)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif self._tree:
            self._end_property(self._tree, name)
        else:
            self._path.pop()
            if name in _ENDS:
                _ENDS[name](self, name)

    def _end_property(self, tree: Tree, name: str) -> None:
        """A property ends; with the outermost one, what it says holds."""
        if len(tree.open) > 1:
            tree.end(name)
            return
        self._tree = None
        apply = _APPLIES.get((name, self._path[-1]))
        if apply:
            apply(self, tree.root)

    def _start_text(self, _name: str, _attrs: dict[str, str]) -> None:
        self._text = []

    def _end_text(self, name: str) -> None:
        text, self._text = "".join(self._text or ()), None
        if text:
            self.say(text, deleted=name == "w:delText")
        if name == "c:v":
            self.end_paragraph()

    def _paragraph_properties(self, node: Node) -> None:
        paragraph = self.flow.paragraph
        name = node.value("w:pStyle") or ""
        paragraph.style = self.styles.paragraph(name)
        paragraph.fill = read_fill(node)
        own, styled = read_numbered(node), paragraph.style.numbered
        if own.number is None:
            own = styled._replace(level=styled.level if own.level is None else own.level)
        paragraph.label = self._numbers.label(own, name)

    def _start_run(self, _name: str, _attrs: dict[str, str]) -> None:
        self.look, self.character = PLAIN, ""

    def _run_properties(self, node: Node) -> None:
        self.look = read_look(node)
        self.character = node.value("w:rStyle") or ""

    def _start_frame(self, _name: str, _attrs: dict[str, str]) -> None:
        self.flow.start_frame(len(self.changes))

    def _end_frame(self, name: str) -> None:
        del self.changes[self.flow.end_frame("\t" if name == "w:tc" else "\n") :]

    def _frame_properties(self, node: Node) -> None:
        style = self.styles.named(node.value("w:tblStyle") or "")
        hidden = "hidden row" if node.switch("w:hidden") else ""
        self.flow.style_frame(style.look, read_fill(node) or style.fill, hidden)
        changed = (child for child in node.children if child.name in _CHANGES)
        self.changes += (_change(child.name, child.attrs) for child in changed)

    def _start_part(self, name: str, attrs: dict[str, str]) -> None:
        author = attrs.get("w:author") if name == "w:comment" else None
        detail = f"comment by {author}" if author else _PARTS[name]
        self._part = self.flow.seen.length, detail

    def _end_part(self, _name: str) -> None:
        start, detail = self._part
        while self.flow.paragraphs:
            self.end_paragraph()
        seen = self.flow.seen
        if seen.length > start:
            seen.marks.append(Mark(start, seen.length, MarkKind.PART, detail))

    def _start_field(self, _name: str, attrs: dict[str, str]) -> None:
        """A field's code is no text; its result, from `separate` to `end`, is."""
        fields, kind = self.flow.fields, attrs.get("w:fldCharType")
        if kind == "begin":
            fields.append(False)
        elif kind == "separate" and fields:
            fields[-1] = True
        elif kind == "end":
            del fields[-1:]

    def _start_reading(self, _name: str, _attrs: dict[str, str]) -> None:
        self.reading += 1

    def _end_reading(self, _name: str) -> None:
        self.reading -= 1

    def _start_picture(self, _name: str, attrs: dict[str, str]) -> None:
        described = attrs.get("descr", "").strip()
        if described:
            self.add_aside(described, MarkKind.HIDDEN, _PICTURE)

    def _start_choice(self, _name: str, attrs: dict[str, str]) -> None:
        """The first alternative that is understood is taken, and the others passed over."""
        if not self._alternatives:
            return
        required = [self._uris.get(prefix, "") for prefix in attrs.get("Requires", "").split()]
        if self._alternatives[-1] or not all(uri.startswith(_UNDERSTOOD) for uri in required):
            self._skipped = 1
        self._alternatives[-1] = self._alternatives[-1] or not self._skipped


def _change(name: str, attrs: dict[str, str]) -> Change:
    who = attrs.get("w:author", ""), attrs.get("w:date", "")
    return Change(_CHANGES[name], ", ".join(filter(None, who)))


_STARTS: dict[str, Callable[[Story, str, dict[str, str]], None]] = {
    **dict.fromkeys(("w:t", "w:delText", "a:t", "m:t", "c:v"), Story._start_text),
    **dict.fromkeys(_SIGNS, lambda story, name, _: story.say(_SIGNS[name])),
    **dict.fromkeys(
        _CHANGES, lambda story, name, attrs: story.changes.append(_change(name, attrs))
    ),
    **dict.fromkeys(_PARTS, Story._start_part),
    **dict.fromkeys(("m:sup", "m:sub"), lambda story, name, _: story.shifts.append(name)),
    **dict.fromkeys(("w:p", "a:p"), lambda story, _name, _: story.start_paragraph()),
    **dict.fromkeys(("w:r", "m:r", "a:r"), Story._start_run),
    **dict.fromkeys(("w:tbl", "w:tr", "w:tc"), Story._start_frame),
    **dict.fromkeys(("mc:Choice", "mc:Fallback"), Story._start_choice),
    "mc:AlternateContent": lambda story, _name, _: story._alternatives.append(False),
    "w:txbxContent": lambda story, _name, _: story.start_box(),
    "w:fldChar": Story._start_field,
    "w:sym": lambda story, _, attrs: story.say(
        symbol(attrs.get("w:char", ""), attrs.get("w:font", ""))
    ),
    "w:rt": Story._start_reading,
    "wp:docPr": Story._start_picture,
}
_ENDS: dict[str, Callable[[Story, str], object]] = {
    **dict.fromkeys(("w:t", "w:delText", "a:t", "m:t", "c:v"), Story._end_text),
    **dict.fromkeys(_CHANGES, lambda story, _: story.changes.pop()),
    **dict.fromkeys(_PARTS, Story._end_part),
    **dict.fromkeys(("m:sup", "m:sub"), lambda story, _: story.shifts.pop()),
    **dict.fromkeys(("w:p", "a:p"), lambda story, _: story.end_paragraph()),
    **dict.fromkeys(("w:tbl", "w:tr", "w:tc"), Story._end_frame),
    "mc:AlternateContent": lambda story, _: story._alternatives.pop(),
    "w:txbxContent": lambda story, _: story.end_box(),
    "w:rt": Story._end_reading,
}
_APPLIES: dict[tuple[str, str], Callable[[Story, Node], None]] = {
    ("w:pPr", "w:p"): Story._paragraph_properties,
    ("w:rPr", "w:r"): Story._run_properties,
    ("w:rPr", "m:r"): Story._run_properties,
    **{(f"{name}Pr", name): Story._frame_properties for name in ("w:tbl", "w:tr", "w:tc")},
}
