"""What an element means for the text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.html import drawings, elements, meaning
from evidence_chain.extract.html.generated import words_before
from evidence_chain.extract.html.presented import presented
from evidence_chain.extract.html.raised import raised
from evidence_chain.extract.html.style.boxes import covers, is_positioned, pictured
from evidence_chain.extract.html.style.cascade import Matched
from evidence_chain.extract.html.style.computed import NONE, Variables, compute
from evidence_chain.extract.html.style.ink import Ink
from evidence_chain.extract.html.style.visibility import collapses, out_of_line, removed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from turbohtml import Element

    from evidence_chain.extract.html.drawings import Room
    from evidence_chain.extract.html.style.cascade import Cascade
    from evidence_chain.extract.html.style.computed import Computed
    from evidence_chain.extract.html.style.values import Style

    Attributes = Mapping[str, object]
    Cites = Callable[[str, list[str]], bool]

_USUAL = Ink()
_CUTTING = ("input", "textarea", "select")
"""Elements that show nothing beyond their own box."""
_SAYS_NOTHING = frozenset({"href", "id", "title", "name", "src", "alt", "lang", "value"})
_NOTHING = Matched()
_PARTS = ("before", "after", "marker")


class State(NamedTuple):
    """What an open element means for the text in it."""

    tag: str
    drawn: bool = True
    """Whether it and all around it take part in the lines that are seen."""
    removed: str = ""
    """Why nothing in it is seen."""
    ink: Ink = _USUAL
    hidden: str = ""
    """Why its own text isn't seen: `removed`, or its ink, which a child may change."""
    obscured: str = ""
    """Why nothing in it may be seen."""
    doubt: str = ""
    """Why its own text may not be seen."""
    root: int = 0
    """The number of the element that hides it, or shows it again."""
    code: bool = False
    """Whether its text is code or a fallback."""
    reading: bool = False
    """Whether its text says how to pronounce what stands beside it."""
    preformatted: bool = False
    block: bool = False
    changed: str = ""
    """The kind of mark of all in it."""
    detail: str = ""
    drawing: bool = False
    """Whether it is in SVG."""
    room: Room | None = None
    """What is seen of the drawing that it is in."""
    lettered: bool = False
    """Whether it is in the text of a drawing."""
    covers: bool = False
    """Whether it lies over what it is placed in."""
    pictured: float = 0.0
    """How wide it is, in pixels, if a picture is behind it."""
    positioned: bool = False
    """Whether what is in it may be placed by its sides."""
    collapsed: bool = False
    """Whether it is a grid without any size."""
    reordered: bool = False
    """Whether what is in it is seen in another order."""
    moved: bool = False
    """Whether it is seen elsewhere than between what stands around it."""
    turned: str = ""
    """The direction that all letters in it are forced into."""
    rightward: bool = False
    """Whether it says that its text runs from right to left."""
    runs_rightward: bool = False
    """Whether its text does, by this or by what it is in."""
    case: str = ""
    """`text-transform`, if it changes letters."""
    marker: str = ""
    """`list-style-type`."""
    label: str = ""
    """The words that the style puts before it, as an item."""
    quotes: str = ""
    """The marks around quotations in it, as CSS writes them."""
    shifted: str = ""
    """Whether it is raised (`sup`) or lowered (`sub`), or a fraction."""
    cited: bool = False
    variables: Variables = NONE


