"""The text of a page, drawn in one pass without recursion.

End tags that are left out or misplaced are understood as browsers do, as far as it decides
what is hidden.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from evidence_chain.extract.html.css import style_elements
from evidence_chain.extract.html.elements import (
    CELLS,
    IMPLIED,
    SCOPES,
    SPECIAL,
    TABLE,
    VALUE_UNSEEN,
    VOID,
)
from evidence_chain.extract.html.open_elements import State, States
from evidence_chain.extract.stream import MarkKind
from evidence_chain.extract.writing import Writer, lower_characters, raise_characters

_TABLE = frozenset({"table"})
_SPACE = re.compile("[ \t\n\r\f]+")
_SHIFTED = {"sup": raise_characters, "sub": lower_characters}
_SHIFTED_MOST = 40
"""Characters of a superscript; what is longer is text that was set high."""
_NOTE_SIGNS = "[*†‡§¶"
_NOTE = r"(?:\d{1,4}|[a-z]|[ivxlc]{2,6}|[*†‡§¶]+|(?:note|nb|n|fn)[ \u00a0]?\d{1,4})"
_NOTE_MARK = re.compile(rf"{_NOTE}|\[{_NOTE}\]", re.IGNORECASE)
_AFTER_WORDS = tuple(".,;:!?…”’»。，；：！？」』")


class _Lines(Writer):
    """Text as it is laid out: white space runs are one space, and blocks begin lines."""

    def __init__(self) -> None:
        super().__init__()
        self._gap = ""

    def separate(self, gap: str) -> None:
        """Put `gap` before the next text; a line end outdoes a tab, and a tab a space."""
        self._gap = max(self._gap, gap, key=("", " ", "\t", "\n").index)

    def add(self, text: str, *, preformatted: bool = False) -> bool:
        """Add text to the line; whether there was any."""
        if not preformatted:
            text = _SPACE.sub(" ", text)
            if text.startswith(" "):
                self.separate(" ")
        body = text if preformatted else text.strip(" ")
        if body:
            if self.pieces:
                self.write(self._gap)
            self.write(body)
            self._gap = ""
            if not preformatted and text.endswith(" "):
                self.separate(" ")
        return bool(body)


class Page(HTMLParser):
    """The text of some markup: `seen`, and `asides` that stand in no line that is seen."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        """Characters of hidden text, without white space."""
        self.seen, self.asides = _Lines(), _Lines()
        self._run: tuple[int, str, str] | None = None
        """Of what the last line of the asides is, while nothing seen followed it."""
        self._note_link = -1
        """Where the last link to a place of the page began."""
        self._states = States(style_elements(markup))
        self._open = [State("")]
        self._depths: dict[str, list[int]] = {}
        """Where each element stands in `_open`, by tag."""
        self._special: list[int] = [0]
        self._scopes: list[int] = [0]
        self.feed(markup)
        self.close()
        self._pop_to(1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, after closing what it implies to be closed."""
        if tag in ("html", "head") or (tag == "body" and self._depths.get("body")):
            return
        for closed, beyond in IMPLIED.get(tag, ()):
            self._close_implied(closed, beyond)
        named = {name: value or "" for name, value in reversed(attrs)}  # of two, the first counts
        in_svg = bool(self._depths.get("svg"))
        state = self._states.within(self._open[-1], tag, named, in_svg=in_svg)
        self._separate(state)
        if tag not in VOID:
            self._push(state)
        elif not state.code and not state.hidden:
            self._add_value(tag, named)
        if tag == "a" and "#" in named.get("href", ""):
            self._note_link = self.seen.length

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """HTML knows no empty-element tags: the slash means nothing."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all in it, if it is open and nothing in between forbids it."""
        depths = self._depths.get(tag)
        if not depths or tag == "body":
            self._separate(State(tag, self._open[-1].drawn, block=tag in ("p", "br")))
        elif depths[-1] >= self._barrier(tag):
            self._pop_to(depths[-1])

    def handle_data(self, data: str) -> None:
        """Take text over: where it stands if it is seen, else after all that is."""
        state = self._open[-1]
        if state.code:
            return
        if state.hidden:
            self._hide(data, state)
        elif state.reading:
            self._put_aside(data, MarkKind.PART, "reading aid")
        elif self.seen.add(data, preformatted=state.preformatted):
            self._run = None

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![...` is a comment up to the next `>`, as in browsers."""
        return self.parse_bogus_comment(i, report)

    def updatepos(self, _i: int, j: int) -> int:
        """Lines aren't counted, which saves time."""
        return j

    def _hide(self, text: str, state: State) -> None:
        """Put hidden text aside, with a mark of no length where it would have stood."""
        if not text.strip():
            self.asides.separate(" ")
            return
        self.hidden += len("".join(text.split()))
        detail = state.hidden
        if self._run != (state.root, MarkKind.HIDDEN, detail):
            self.seen.mark(self.seen.length, MarkKind.HIDDEN, f"left out here: {detail}")
        self._put_aside(text, MarkKind.HIDDEN, detail, state.root, state.preformatted)

    def _put_aside(
        self, text: str, kind: str, detail: str, root: int = 0, preformatted: bool = False
    ) -> None:
        """Add to the asides, on a new line unless it continues the last."""
        if self._run != (root, kind, detail):
            self.asides.separate("\n")
            self._run = root, kind, detail
        start = self.asides.length
        if self.asides.add(text, preformatted=preformatted):
            self.asides.mark(start, kind, detail)

    def _add_value(self, tag: str, attrs: dict[str, str]) -> None:
        """Take what is filled into a form, and the text that stands for a picture."""
        if tag == "input" and attrs.get("type", "text").lower() not in VALUE_UNSEEN:
            self.seen.separate(" ")
            start = self.seen.length
            if self.seen.add(attrs.get("value", "")):
                self.seen.mark(start, MarkKind.FIELD)
                self.seen.separate(" ")
        elif tag in ("img", "area") and attrs.get("alt"):
            self._run = None
            self._put_aside(attrs["alt"], MarkKind.HIDDEN, "text in place of a picture")

    def _separate(self, state: State) -> None:
        """Begin a new line or cell where the element begins or ends."""
        if state.block or state.tag in CELLS:
            gap = "\n" if state.block else "\t"
            if state.drawn:
                self.seen.separate(gap)
            if state.hidden:
                self.asides.separate(gap)

    def _push(self, state: State) -> None:
        depth = len(self._open)
        changes = state.changed and not self._open[-1].changed
        if changes or (state.tag in _SHIFTED and not state.hidden):
            starts = len(self.seen.pieces), self.seen.length, self.asides.length
            state = state._replace(starts=starts)
        self._open.append(state)
        self._depths.setdefault(state.tag, []).append(depth)
        if state.tag in SPECIAL:
            self._special.append(depth)
        if state.tag in SCOPES:
            self._scopes.append(depth)

    def _pop_to(self, depth: int) -> None:
        """Close the elements from `depth` on."""
        while len(self._open) > depth:
            state = self._open.pop()
            self._depths[state.tag].pop()
            if state.tag in SPECIAL:
                self._special.pop()
            if state.tag in SCOPES:
                self._scopes.pop()
            self._separate(state)
            if state.starts:
                self._end(state, *state.starts)

    def _end(self, state: State, pieces: int, seen: int, asides: int) -> None:
        """Look at what an element holds that marks it as changed or shifts it."""
        if state.tag in _SHIFTED and 0 < self.seen.length - seen <= _SHIFTED_MOST:
            self._shift(state.tag, pieces, seen)
        if state.changed and not self._open[-1].changed:
            for lines, start in ((self.seen, seen), (self.asides, asides)):
                if lines.length > start:
                    lines.mark(start, state.changed, state.detail)

    def _shift(self, tag: str, kept: int, start: int) -> None:
        """Raise or lower what was written since; the mark of a note goes aside."""
        written = "".join(self.seen.pieces[kept:])
        text = written.strip()
        gap = written[: len(written) - len(written.lstrip())]
        if tag == "sup" and self._is_note(text, "".join(self.seen.pieces[:kept][-1:]), start):
            self.seen.replace(kept, "")
            self.seen.separate(gap if gap in ("", "\t", "\n") else " ")
            self._put_aside(text, MarkKind.PART, "note mark")
        elif not any(map(str.isspace, text)):
            self.seen.replace(kept, gap + _SHIFTED[tag](text))

    def _is_note(self, text: str, before: str, start: int) -> bool:
        """Whether this refers to a note: by its sign, brackets, a link, or after a sentence."""
        if not _NOTE_MARK.fullmatch(text):
            return False
        linked = self._note_link >= start
        return (
            linked or text[0] in _NOTE_SIGNS or (text.isdigit() and before.endswith(_AFTER_WORDS))
        )

    def _barrier(self, tag: str) -> int:
        """The innermost element that the end tag `tag` can't close."""
        if tag == "table":
            return 0
        if tag in TABLE:
            return self._deepest(_TABLE)
        return self._scopes[-1] if tag in SPECIAL else self._special[-1]

    def _close_implied(self, closed: frozenset[str], beyond: frozenset[str]) -> None:
        depths = [self._depths[tag][-1] for tag in closed if self._depths.get(tag)]
        if depths and max(depths) > (barrier := self._deepest(beyond)):
            self._pop_to(min(depth for depth in depths if depth > barrier))

    def _deepest(self, tags: frozenset[str]) -> int:
        return max((self._depths[tag][-1] for tag in tags if self._depths.get(tag)), default=0)
