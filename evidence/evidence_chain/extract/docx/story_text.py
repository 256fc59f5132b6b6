"""What becomes of the text of a story: it is put where it stands, or after all that is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from evidence_chain.extract.docx.fields import Field
from evidence_chain.extract.docx.style.styles import PLAIN, Look, Styles
from evidence_chain.extract.docx.style.symbols import OTHER_SIGNS, shows_others, symbol
from evidence_chain.extract.docx.text import Change, Doubt, Flow, Paragraph
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import THIN_SPACE, Writer, lower_characters, raise_characters

if TYPE_CHECKING:
    from evidence_chain.extract.docx.layout import Box

_SHIFTED = {
    **{"superscript": raise_characters, "subscript": lower_characters},
    **{"m:sup": raise_characters, "m:sub": lower_characters},
}
_CELLS = "possibly, by the format of some cells of its table"
_TURNED = "letters that are turned round"
_DIRECTIONS = {"rtl": ("L", "EN"), "ltr": ("R", "AL", "AN")}
"""What each direction turns round, by the classes of Unicode."""
_GROWS = "mso-fit-shape-to-text:t"
_AS_TYPED = "in small letters, shown as capitals"


class StoryText:
    """The text of one part, while it is read; `finish` gives what is seen of it."""

    def __init__(self, styles: Styles, asides: Writer, hidden: str = "") -> None:
        self.styles = styles
        self.asides = asides
        """What isn't seen where it stands: a line for each piece of it, of all parts."""
        self.flows = [Flow(styles.page, hidden)]
        self.boxes: list[Writer] = []
        self.look = PLAIN
        """Of the run that is read."""
        self.character = ""
        """The name of its style."""
        self.changes: list[Change] = []
        self.shifts: list[str] = []
        """The open superscripts and subscripts of formulas."""
        self.drawings: list[Box] = []
        """The open ones, which may hold text boxes."""
        self.controls: list[str] = []
        """For each open content control, why its words aren't seen, if so; and for phantoms."""
        self._brackets: list[list[str]] = []
        """Of each open pair of a formula: what comes next, what stands between, what comes last."""
        self.turns: list[str] = []
        """The directions that are forced upon letters, `ltr` or `rtl`."""
        self._apart = False
        self.reading = 0
        """How many readings (ruby) are open."""
        self._runs: list[tuple[Look, str]] = []
        """Those that hold the open text boxes."""
        self._hiding: Paragraph | None = None
        """The paragraph of which the last line of the asides is, while nothing seen followed."""

    @property
    def flow(self) -> Flow:
        """The innermost flow of paragraphs."""
        return self.flows[-1]

    def finish(self) -> Writer:
        """What is seen: the paragraphs, and then those of text boxes."""
        while len(self.flows) > 1:
            self.end_box()
        seen = self.flow.finish()
        for box in self.boxes:
            start = seen.append(box)
            seen.marks.append(Mark(start, seen.length, MarkKind.PART, "text box"))
        return seen

    def say(self, text: str, *, deleted: bool = False, doubt: str = "") -> None:
        """Take text over.

        Args:
            text: what a run holds.
            deleted: whether the element that held it is one for deleted text.
            doubt: why other signs may be seen.
        """
        paragraph, look = self.flow.paragraph, self._whole_look()
        for field in self.flow.fields:
            field.worded |= bool(text.strip())
        hidden = self._hidden(look)
        if hidden:
            self._put_aside(text, MarkKind.HIDDEN, hidden)
        elif self.reading:
            self._put_aside(text, MarkKind.PART, "reading aid")
        else:
            self._hiding = None
            said = self._shift(text, look)
            if self._apart and paragraph.now.ends_with_digit and said[:1].isdecimal():
                said = THIN_SPACE + said
            self._apart = False
            doubts = self._doubts(text, look, doubt)
            paragraph.say(said, self._change(deleted=deleted), look, doubts)

    def say_symbol(self, attrs: dict[str, str]) -> None:
        """Take over a character of a symbol font (`w:sym`)."""
        text, sure = symbol(attrs.get("w:char", ""), attrs.get("w:font", ""))
        self.say(text, doubt="" if sure else OTHER_SIGNS)

    def set_apart(self) -> None:
        """What comes next is no part of a number before it, as a fraction is none: 5½, not 51/2."""
        self._apart = True

    def turn_field(self, kind: str) -> None:
        """A field begins or ends, or its result begins: its code is no text, its result is.

        One whose code draws an equation or words shows these.
        """
        fields = self.flow.fields
        if kind == "begin":
            fields.append(Field())
        elif kind == "separate" and fields:
            fields[-1].begun = True
        elif kind == "end" and fields:
            text, doubt = fields.pop().drawn()
            self.set_apart()
            if text:
                self.say(text, doubt=doubt)
            elif doubt:
                now = self.flow.paragraph.now
                now.mark(now.length, MarkKind.HIDDEN, f"left out here: {doubt}")
            self.set_apart()

    def start_simple_field(self, code: str) -> None:
        """A field with its code begins, and so does its result."""
        self.flow.fields.append(Field(code, begun=True))

    def add_code(self, code: str) -> None:
        """Some of the code of the innermost field."""
        if self.flow.fields:
            self.flow.fields[-1].code += code

    def start_brackets(self) -> None:
        """A pair of brackets begins in a formula; between its parts are bars (ECMA-376, 22.1.2)."""
        self._brackets.append(["(", "|", ")"])

    def shape_brackets(self, chars: list[str | None]) -> None:
        """What opens the innermost pair, stands between its parts and closes it, as far as told."""
        usual = self._brackets[-1]
        self._brackets[-1] = [a if b is None else b for a, b in zip(usual, chars, strict=True)]

    def go_on_in_brackets(self) -> None:
        """A part of the innermost pair begins."""
        following, between, last = self._brackets[-1]
        self.say(following)
        self._brackets[-1] = [between, between, last]

    def end_brackets(self) -> None:
        """The innermost pair ends."""
        self.say(self._brackets.pop()[2])

    def tell_drawing(self, name: str, attrs: dict[str, str]) -> None:
        """An element in the innermost drawing begins."""
        if self.drawings:
            self.drawings[-1].tell(name, attrs)

    def grow_drawings(self, name: str, attrs: dict[str, str]) -> None:
        """The open drawings take the size of their text, if the element says so."""
        self.tell_drawing(name, attrs)
        if name == "a:spAutoFit" or _GROWS in attrs.get("style", "").replace(" ", ""):
            for drawing in self.drawings:
                drawing.flat = False

    def add_aside(self, text: str, kind: MarkKind, detail: str) -> None:
        """Add a line to the asides."""
        self._hiding = None
        self.asides.write("\n" if self.asides.length else "")
        start = self.asides.length
        self.asides.write(text)
        self.asides.marks.append(Mark(start, self.asides.length, kind, detail))

    def start_paragraph(self) -> None:
        """Begin a paragraph in the innermost flow."""
        self.flow.paragraphs.append(Paragraph())
        self.flow.paragraph.style = self.styles.paragraph("")

    def end_paragraph(self) -> None:
        """End it; if words of it were deleted, the asides have it as it was before."""
        paragraph = self.flow.paragraph
        before = "".join(paragraph.before)
        if paragraph.deleted and before.strip():
            detail = "; ".join(dict.fromkeys(filter(None, paragraph.deleted)))
            self.add_aside(before, MarkKind.DELETED, detail)
        self._add_typed(paragraph)
        self.flow.flush()

    def _add_typed(self, paragraph: Paragraph) -> None:
        """Add a paragraph as it is copied from a program, if some of it is shown as capitals.

        What is to be known of a part of it is to be known of all of it then.
        """
        typed, shown = "".join(paragraph.typed), "".join(paragraph.now.pieces)
        if typed == shown:
            return
        self.add_aside(typed, MarkKind.PART, _AS_TYPED)
        start = self.asides.length - len(typed)
        for mark in paragraph.now.marks:
            if mark.end > mark.start:
                self.asides.marks.append(Mark(start, self.asides.length, mark.kind, mark.detail))

    def start_box(self) -> None:
        """Begin a text box: its own paragraphs, on a background that isn't known."""
        self._runs.append((self.look, self.character))
        unseen = next((box.hidden for box in self.drawings if box.hidden), "")
        self.flows.append(Flow((), unseen or self._hidden(self._whole_look())))

    def end_box(self) -> None:
        """End it; the run that holds it goes on."""
        self.look, self.character = self._runs.pop()
        while self.flow.paragraphs:
            self.end_paragraph()
        box = self.flows.pop().finish()
        if box.length:
            self.boxes.append(box)
            for drawing in self.drawings:
                drawing.texts.append(box)

    def _whole_look(self) -> Look:
        """The look of the run, with what styles say."""
        style, frame = self.flow.paragraph.style, self.flow.frames[-1]
        return self.styles.look(self.look, self.character, style.look, frame.look)

    def _hidden(self, look: Look) -> str:
        """Why a reader doesn't see the run, which looks so; nothing if they do."""
        flow = self.flow
        of_fields = [field.hidden for field in flow.fields]
        reasons = [*of_fields, *self.controls, flow.frames[-1].hidden, flow.paragraph.hidden]
        return next(filter(None, reasons), "") or look.hidden(flow.behind) or self._conditional()

    def _conditional(self) -> str:
        """Why the format of some cells of a table may hide the run."""
        style = self.flow.paragraph.style
        for table, behind in self.flow.conditional():
            look = self.styles.look(self.look, self.character, style.look, table)
            if hidden := look.hidden(behind):
                return f"{hidden} ({_CELLS})"
        return ""

    def _doubts(self, text: str, look: Look, doubt: str) -> list[Doubt]:
        """Why a reader may see other signs than these, in another order."""
        found: list[Doubt] = [(MarkKind.UNSURE, doubt)] if doubt else []
        if not doubt and shows_others(text, look.font):
            found.append((MarkKind.UNSURE, OTHER_SIGNS))
        turned = {kind for turn in self.turns for kind in _DIRECTIONS.get(turn, ())}
        if turned and any(bidirectional(char) in turned for char in text):
            found.append((MarkKind.HIDDEN, _TURNED))
        return found

    def _put_aside(self, text: str, kind: MarkKind, detail: str) -> None:
        """Add to the asides what isn't read in its place; a mark there says so if it is hidden."""
        paragraph = self.flow.paragraph
        if self._hiding is not paragraph:
            if kind == MarkKind.HIDDEN and text.strip():
                paragraph.now.mark(paragraph.now.length, kind, f"left out here: {detail}")
            self.asides.write("\n" if self.asides.length else "")
            self._hiding = paragraph
        start = self.asides.length
        self.asides.write(text)
        self.asides.mark(start, kind, detail)

    def _shift(self, text: str, look: Look) -> str:
        shift = _SHIFTED.get(look.shift) or _SHIFTED.get(self.shifts[-1] if self.shifts else "")
        return shift(text) if shift else text

    def _change(self, *, deleted: bool) -> Change | None:
        """The change that decides: what was inserted and then deleted is not there."""
        deletions = [one for one in self.changes if one.kind == MarkKind.DELETED]
        if deleted and not deletions:
            return Change(MarkKind.DELETED, "")
        deciding = deletions or self.changes
        return deciding[-1] if deciding else None
