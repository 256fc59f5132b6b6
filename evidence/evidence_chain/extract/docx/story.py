"""One story of a DOCX, as ECMA-376 calls a body of text, element by element (part 1, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.docx import layout
from evidence_chain.extract.docx.controls import key_of
from evidence_chain.extract.docx.references import REFERENCES
from evidence_chain.extract.docx.story_text import StoryText
from evidence_chain.extract.docx.style.colours import read_fill
from evidence_chain.extract.docx.style.styles import PLAIN, Styles, read_look, read_numbered
from evidence_chain.extract.docx.text import CHANGES, read_change, switched_on
from evidence_chain.extract.docx.xml import Alternatives, Tree
from evidence_chain.extract.stream import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract.docx.controls import Key
    from evidence_chain.extract.docx.references import References
    from evidence_chain.extract.docx.style.numbers import Numbers
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.writing import Writer

_PROPERTIES = frozenset(
    {"w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr", "w:sectPr"}
    | {"m:dPr", "m:phantPr", "m:borderBoxPr"}
)
_TEXTS = ("w:t", "w:delText", "a:t", "m:t", "c:v", "w:instrText")
_SHAPES = ("v:group", "v:shape", "v:rect", "v:roundrect", "v:oval")
_DRAWINGS = ("wp:inline", "wp:anchor", "wps:wsp", *_SHAPES)
_OF_DRAWINGS = ("wp:extent", "wp:positionH", "wp:positionV", "wps:cNvPr", "a:ext")
_CONTROLS = ("w:sdt", "m:phant", "m:borderBox")
_SIGNS = {
    **{"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "a:br": "\n"},
    **{"w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad", "m:den": "/"},
}
_PARTS = {
    **{"w:footnote": "footnote", "w:endnote": "endnote", "w:hdr": "header", "w:ftr": "footer"},
    **{"w:comment": "comment", "dgm:dataModel": "diagram", "c:chartSpace": "chart"},
}
_PICTURE = "text in place of a picture"
_REPLACED = "replaced by the value that the control is bound to"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""Namespaces of drawings for which Word takes the first of two alternatives."""


