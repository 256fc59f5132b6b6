"""The visible text of a page, drawn in one pass without recursion.

End tags that are left out or misplaced are understood as browsers do, as far as it decides
what is hidden.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from evidence_chain.extract._elements import (
    BLOCKS,
    CELLS,
    IMPLIED,
    PREFORMATTED,
    SCOPES,
    SPECIAL,
    TABLE,
    UNSEEN,
    UNSEEN_IN_SVG,
    VOID,
)

_TABLE = frozenset({"table"})
_SPACE = re.compile("[ \t\n\r\f]+")

_STYLE = re.compile(r"(?:^|;)\s*(display|visibility)\s*:\s*([a-z-]+)")
_VISIBILITIES = ("visible", "hidden", "collapse")
_FLOWS = ("inline", "inline-block", "inline-flex", "inline-grid", "inline-table", "contents")


class _State(NamedTuple):
    """What an open element means for the text in it."""

    tag: str
    drawn: bool = True
    """Whether it and all around it are displayed at all."""
    readable: bool = True
    """Whether its text is to be seen: `visibility`, which a child may switch on again."""
    counts: bool = True
    """Whether its text, when it isn't drawn, is hidden text rather than code or a fallback."""
    preformatted: bool = False
    block: bool = False


class _Lines:
    """Text as it is laid out: white space runs are one space, and blocks begin lines."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._gap = ""

    def separate(self, gap: str) -> None:
        """Put `gap` before the next text; a line end outdoes a tab, and a tab a space."""
        self._gap = max(self._gap, gap, key=("", " ", "\t", "\n").index)

    def add(self, text: str, *, preformatted: bool) -> None:
        """Add text to the line."""
        if not preformatted:
            text = _SPACE.sub(" ", text)
            if text.startswith(" "):
                self.separate(" ")
        body = text if preformatted else text.strip(" ")
        if body:
            self.pieces += (self._gap, body) if self.pieces else (body,)
            self._gap = ""
            if not preformatted and text.endswith(" "):
                self.separate(" ")


class Page(HTMLParser):
    """Feed it markup, close it, and read `text` and `hidden`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        """Characters of hidden text, without white space."""
        self._lines = _Lines()
        self._open = [_State("")]
        self._depths: dict[str, list[int]] = {}
        """Where each element stands in `_open`, by tag."""
        self._special: list[int] = [0]
        self._scopes: list[int] = [0]

    @property
    def text(self) -> str:
        """The visible text so far."""
        return "".join(self._lines.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, after closing what it implies to be closed."""
        if tag in ("html", "head") or (tag == "body" and self._depths.get("body")):
            return
        for closed, beyond in IMPLIED.get(tag, ()):
            self._close_implied(closed, beyond)
        state = self._state(tag, dict(reversed(attrs)))  # of two alike, the first counts
        self._separate(state)
        if tag not in VOID:
            self._push(state)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """HTML knows no empty-element tags: the slash means nothing."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all in it, if it is open and nothing in between forbids it."""
        depths = self._depths.get(tag)
        if not depths or tag == "body":
            self._separate(_State(tag, self._open[-1].drawn, block=tag in ("p", "br")))
        elif depths[-1] >= self._barrier(tag):
            self._pop_to(depths[-1])

    def handle_data(self, data: str) -> None:
        """Take text over if it is seen, else count it."""
        state = self._open[-1]
        if state.drawn and state.readable:
            self._lines.add(data, preformatted=state.preformatted)
        elif state.counts:
            self.hidden += len("".join(data.split()))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![...` is a comment up to the next `>`, as in browsers."""
        return self.parse_bogus_comment(i, report)

    def _state(self, tag: str, attrs: dict[str, str | None]) -> _State:
        """The state inside an element, given that of its parent."""
        parent = self._open[-1]
        style = dict(_STYLE.findall((attrs.get("style") or "").lower()))
        display, visibility = style.get("display"), style.get("visibility")
        code = tag in UNSEEN or (tag in UNSEEN_IN_SVG and bool(self._depths.get("svg")))
        block, displayed = tag in BLOCKS, "hidden" not in attrs
        if display:
            block, displayed = display not in _FLOWS, display != "none"
        return _State(
            tag,
            drawn=parent.drawn and displayed and not code,
            readable=visibility == "visible" if visibility in _VISIBILITIES else parent.readable,
            counts=parent.counts and not code,
            preformatted=parent.preformatted or tag in PREFORMATTED,
            block=block,
        )

    def _separate(self, state: _State) -> None:
        """Begin a new line or cell where the element begins or ends."""
        if state.drawn and (state.block or state.tag in CELLS):
            self._lines.separate("\n" if state.block else "\t")

    def _push(self, state: _State) -> None:
        depth = len(self._open)
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
