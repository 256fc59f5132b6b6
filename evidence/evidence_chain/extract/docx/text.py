"""The paragraphs of a DOCX while they are read: what is seen, and what was there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.styles import PLAIN, WHITE, Look, Style
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer

if TYPE_CHECKING:
    from evidence_chain.extract.docx.numbers import Label
    from evidence_chain.extract.html.style.colours import Colour

_LONGEST_CLAUSE = 200_000
STRUCK = "struck out"


class Change(NamedTuple):
    """A tracked change."""

    kind: MarkKind
    """`INSERTED` or `DELETED`."""
    detail: str
    """Whose, and when."""


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

    def say(self, text: str, change: Change | None, look: Look = PLAIN) -> None:
        """Add text that is there now, or was before, or both."""
        start = self.now.length
        if change is None or change.kind == MarkKind.DELETED:
            self.before.append(text)
        if change is None or change.kind == MarkKind.INSERTED:
            self.typed.append(text)
            self.now.write(_capitals(text) if look.caps else text)
            if look.struck:
                self.now.mark(start, MarkKind.DELETED, STRUCK)
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


class Flow:
    """Paragraphs that follow one another: of a part, or of one text box."""

    def __init__(self, behind: Colour | None = WHITE, hidden: str = "") -> None:
        self.seen = Writer()
        self.gap = "\n"
        """What comes before the next paragraph."""
        self.paragraphs: list[Paragraph] = []
        self.frames = [Frame(0, fill=behind, hidden=hidden)]
        self.fields: list[bool] = []
        """For each open field, whether its result has begun."""
        self._clauses: list[tuple[Label, int]] = []

    @property
    def paragraph(self) -> Paragraph:
        """The innermost open one, which is made if there is none."""
        if not self.paragraphs:
            self.paragraphs.append(Paragraph())
        return self.paragraphs[-1]

    @property
    def behind(self) -> Colour | None:
        """The colour behind the paragraph; `None` if it isn't known."""
        return self.paragraph.fill or self.paragraph.style.fill or self.frames[-1].fill

    def start_frame(self, changes: int) -> None:
        """A table, row or cell begins while so many changes are open."""
        self.frames.append(self.frames[-1]._replace(changes=changes))

    def style_frame(self, look: Look, fill: Colour | None, hidden: str) -> None:
        """The innermost table, row or cell looks so, where this says anything."""
        frame = self.frames[-1]
        self.frames[-1] = frame._replace(
            look=look.over(frame.look), fill=fill or frame.fill, hidden=frame.hidden or hidden
        )

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
    whole.append(paragraph.now, "\t")
    return whole