class Story(StoryText):
    """Reads a part. A `Handler` of XML."""

    def __init__(
        self,
        styles: Styles,
        numbers: Numbers,
        asides: Writer,
        replaced: dict[Key, str],
        references: References,
        hidden: str = "",
    ) -> None:
        super().__init__(styles, asides, hidden)
        self._references = references
        self._numbers = numbers
        self._replaced = replaced
        """Content controls whose words aren't seen, and what is."""
        self._path = [""]
        self._tree: Tree | None = None
        """The properties that are read."""
        self._text: list[str] | None = None
        """The text that is read."""
        self._part: tuple[int, int, str] = (0, 0, "")
        """Where the note, comment, header and so on began, and what it is."""
        self._alternatives = Alternatives(_UNDERSTOOD)
        self._skipped = 0
        """How many elements are open that are passed over."""
        self.namespace = self._alternatives.namespace

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
        if name == "w:instrText":
            self.add_code(text)
        elif text:
            self.say(text, deleted=name == "w:delText")
        if name == "c:v":
            self.end_paragraph()

    def _paragraph_properties(self, node: Node) -> None:
        paragraph = self.flow.paragraph
        self._references.tell_section(node.child("w:sectPr"))
        name = node.value("w:pStyle") or ""
        paragraph.style = self.styles.paragraph(name)
        paragraph.fill = read_fill(node)
        own, styled = read_numbered(node), paragraph.style.numbered
        if own.number is None:
            own = styled._replace(level=styled.level if own.level is None else own.level)
        listed = self._numbers.placed(own)
        placed = layout.read_placed(node).over(listed).over(paragraph.style.placed)
        paragraph.hidden = placed.hidden or layout.frame_hidden(node)
        paragraph.label = self._numbers.label(own, name)

    def _start_run(self, _name: str, _attrs: dict[str, str]) -> None:
        self.look, self.character = PLAIN, ""

    def _run_properties(self, node: Node) -> None:
        self.look = read_look(node)
        self.character = node.value("w:rStyle") or ""

    def _start_frame(self, name: str, _attrs: dict[str, str]) -> None:
        self.flow.start_frame(name, len(self.changes))

    def _end_frame(self, name: str) -> None:
        del self.changes[self.flow.end_frame("\t" if name == "w:tc" else "\n") :]

    def _frame_properties(self, node: Node) -> None:
        if node.name == "w:tblPr":
            style = self.styles.table(node.value("w:tblStyle") or "")
            fill, hidden = read_fill(node) or style.fill, layout.table_hidden(node)
            self.flow.style_frame(style.look, fill, hidden)
            self.flow.condition_table(switched_on(style.conditions, node.child("w:tblLook")))
        else:
            fill, hidden = read_fill(node), layout.piece_hidden(node)
            self.flow.style_frame(PLAIN, fill, hidden, shaded=fill is not None)
        changed = (child for child in node.children if child.name in CHANGES)
        self.changes += (read_change(child.name, child.attrs) for child in changed)

    def _start_part(self, name: str, attrs: dict[str, str]) -> None:
        author = attrs.get("w:author") if name == "w:comment" else None
        detail = f"comment by {author}" if author else _PARTS[name]
        self._part = self.flow.seen.length, self.asides.length, detail
        self.flow.start_frame("", len(self.changes))
        self.flow.style_frame(PLAIN, None, self._references.note_hidden(name, attrs))

    def _end_part(self, _name: str) -> None:
        start, aside, detail = self._part
        while self.flow.paragraphs:
            self.end_paragraph()
        self.flow.end_frame("\n")
        seen = self.flow.seen
        if seen.length > start:
            seen.marks.append(Mark(start, seen.length, MarkKind.PART, detail))
        elif self.asides.length > aside:
            self.asides.marks.append(Mark(aside, self.asides.length, MarkKind.PART, detail))

    def _start_reading(self, _name: str, _attrs: dict[str, str]) -> None:
        self.reading += 1

    def _end_reading(self, _name: str) -> None:
        self.reading -= 1

    def _control_properties(self, node: Node) -> None:
        """If the control shows something else than its words, that is added, and they aren't."""
        key = key_of(node)
        if key in self._replaced:
            self.controls[-1] = _REPLACED
            self.add_aside(self._replaced[key], MarkKind.PART, "value of a content control")

    def _formula_properties(self, node: Node) -> None:
        self.controls[-1] = layout.formula_hidden(node)

    def _bracket_properties(self, node: Node) -> None:
        told = [node.child(name) for name in ("m:begChr", "m:sepChr", "m:endChr")]
        self.shape_brackets([one.attrs.get("m:val", "") if one else None for one in told])

    def _start_limit(self, _name: str, _attrs: dict[str, str]) -> None:
        self.shifts.append("m:sub" if self._path[-1] == "m:limLow" else "m:sup")

    def _start_element(self, _name: str, _attrs: dict[str, str]) -> None:
        if self._path[-1] == "m:d":
            self.go_on_in_brackets()
        elif self._path[-1] in ("m:mr", "m:eqArr"):
            self.set_apart()

    def _start_drawing(self, name: str, attrs: dict[str, str]) -> None:
        self.drawings.append(layout.Box(attrs.get("style", "") if name in _SHAPES else ""))

    def _end_offset(self, _name: str) -> None:
        offset, self._text = "".join(self._text or ()), None
        if self.drawings:
            self.drawings[-1].put(offset)

    def _start_picture(self, name: str, attrs: dict[str, str]) -> None:
        self.tell_drawing(name, attrs)
        described = attrs.get("descr", "").strip()
        if described:
            self.add_aside(described, MarkKind.HIDDEN, _PICTURE)

    def _start_choice(self, _name: str, attrs: dict[str, str]) -> None:
        self._skipped = int(not self._alternatives.takes(attrs))