class States:
    """Makes states, one by one, as elements open."""

    def __init__(self, cascade: Cascade, roles: Mapping[Element, str], cites: Cites | None) -> None:
        self._cascade = cascade
        self._roles = roles
        self._cites = cites
        self._computed: dict[object, Computed] = {}
        self._roots = 0

    def within(self, parent: State, tag: str, element: Element | None, absent: str = "") -> State:
        """The state inside an element, given that of its parent.

        Args:
            parent: the state around it.
            tag: its name.
            element: itself, unless it has no attribute, rule or place that says anything.
            absent: why its place keeps it from being seen.
        """
        attrs: Mapping[str, object] = dict(element.attrs) if element is not None else {}
        drawing = (parent.drawing and parent.tag != "foreignObject") or tag == "svg"
        computed = self._compute(parent, tag, element, attrs, drawing=drawing)
        style = computed.sure
        if style and tag in _CUTTING:
            style = {"overflow-x": "hidden"} | style
        absent = absent or meaning.absent(tag, attrs, style, drawing=drawing)
        gone, obscured = removed(style, collapsed=parent.collapsed) if style else ("", "")
        ink = parent.ink.styled(style) if style else parent.ink
        if tag == "html":
            ink = ink._replace(rem=ink.size)
        elif tag == "svg":
            ink = ink._replace(zoom=ink.zoom * drawings.room_of(attrs, style).scale)
        gone = parent.removed or absent or gone
        unseen, doubt = ink.hidden(drawing=drawing)
        lettered = drawing and drawings.holds_text(tag, around=parent.lettered)
        room = self._room(parent, tag, attrs, style) if drawing else None
        if room:
            gone = gone or drawings.unseen(tag, attrs, style, room)
            obscured = obscured or drawings.doubtful(tag, attrs, room)
            unseen = unseen or ("" if lettered else "no text of the drawing")
        if element is not None and self._is_overlaid(element, computed.variables):
            obscured = obscured or "something lies over it"
        obscured = parent.obscured or obscured or self._perhaps(computed, parent, drawing=drawing)
        hidden = gone or unseen
        self._roots += hidden != parent.hidden
        runs = meaning.runs_rightward(tag, attrs, style, inherited=parent.runs_rightward)
        override = meaning.override(tag, attrs, style, parent.turned, rightward=runs)
        code = tag in elements.UNSEEN or (drawing and tag in elements.IN_DRAWINGS)
        change = meaning.change(tag, style)
        role = self._roles.get(element, "") if element is not None else ""
        marker = meaning.marker(tag, attrs, style, parent.marker)
        quotes = style.get("quotes", parent.quotes)
        labelled = {"list-style-type": marker, "quotes": quotes}
        is_item = meaning.is_item(tag, style)
        return State(
            tag=tag,
            drawn=parent.drawn and not (code or absent or (gone and out_of_line(style))),
            removed=gone,
            ink=ink,
            hidden=hidden,
            obscured=obscured,
            doubt=obscured or doubt,
            root=parent.root if hidden == parent.hidden else self._roots,
            code=parent.code or code,
            reading=parent.reading or tag in ("rt", "rp"),
            preformatted=parent.preformatted or tag in elements.PREFORMATTED,
            block=meaning.is_block(tag, style, drawing=drawing),
            changed=parent.changed or change,
            detail=parent.detail or (str(attrs.get("datetime", "")) if change else ""),
            drawing=drawing,
            room=room,
            lettered=lettered,
            covers=bool(style) and not gone and covers(style),
            pictured=pictured(style) if style else 0.0,
            positioned=bool(style) and is_positioned(style),
            collapsed=bool(style) and collapses(style),
            reordered=bool(style) and meaning.reorders(attrs, style),
            moved=parent.reordered
            or (drawing and drawings.is_placed(tag, attrs))
            or meaning.is_moved(tag, style),
            turned=override,
            rightward=meaning.direction(attrs, style) == "rtl",
            runs_rightward=runs,
            case=style.get("text-transform", parent.case),
            marker=marker,
            label=self._label(tag, element, labelled, computed.variables) if is_item else "",
            quotes=quotes,
            shifted=raised(tag, style, role, smaller=ink.size < parent.ink.size * 0.9),
            cited=parent.cited or self._is_cited(tag, attrs),
            variables=computed.variables,
        )

    def signature(self, element: Element) -> tuple[object, ...]:
        """What decides on the state of an element besides its tag and the state around it."""
        said = [
            (name, *value) if isinstance(value, list) else (name, value)
            for name, value in element.attrs.items()
            if name not in _SAYS_NOTHING and (name != "class" or self._cites)
        ]
        matched = self._cascade.elements.get(element)
        put_in = [
            id(self._cascade.generated.get((element, part)))
            for part in (_PARTS if self._cascade.generated else ())
        ]
        return id(matched), self._roles.get(element, ""), *put_in, *said

    def _room(self, parent: State, tag: str, attrs: Attributes, style: Style) -> Room:
        """What is seen of the drawing that an element is in."""
        if tag == "svg" or parent.room is None:
            return drawings.room_of(attrs, style)
        return parent.room._replace(known=parent.room.known and not drawings.is_moved(attrs, style))

    def next_root(self) -> int:
        """The number of another element that hides what is in it."""
        self._roots += 1
        return self._roots

    def _perhaps(self, computed: Computed, parent: State, *, drawing: bool) -> str:
        """Why an element may not be seen, if rules hold of which that isn't known."""
        if self._cascade.unread:
            return "a style sheet that can't be read"
        if computed.likely is computed.sure:
            return ""
        gone, obscured = removed(computed.likely, collapsed=parent.collapsed)
        unseen, doubt = parent.ink.styled(computed.likely).hidden(drawing=drawing)
        reason = gone or unseen or obscured or doubt
        return f"if a rule holds that isn't understood: {reason}" if reason else ""

    def _is_cited(self, tag: str, attrs: Mapping[str, object]) -> bool:
        if self._cites is None:
            return False
        classes = attrs.get("class")
        return self._cites(tag, [*classes] if isinstance(classes, list) else [])

    def generated(self, state: State, element: Element, part: str) -> tuple[State, Style] | None:
        """The state of what a style puts before or after the text of an element, and the style."""
        matched = self._cascade.generated.get((element, part))
        if matched is None:
            return None
        computed = compute(matched.sure, matched.unsure, state.variables, self._cascade.frames)
        style = computed.likely
        gone, doubt = removed(style)
        ink = state.ink.styled(style)
        unseen, doubtful = ink.hidden(drawing=state.drawing)
        if computed.sure is not style and computed.sure.get("content") != style.get("content"):
            doubt = doubt or "it is not sure to be put there"
        hidden = state.removed or gone or unseen
        return state._replace(
            hidden=hidden,
            doubt=doubt or doubtful or state.obscured,
            quotes=style.get("quotes", state.quotes),
        ), style

    def _label(self, tag: str, element: Element | None, style: Style, variables: Variables) -> str:
        """The words that a style puts before an item."""
        matched = self._cascade.generated.get((element, "marker")) if element is not None else None
        if matched:
            frames = self._cascade.frames
            said = compute(matched.sure, matched.unsure, variables, frames).likely
            style = style | {name: said[name] for name in ("content", "quotes") if name in said}
        return words_before(style, tag, element, self._cascade.labels)

    def _is_overlaid(self, element: Element, variables: Variables) -> bool:
        """Whether something lies over an element that a style puts in before or after its text."""
        for part in ("before", "after") if self._cascade.generated else ():
            matched = self._cascade.generated.get((element, part))
            if matched:
                made = compute(matched.sure, matched.unsure, variables, self._cascade.frames)
                if made.likely.get("content") and covers(made.likely):
                    return True
        return False

    def _compute(
        self,
        parent: State,
        tag: str,
        element: Element | None,
        attrs: Mapping[str, object],
        *,
        drawing: bool,
    ) -> Computed:
        """The values that hold: of attributes, style sheets and the `style` attribute."""
        matched = self._cascade.elements.get(element, _NOTHING) if element is not None else _NOTHING
        inline = str(attrs.get("style") or "")
        browsers = meaning.COLOURS.get(tag, ()) if parent.ink != _USUAL else ()
        given = (*browsers, *(presented(tag, attrs, drawing=drawing) if attrs else ()))
        key = matched, inline, given, id(parent.variables)
        if key not in self._computed:
            declared = (*given, *matched.sure, *self._cascade.inline(inline))
            frames = self._cascade.frames
            self._computed[key] = compute(declared, matched.unsure, parent.variables, frames)
        return self._computed[key]
