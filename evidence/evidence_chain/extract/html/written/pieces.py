"""What is written of a page: the lines that are seen, and what stands aside of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract.html.elements import CELLS
from evidence_chain.extract.html.generated import quotation_marks
from evidence_chain.extract.html.raised import is_note, shifted
from evidence_chain.extract.html.style.values import has_words
from evidence_chain.extract.html.written.directions import against
from evidence_chain.extract.html.written.lines import Lines
from evidence_chain.extract.html.written.variants import LABEL, REPLACED, WORDS, other_forms
from evidence_chain.extract.stream import PUT_IN, Mark, MarkKind
from evidence_chain.text.language.characters import OTHER_FORM

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract.html.states import State

_SIGNS = frozenset("-+%.,/#=±×÷≠≈<>¬−–—‐‑")
"""What changes a number or its meaning beside it."""


_FIRST = re.compile(r"(?<![\w'’])[^\W\d_]")
_CASES: dict[str, Callable[[str], str]] = {
    "uppercase": str.upper,
    "lowercase": str.lower,
    "capitalize": lambda text: _FIRST.sub(lambda found: found[0].upper(), text),
}


class Written:
    """Lines, and asides."""

    def __init__(self) -> None:
        self.hidden = 0
        """Characters of hidden text, without white space."""
        self.seen, self.asides = Lines(), Lines()
        self._run: tuple[object, ...] | None = None
        """Of what the last line of the asides is, while nothing seen followed it."""
        self._picture: tuple[bool, str] | None = None
        """Whether a picture that was passed in a line is small, and what stands before it."""
        self._quotations = 0

    def show(self, text: str, state: State) -> None:
        """Write text that is seen."""
        shown = _CASES[state.case](text) if state.case in _CASES else text
        self._pass_picture(shown)
        start = self.seen.length
        if not self.seen.add(shown, preformatted=state.preformatted):
            return
        self._run = None
        if state.doubt:
            self.seen.mark(start, MarkKind.HIDDEN, f"possibly hidden: {state.doubt}")
        if state.turned and against(shown, state.turned):
            self.seen.mark(start, MarkKind.HIDDEN, "letters in another order")
        if shown != text:
            self.seen.mark(start, REPLACED, text)

    def hide(self, text: str, state: State) -> None:
        """Put hidden text aside, with a mark of no length where it would have stood."""
        if not text.strip():
            self.asides.separate(" ")
            return
        self.hidden += len("".join(text.split()))
        detail = state.hidden
        if self._run != (state.root, MarkKind.HIDDEN, detail):
            self.note(detail)
        self.put_aside(text, MarkKind.HIDDEN, detail, state.root, state.preformatted)

    def note(self, detail: str) -> None:
        """Say that something stands here which isn't written."""
        self.seen.mark(self.seen.length, MarkKind.HIDDEN, f"left out here: {detail}")

    def put_aside(
        self, text: str, kind: str, detail: str, root: int = 0, preformatted: bool = False
    ) -> None:
        """Add to the asides, on a new line unless it continues the last."""
        if self._run != (root, kind, detail):
            self.asides.separate("\n")
            self._run = root, kind, detail
        start = self.asides.length
        if self.asides.add(text, preformatted=preformatted):
            self.asides.mark(start, kind, detail)

    def stand_in(self, alt: str) -> None:
        """Put the text aside that stands for a picture."""
        self._run = None
        self.put_aside(alt, MarkKind.HIDDEN, "text in place of a picture")

    def picture(self, *, small: bool) -> None:
        """Pass a picture, which may be a word of the line if there is text before and after it."""
        if not self.seen.begins and not (self._picture and not self._picture[0]):
            self._picture = small, self.seen.last

    def _pass_picture(self, text: str) -> None:
        """Mark where a picture was, if the line goes on."""
        if self._picture is None or not text.strip():
            return
        small, before = self._picture
        self._picture = None
        beside_number = before.isdigit() or text.lstrip()[:1].isdigit()
        if not self.seen.begins and (beside_number or not small):
            self.note("a picture")

    def fill_in(self, value: str, state: State) -> None:
        """Write what is filled into a form."""
        self.seen.separate(" ")
        start = self.seen.length
        if self.seen.add(value):
            self.seen.mark(start, MarkKind.FIELD)
            if state.doubt:
                self.seen.mark(start, MarkKind.HIDDEN, f"possibly hidden: {state.doubt}")
            self.seen.separate(" ")

    def put_in(self, text: str, state: State) -> None:
        """Write what a style puts in, if it has words, digits, or signs that change a number."""
        if not any(char.isalnum() or char in _SIGNS for char in text):
            if any(not char.isspace() for char in text):
                self.picture(small=True)
            return
        if state.hidden:
            self.hide(text, state)
            return
        self._pass_picture(text)
        start = self.seen.length
        if self.seen.add(text):
            self._run = None
            self.seen.mark(start, MarkKind.PART, PUT_IN)
            if state.doubt:
                self.seen.mark(start, MarkKind.HIDDEN, f"possibly hidden: {state.doubt}")

    def quote(self, quotes: str, *, opening: bool) -> str:
        """What `quotes` has for the next quotation that opens, or for the last that did."""
        if not opening and not self._quotations:
            return ""
        self._quotations += 1 if opening else -1
        level = self._quotations - (1 if opening else 0)
        marks = quotation_marks(quotes)
        if len(marks) > 2 and has_words("".join(marks)):
            self.note("words in the place of a quotation mark")
        return marks[min(2 * level, len(marks) - 2) + (not opening)]

    def quotation_mark(self, state: State, *, opening: bool) -> None:
        """Write the mark that browsers put around `<q>`."""
        mark = self.quote(state.quotes, opening=opening)
        if any(map(str.isalnum, mark)):
            self.put_in(mark, state)
            return
        start = self.seen.length
        if self.seen.add(mark):
            self.seen.mark(start, REPLACED)

    def put_before(self, start: int, label: str) -> None:
        """Mark an item that was written since, before which a style puts words."""
        if self.seen.length > start:
            self.seen.mark(start, WORDS, label)
        else:
            self.note("words that the style puts in")

    def shift(self, kind: str, kept: int, *, linked: bool) -> None:
        """Raise or lower what was written after some pieces; the mark of a note goes aside."""
        written = "".join(self.seen.pieces[kept:])
        text = written.strip()
        gap = written[: len(written) - len(written.lstrip())]
        before = "".join(self.seen.pieces[:kept][-2:])
        if kind == "sup" and is_note(text, before, linked=linked):
            self.seen.replace(kept, "")
            self.seen.separate(gap if gap in ("", "\t", "\n") else " ")
            self.put_aside(text, MarkKind.PART, "note mark")
        elif kind == "fraction" or not any(map(str.isspace, text)):
            self.seen.replace(kept, gap + shifted(kind, text, before if not gap else ""))

    def boundaries(self, start: int, detail: str) -> None:
        """Mark both ends of what was written since, so that no passage runs over one unnoticed."""
        end = self.seen.length
        self.seen.marks += [
            Mark(at, at, MarkKind.HIDDEN, f"left out of order here: {detail}")
            for at in (start, end)
        ]

    def label(self, label: str) -> None:
        """Remember the number before an item, which begins here."""
        self.seen.marks.append(Mark(self.seen.length, self.seen.length, LABEL, label))

    def finish(self) -> tuple[str, list[Mark]]:
        """All that was written, and its marks."""
        self.seen.append(self.asides)
        return self.seen.finish()

    def give_other_forms(self) -> None:
        """Add to the asides what is shown otherwise than it is written."""
        for text, detail in other_forms(self.seen):
            self._run = None
            lines = (OTHER_FORM + line for line in text.split("\n"))
            self.put_aside("\n".join(lines), MarkKind.PART, detail, preformatted=True)

    def separate(self, state: State) -> None:
        """Begin a new line or cell where the element begins or ends."""
        if state.block or state.tag in CELLS:
            gap = "\n" if state.block else "\t"
            if state.drawn:
                self.seen.separate(gap)
            if state.hidden:
                self.asides.separate(gap)
