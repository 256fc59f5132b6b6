"""The paragraphs of a DOCX while they are read: what is seen, and what was there before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.style.styles import PLAIN, Look, Style
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.extract.docx.fields import Field
    from evidence_chain.extract.docx.style.numbers import Label
    from evidence_chain.extract.docx.style.styles import Condition
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.html.style.colours import Colour

_LONGEST_CLAUSE = 200_000
_MOST_TOLD = 60
"""Characters of the words of a list that a mark repeats."""
STRUCK = "struck out"
Doubt = tuple[MarkKind, str]
"""A mark, and why."""


CHANGES = {
    **{"w:ins": MarkKind.INSERTED, "w:moveTo": MarkKind.INSERTED},
    **{"w:del": MarkKind.DELETED, "w:moveFrom": MarkKind.DELETED},
    **{"w:cellIns": MarkKind.INSERTED, "w:cellDel": MarkKind.DELETED},
}
"""By the names of elements: which change they track."""

_CORNERS = {
    **{"nwCell": ("firstRow", "firstCol"), "neCell": ("firstRow", "lastCol")},
    **{"swCell": ("lastRow", "firstCol"), "seCell": ("lastRow", "lastCol")},
}
"""Of which edges a cell in a corner is, whose ground it has, if it says none itself."""
_LOOKS = {
    **{"firstRow": ("firstRow", 0x20), "lastRow": ("lastRow", 0x40)},
    **{"firstCol": ("firstColumn", 0x80), "lastCol": ("lastColumn", 0x100)},
    **{"band1Horz": ("noHBand", 0x200), "band2Horz": ("noHBand", 0x200)},
    **{"band1Vert": ("noVBand", 0x400), "band2Vert": ("noVBand", 0x400)},
}
"""By kinds of cells: what switches their format on or off (ECMA-376 part 1, 17.4.55)."""


class Change(NamedTuple):
    """A tracked change."""

    kind: MarkKind
    """`INSERTED` or `DELETED`."""
    detail: str
    """Whose, and when."""


def read_change(name: str, attrs: dict[str, str]) -> Change:
    """The change that an element of this name tracks."""
    who = attrs.get("w:author", ""), attrs.get("w:date", "")
    return Change(CHANGES[name], ", ".join(filter(None, who)))


class Paragraph:
    """A paragraph as it reads now, and as it read before the tracked changes."""

    def __init__(self) -> None:
        self.now = Writer()
        self.before: list[str] = []
        self.deleted: list[str] = []
        """The details of the deletions in it."""
        self.style_name = ""
        self.style = Style()
        self.fill: Colour | None = None
        self.label: Label | None = None
        self.hidden = ""
        """Why nothing in it is seen."""
        self.typed: list[str] = []
        """What is there now, with the small letters that are shown as capitals."""

    def say(
        self, text: str, change: Change | None, look: Look = PLAIN, doubts: Sequence[Doubt] = ()
    ) -> None:
        """Add text that is there now, or was before, or both, with what is doubtful of it."""
        start = self.now.length
        if change is None or change.kind == MarkKind.DELETED:
            self.before.append(text)
        if change is None or change.kind == MarkKind.INSERTED:
            self.typed.append(text)
            self.now.write(_capitals(text) if look.caps else text)
            if look.struck:
                self.now.mark(start, MarkKind.DELETED, STRUCK)
            for kind, detail in doubts:
                self.now.mark(start, kind, detail)
        if change and change.kind == MarkKind.INSERTED:
            self.now.mark(start, *change)
        elif change:
            self.deleted.append(change.detail)
            self.now.mark(start, change.kind, f"left out here: {change.detail}".rstrip(": "))


def _capitals(text: str) -> str:
    """`text` in capitals, letter by letter: those of two letters, as for ß, are not written."""
    return "".join(big if len(big := one.upper()) == 1 else one for one in text)


class Frame(NamedTuple):
    """A table, a row or a cell."""

    changes: int
    """How many changes were open where it began."""
    look: Look = PLAIN
    """What the style of the table says."""
    fill: Colour | None = None
    hidden: str = ""
    """Why nothing in it is seen."""
    conditions: tuple[Condition, ...] = ()
    """What the style of the table says of some of its cells, as far as it may hold here."""
    shaded: bool = False
    """Whether the cell itself says what is behind its text."""
    held: int = 0
    """How many it holds so far."""


def switched_on(conditions: tuple[Condition, ...], look: Node | None) -> list[Condition]:
    """The formats of some cells that a table switches on by its `w:tblLook`.

    A cell in a corner has the ground of its row or column unless it has its own.
    """
    fills = {one.kind: one.fill for one in reversed(conditions) if one.fill}
    found = []
    for one in conditions:
        edges = _CORNERS.get(one.kind, ())
        if look is None or all(_is_on(kind, look) for kind in edges or (one.kind,)):
            fill = next(filter(None, map(fills.get, (one.kind, *edges))), None)
            found.append(one._replace(fill=fill))
    return found


def _is_on(kind: str, look: Node) -> bool:
    if kind not in _LOOKS:
        return True
    name, bit = _LOOKS[kind]
    value = look.attrs.get("w:val", "")
    on = int(value, 16) & bit > 0 if re.fullmatch("[0-9a-fA-F]{1,4}", value) else False
    if f"w:{name}" in look.attrs:
        on = look.attrs[f"w:{name}"] not in ("0", "false", "off")
    return on != name.startswith("no")


class Flow:
    """Paragraphs that follow one another: of a part, or of one text box."""

    def __init__(self, page: Sequence[Colour] = (), hidden: str = "") -> None:
        self.seen = Writer()
        self.gap = "\n"
        """What comes before the next paragraph."""
        self.paragraphs: list[Paragraph] = []
        self.frames = [Frame(0, hidden=hidden)]
        self.fields: list[Field] = []
        """The open ones."""
        self._page = page
        self._clauses: list[tuple[Label, int]] = []

    @property
    def paragraph(self) -> Paragraph:
        """The innermost open one, which is made if there is none."""
        if not self.paragraphs:
            self.paragraphs.append(Paragraph())
        return self.paragraphs[-1]

    @property
    def behind(self) -> Sequence[Colour]:
        """The colours that may be behind the paragraph, as far as they are known."""
        fill = self.paragraph.fill or self.paragraph.style.fill or self.frames[-1].fill
        return [fill] if fill else self._page

    def conditional(self) -> Iterator[tuple[Look, Sequence[Colour]]]:
        """How the cell looks, and what is behind it, under each format that may hold there."""
        frame, own = self.frames[-1], self.paragraph.fill or self.paragraph.style.fill
        for one in frame.conditions:
            if not own and not frame.shaded and one.fill:
                yield one.look.over(frame.look), [one.fill]
            else:
                yield one.look.over(frame.look), self.behind

    def start_frame(self, name: str, changes: int) -> None:
        """A table, row or cell begins while so many changes are open.

        What the style of the table says of the first row or cell is kept for that alone.
        """
        outer = self.frames[-1]
        self.frames[-1] = outer._replace(held=outer.held + 1)
        first = {"w:tr": "firstRow", "w:tc": "firstCol"}.get(name) if outer.held else None
        kept = tuple(
            one for one in outer.conditions if first not in (one.kind, *_CORNERS.get(one.kind, ()))
        )
        self.frames.append(outer._replace(changes=changes, conditions=kept, held=0))

    def style_frame(
        self, look: Look, fill: Colour | None, hidden: str = "", *, shaded: bool = False
    ) -> None:
        """The innermost table, row or cell looks so, where this says anything."""
        frame = self.frames[-1]
        self.frames[-1] = frame._replace(
            look=look.over(frame.look),
            fill=fill or frame.fill,
            hidden=frame.hidden or hidden,
            shaded=shaded or frame.shaded,
        )

    def condition_table(self, conditions: Sequence[Condition]) -> None:
        """What the style of the innermost table says of some of its cells."""
        self.frames[-1] = self.frames[-1]._replace(conditions=tuple(conditions), shaded=False)

    def end_frame(self, gap: str) -> int:
        """It ends, before `gap`; how many changes were open when it began."""
        self.gap = gap
        return self.frames.pop().changes

    def flush(self) -> None:
        """End the innermost paragraph."""
        done = self.paragraphs.pop()
        if done.label and done.label.text:
            self._begin_clause(done.label)
        if done.now.length:
            self.seen.append(_numbered(done), self.gap)
            self.gap = "\n"
        else:
            self.seen.append(done.now, "")

    def finish(self) -> Writer:
        """End what is open; all that is seen."""
        while self.paragraphs:
            self.flush()
        while self._clauses:
            self._end_clause()
        return self.seen

    def _begin_clause(self, label: Label) -> None:
        """A clause lasts until the next one of its list on its level or above."""
        alike = [
            at
            for at, (open_, _) in enumerate(self._clauses)
            if open_.outline == label.outline and open_.level >= label.level
        ]
        while alike and len(self._clauses) > alike[0]:
            self._end_clause()
        self._clauses.append((label, self.seen.length))

    def _end_clause(self) -> None:
        label, start = self._clauses.pop()
        if 0 < self.seen.length - start <= _LONGEST_CLAUSE:
            self.seen.marks.append(Mark(start, self.seen.length, MarkKind.CLAUSE, label.text))


def _numbered(paragraph: Paragraph) -> Writer:
    """A paragraph with its number before it, as it is shown."""
    if not paragraph.label or not paragraph.label.shown:
        return paragraph.now
    whole = Writer()
    whole.write(paragraph.label.shown)
    whole.mark(0, MarkKind.PART, "list number")
    start = whole.append(paragraph.now, "\t")
    if paragraph.label.worded:
        detail = f"the list puts words before it: {paragraph.label.shown[:_MOST_TOLD]}"
        whole.mark(start, MarkKind.UNSURE, detail)
    return whole