_STARTS: dict[str, Callable[[Story, str, dict[str, str]], None]] = {
    **dict.fromkeys((*_TEXTS, "wp:posOffset"), Story._start_text),
    **dict.fromkeys(_SIGNS, lambda story, name, _: story.say(_SIGNS[name])),
    **dict.fromkeys(
        CHANGES, lambda story, name, attrs: story.changes.append(read_change(name, attrs))
    ),
    **dict.fromkeys(_PARTS, Story._start_part),
    **dict.fromkeys(("m:sup", "m:sub"), lambda story, name, _: story.shifts.append(name)),
    "m:lim": Story._start_limit,
    **dict.fromkeys(("w:p", "a:p"), lambda story, _name, _: story.start_paragraph()),
    **dict.fromkeys(("w:r", "m:r", "a:r"), Story._start_run),
    **dict.fromkeys(("w:tbl", "w:tr", "w:tc"), Story._start_frame),
    **dict.fromkeys(("mc:Choice", "mc:Fallback"), Story._start_choice),
    "mc:AlternateContent": lambda story, _name, _: story._alternatives.begin(),
    "w:txbxContent": lambda story, _name, _: story.start_box(),
    "w:fldChar": lambda story, _, attrs: story.turn_field(attrs.get("w:fldCharType", "")),
    "w:sym": lambda story, _, attrs: story.say_symbol(attrs),
    "w:fldSimple": lambda story, _, attrs: story.start_simple_field(attrs.get("w:instr", "")),
    **dict.fromkeys(
        ("w:bdo", "w:dir"), lambda story, _, attrs: story.turns.append(attrs.get("w:val", ""))
    ),
    "w:background": lambda story, _, attrs: story.styles.add_page(attrs.get("w:color")),
    **dict.fromkeys(REFERENCES, lambda story, name, attrs: story._references.tell(name, attrs)),
    "w:rt": Story._start_reading,
    "wp:docPr": Story._start_picture,
    **dict.fromkeys(_DRAWINGS, Story._start_drawing),
    **dict.fromkeys(_OF_DRAWINGS, Story.tell_drawing),
    **dict.fromkeys(("a:spAutoFit", "v:textbox"), Story.grow_drawings),
    **dict.fromkeys(_CONTROLS, lambda story, _name, _: story.controls.append("")),
    "m:f": lambda story, _name, _: story.set_apart(),
    "m:d": lambda story, _name, _: story.start_brackets(),
    "m:e": Story._start_element,
    "m:deg": lambda story, _name, _: story.shifts.append("m:sup"),
    "m:rad": lambda story, _name, _: story.say("\u221a"),
}
_ENDS: dict[str, Callable[[Story, str], object]] = {
    **dict.fromkeys(_TEXTS, Story._end_text),
    **dict.fromkeys(CHANGES, lambda story, _: story.changes.pop()),
    **dict.fromkeys(_PARTS, Story._end_part),
    **dict.fromkeys(("m:sup", "m:sub"), lambda story, _: story.shifts.pop()),
    **dict.fromkeys(("w:p", "a:p"), lambda story, _: story.end_paragraph()),
    **dict.fromkeys(("w:tbl", "w:tr", "w:tc"), Story._end_frame),
    "mc:AlternateContent": lambda story, _: story._alternatives.end(),
    "w:txbxContent": lambda story, _: story.end_box(),
    "w:rt": Story._end_reading,
    "w:fldSimple": lambda story, _: story.turn_field("end"),
    **dict.fromkeys(("w:bdo", "w:dir"), lambda story, _: story.turns.pop()),
    "wp:posOffset": Story._end_offset,
    **dict.fromkeys(_DRAWINGS, lambda story, _: story.drawings.pop().end()),
    **dict.fromkeys(_CONTROLS, lambda story, _: story.controls.pop()),
    "m:f": lambda story, _: story.set_apart(),
    "m:d": lambda story, _: story.end_brackets(),
    "m:deg": lambda story, _: story.shifts.pop(),
    "m:lim": lambda story, _: story.shifts.pop(),
}
_APPLIES: dict[tuple[str, str], Callable[[Story, Node], None]] = {
    ("w:pPr", "w:p"): Story._paragraph_properties,
    ("w:sectPr", "w:body"): lambda story, node: story._references.tell_section(node),
    ("w:rPr", "w:r"): Story._run_properties,
    ("w:rPr", "m:r"): Story._run_properties,
    ("w:sdtPr", "w:sdt"): Story._control_properties,
    ("m:dPr", "m:d"): Story._bracket_properties,
    ("m:phantPr", "m:phant"): Story._formula_properties,
    ("m:borderBoxPr", "m:borderBox"): Story._formula_properties,
    **{(f"{name}Pr", name): Story._frame_properties for name in ("w:tbl", "w:tr", "w:tc")},
}
