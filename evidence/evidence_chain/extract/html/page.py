"""The text of a page, drawn in one pass over its tree without recursion."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from turbohtml import CData, DocumentFragment, Element, Text

from evidence_chain.extract.html import elements
from evidence_chain.extract.html.generated import content, counts
from evidence_chain.extract.html.pictures import is_dot, is_icon, is_small
from evidence_chain.extract.html.raised import MOST
from evidence_chain.extract.html.states import State, States
from evidence_chain.extract.html.style.computed import Variables
from evidence_chain.extract.html.tree import build
from evidence_chain.extract.html.written.directions import reads_otherwise
from evidence_chain.extract.html.written.lists import Numbering
from evidence_chain.extract.html.written.pieces import Written
from evidence_chain.extract.html.written.variants import LIST
from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Node

    from evidence_chain.extract.html.states import Cites

_TOP = State("")


class _Start(NamedTuple):
    """Where an element began, of which something is looked at when it ends."""

    pieces: int
    seen: int
    asides: int
    begins: bool
    """Whether it began a line."""


class _Open(NamedTuple):
    """An open element: what of it is still to come, and what it means."""

    nodes: Iterator[Node]
    state: State
    start: _Start | None = None
    element: Element | None = None
    """If something of it is written at its end."""
    part: bool = False
    """Whether these are but the contents of an open element, which ends after them."""


class Page(Written):
    """The text of some markup: `seen`, and `asides` that stand in no line that is seen."""

    def __init__(self, markup: str, cites: Cites | None = None) -> None:
        super().__init__()
        self._tree = build(markup, citing=cites is not None)
        self.unread = self._tree.unread
        self._states = States(self._tree.cascade, self._tree.roles, cites)
        self._known: dict[tuple[object, ...], State] = {}
        """By the state around it, its tag, and what it says itself, that of an element."""
        self._kept: dict[State, State] = {_TOP: _TOP}
        self._opened: list[_Open] = []
        self._lists = Numbering()
        self._note_link = -1
        """Where the last link to a place of the page began."""
        self._slotted: dict[Element, list[Node]] = {}
        self._walk()
        self.give_other_forms()

    def _walk(self) -> None:
        top = _TOP._replace(variables=Variables(self._tree.cascade.initial))
        opened = self._opened
        opened.append(_Open(iter(self._tree.document.children), top))
        while opened:
            inner = opened[-1]
            state = inner.state
            for node in inner.nodes:
                kind = type(node)
                if kind is Text or kind is CData:
                    self._text(node.data, state)  # type: ignore[attr-defined]
                elif kind is Element:
                    more = self._enter(node, state)  # type: ignore[arg-type]
                    if more:
                        opened += more
                        break
            else:
                opened.pop()
                self._leave(inner, opened[-1].state if opened else _TOP)

    def _enter(self, element: Element, around: State) -> list[_Open]:
        """Begin an element; what is opened by that, the innermost last."""
        tag = element.tag
        state = self._state(element, tag, around)
        if state.code and not around.code and tag != "title":
            if tag in elements.PICTURES and not around.hidden:
                self._look_at_picture(element, state)
            return []
        self.separate(state)
        self._look_at(element, tag, state)
        if state.covers:
            self._cover()
        start = self._start(state, around)
        generates = bool(self._tree.cascade.generated) and not state.code
        if generates:
            self._generate(element, state, "before")
        open_ = _Open(iter(()), state, start, element if generates or tag in _CLOSING else None)
        return [open_, *self._contents(element, tag, state)]

    def _cover(self) -> None:
        """Mark what was written in the box that something is laid over."""
        starts = [one.start.seen for one in self._opened if one.state.positioned and one.start]
        start = starts[-1] if starts else 0
        if self.seen.length > start:
            self.seen.mark(start, MarkKind.HIDDEN, "possibly hidden: something lies over it")

    def _state(self, element: Element, tag: str, around: State) -> State:
        speaks = element in self._tree.speaking
        key = (id(around), tag, *(self._states.signature(element) if speaks else ()))
        known = self._known.get(key)
        if known is not None:
            return known
        absent = self._tree.absent.get(element, "") if speaks else ""
        state = self._states.within(around, tag, element if speaks else None, absent)
        state = self._kept.setdefault(state, state)
        if not absent and state.root == around.root:
            self._known[key] = state
        return state

    def _contents(self, element: Element, tag: str, state: State) -> list[_Open]:
        """What stands in an element, in pieces that mean different things; the first one last."""
        root = self._tree.hosts.get(element) if self._tree.hosts else None
        if root is not None:
            return self._shadowed(element, root, state)
        if tag == "slot" and element in self._slotted:
            return [_Open(iter(self._slotted[element]), state, part=True)]
        if tag == "details" and "open" not in element.attrs:
            nodes = list(element.children)
            shown = next((one for one in nodes if getattr(one, "tag", "") == "summary"), None)
            rest = iter([one for one in nodes if one is not shown])
            hidden = _Open(rest, self._hiding(state, "closed details"))
            return [hidden, _Open(iter([shown] if shown else []), state)]
        return [_Open(iter(element.children), state, part=True)]

    def _shadowed(self, host: Element, root: DocumentFragment, state: State) -> list[_Open]:
        """A tree that is shown in the place of what is in an element, but for its slots."""
        slots = root.select("slot")
        left = []
        for node in host.children:
            named = str(node.attrs.get("slot") or "") if isinstance(node, Element) else ""
            slot = next((one for one in slots if str(one.attrs.get("name") or "") == named), None)
            if slot is None or getattr(node, "tag", "") == "template":
                left.append(node)
            else:
                self._slotted.setdefault(slot, []).append(node)
        unshown = _Open(iter(left), self._hiding(state, "not shown beside its shadow root"))
        return [unshown, _Open(iter(root.children), state, part=True)]

    def _hiding(self, state: State, reason: str) -> State:
        hidden = state.removed or reason
        return state._replace(removed=hidden, hidden=hidden, root=self._states.next_root())

    def _look_at(self, element: Element, tag: str, state: State) -> None:
        """Take what an element itself shows or says, besides what is in it."""
        looker = _LOOKERS.get(tag)
        if looker and not state.code:
            looker(self, element, state)
        if state.pictured and not state.hidden and not len(element.children):
            self.picture(small=is_icon(state.pictured))

    def _look_at_input(self, element: Element, state: State) -> None:
        kind = str(element.attrs.get("type") or "text").lower()
        if not state.hidden and kind not in elements.VALUE_UNSEEN:
            self.fill_in(str(element.attrs.get("value") or ""), state)
        elif kind == "image" and not state.hidden:
            self.picture(small=False)

    def _look_at_picture(self, element: Element, state: State) -> None:
        if state.removed not in ("", elements.OBJECT) or not state.ink.shown:
            return
        alt = str(element.attrs.get("alt") or "")
        if element.tag in ("img", "area") and alt:
            self.stand_in(alt)
        if element.tag != "area" and not is_dot(element):
            self.picture(small=is_small(element))

    def _look_at_link(self, element: Element, _state: State) -> None:
        if "#" in str(element.attrs.get("href") or ""):
            self._note_link = self.seen.length

    def _look_at_list(self, element: Element, _state: State) -> None:
        self._lists.open(element)

    def _look_at_item(self, element: Element, state: State) -> None:
        label = self._lists.count(element, state.marker)
        if label and not state.hidden:
            self.label(label)

    def _look_at_quote(self, element: Element, state: State) -> None:
        if not state.hidden:
            made = self._states.generated(state, element, "before")
            self.quotation_mark(made[0] if made else state, opening=True)

    def _text(self, data: str, state: State) -> None:
        """Take text over: where it stands if it is seen, else after all that is."""
        if state.code:
            return
        if state.hidden:
            self.hide(data, state)
        elif state.tag == "rp" and any(map(str.isalnum, data)):
            reason = "shown only where readings aren't"
            self.hide(data, state._replace(hidden=reason, root=self._states.next_root()))
        elif state.reading:
            self.put_aside(data, MarkKind.PART, "reading aid")
        else:
            self.show(data, state)

    def _generate(self, element: Element, state: State, part: str) -> None:
        """Write what a style puts before or after the text of an element."""
        made = self._states.generated(state, element, part)
        if made is None:
            return
        inner, style = made
        texts = content(style.get("content", ""), element, partial(self._quote, inner))
        if counts(style.get("content", "")) and not inner.hidden:
            self.note("a number or picture that the style puts in")
        for text in texts:
            self.put_in(text, inner)

    def _quote(self, state: State, opening: bool) -> str:
        return self.quote(state.quotes, opening=opening)

    def _start(self, state: State, around: State) -> _Start | None:
        looked = (state.changed and not around.changed) or (state.cited and not around.cited)
        shifts = state.shifted and not state.hidden
        tagged = state.tag == "title" or state.tag in elements.LISTS
        placed = state.moved or state.positioned
        if looked or shifts or tagged or placed or state.rightward or state.label:
            seen = self.seen
            return _Start(len(seen.pieces), seen.length, self.asides.length, seen.begins)
        return None

    def _leave(self, inner: _Open, around: State) -> None:
        """End an element, and look at what it holds that marks it as changed or shifts it."""
        state, start, element = inner.state, inner.start, inner.element
        if element is not None:
            if state.tag == "q" and not state.hidden:
                made = self._states.generated(state, element, "after")
                self.quotation_mark(made[0] if made else state, opening=False)
            if self._tree.cascade.generated:
                self._generate(element, state, "after")
            if state.tag in elements.LISTS and self._lists.close() and start:
                self.seen.mark(start.seen, LIST)
        if not inner.part:
            self.separate(state)
        if start:
            self._end(state, around, start)

    def _end(self, state: State, around: State, start: _Start) -> None:
        held = self.seen.length - start.seen
        if state.shifted and not state.hidden and 0 < held <= MOST:
            self.shift(state.shifted, start.pieces, linked=self._note_link >= start.seen)
        if state.changed and not around.changed:
            for lines, begun in ((self.seen, start.seen), (self.asides, start.asides)):
                if lines.length > begun:
                    lines.mark(begun, state.changed, state.detail)
        if state.cited and not around.cited and held:
            self.seen.mark(start.seen, MarkKind.QUOTED, "block quotation")
        if state.tag == "title" and held:
            self.seen.mark(start.seen, MarkKind.PART, "title")
        if state.label and not state.hidden:
            self.put_before(start.seen, state.label)
        text = "".join(self.seen.pieces[start.pieces :]) if held else ""
        if state.moved and text.strip() and not _is_initial(text, start):
            self.boundaries(start.seen, "shown elsewhere than between these words")
        if state.rightward and reads_otherwise(text):
            self.seen.mark(start.seen, MarkKind.HIDDEN, "numbers in another order")


def _is_initial(text: str, start: _Start) -> bool:
    """Whether this is the large letter that a paragraph begins with."""
    return start.begins and len(text.strip()) <= 2 and text.strip().isalpha()


_CLOSING = frozenset({"q", *elements.LISTS})
_LOOKERS = {
    "input": Page._look_at_input,
    "a": Page._look_at_link,
    "li": Page._look_at_item,
    "q": Page._look_at_quote,
    "area": Page._look_at_picture,
    **dict.fromkeys(elements.LISTS, Page._look_at_list),
    **dict.fromkeys(elements.PICTURES, Page._look_at_picture),
}
