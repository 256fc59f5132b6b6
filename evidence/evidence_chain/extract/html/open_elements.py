"""What the open elements of a page mean for the text in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.html.css import Sheet, declarations
from evidence_chain.extract.html.elements import BLOCKS, PREFORMATTED, UNSEEN, UNSEEN_IN_SVG
from evidence_chain.extract.html.visibility import Ink, out_of_line, removed
from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    from evidence_chain.extract.html.visibility import Style

    Attributes = dict[str, str]

_FLOWS = ("inline", "inline-block", "inline-flex", "inline-grid", "inline-table", "contents")
_CHANGES = {
    **dict.fromkeys(("del", "s", "strike"), MarkKind.DELETED),
    "ins": MarkKind.INSERTED,
}
_COLOURS = {"a": {"color": "#00e"}, "mark": {"color": "#000", "background": "#ff0"}}
"""What browsers give to these elements."""
_USUAL = Ink()


class State(NamedTuple):
    """What an open element means for the text in it."""

    tag: str
    drawn: bool = True
    """Whether it and all around it take part in the lines that are seen."""
    removed: str = ""
    """Why nothing in it is seen."""
    ink: Ink = Ink()
    hidden: str = ""
    """Why its own text isn't seen: `removed`, or its ink, which a child may change."""
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
    starts: tuple[int, int, int] | None = None
    """For what is looked at when it ends, where it began: pieces, characters, asides."""


class States:
    """Makes states, one by one, as elements open."""

    def __init__(self, css: str) -> None:
        self._sheet = Sheet(css)
        self._roots = 0

    def within(self, parent: State, tag: str, attrs: Attributes, *, in_svg: bool) -> State:
        """The state inside an element, given that of its parent."""
        style = self._style(tag, attrs)
        if tag in _COLOURS and parent.ink != _USUAL:
            style = _COLOURS[tag] | style
        absent = _absent(tag, attrs, style)
        gone = parent.removed or absent or (removed(style) if style else "")
        ink = parent.ink.styled(style) if style else parent.ink
        hidden = gone or (ink.hidden() if ink is not parent.ink else parent.hidden)
        self._roots += hidden != parent.hidden
        code = parent.code or tag in UNSEEN or (in_svg and tag in UNSEEN_IN_SVG)
        display = style.get("display", "").partition(" ")[0]
        return State(
            tag,
            parent.drawn and not code and not absent and not (gone and out_of_line(style)),
            gone,
            ink,
            hidden,
            parent.root if hidden == parent.hidden else self._roots,
            code,
            parent.reading or tag in ("rt", "rp"),
            parent.preformatted or tag in PREFORMATTED,
            display not in _FLOWS if display else tag in BLOCKS,
            parent.changed or _change(tag, style),
            parent.detail or (attrs.get("datetime", "") if tag in _CHANGES else ""),
        )

    def _style(self, tag: str, attrs: Attributes) -> Style:
        """The values that hold: of attributes, style sheets and the `style` attribute."""
        style = _presentation(tag, attrs) if attrs else {}
        ruled = self._sheet.declared(tag, attrs.get("id", ""), attrs.get("class", ""))
        style |= {name: value for name, (_, value) in ruled.items()}
        if "style" in attrs:
            for name, (important, value) in declarations(attrs["style"]).items():
                if important or name not in ruled or not ruled[name][0][0]:
                    style[name] = value
        return style


def _presentation(tag: str, attrs: Attributes) -> Style:
    """Colours that attributes give, as before there were style sheets."""
    given = {
        "color": attrs.get({"font": "color", "body": "text"}.get(tag, ""), ""),
        "background": "url()" if attrs.get("background") else attrs.get("bgcolor", ""),
    }
    return {name: value.lower() for name, value in given.items() if value}


def _absent(tag: str, attrs: Attributes, style: Style) -> str:
    """Why an element isn't displayed unless its style says so; nothing if it is."""
    if "display" in style:
        return "display: none" if style["display"] == "none" else ""
    if "hidden" in attrs:
        return "hidden attribute"
    return (
        "closed dialog" if (tag == "dialog" and "open" not in attrs) or "popover" in attrs else ""
    )


def _change(tag: str, style: Style) -> str:
    line = style.get("text-decoration-line") or style.get("text-decoration", "")
    return MarkKind.DELETED if "line-through" in line else _CHANGES.get(tag, "")
