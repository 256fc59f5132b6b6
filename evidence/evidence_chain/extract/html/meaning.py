"""What a tag, its attributes and its style say of an element, one question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.html import elements
from evidence_chain.extract.html.style.boxes import displaced
from evidence_chain.extract.html.style.cascade import Ranked
from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.extract.html.style.values import Style

    Attributes = Mapping[str, object]

_FLOWS = ("inline", "inline-block", "inline-flex", "inline-grid", "inline-table", "contents")
_CHANGES = {
    **dict.fromkeys(("del", "s", "strike"), MarkKind.DELETED),
    "ins": MarkKind.INSERTED,
}
_BROWSERS = (False, -1, (0,), 0)
COLOURS = {
    "a": (Ranked(_BROWSERS, "color", "#00e"),),
    "mark": (
        Ranked(_BROWSERS, "color", "#000"),
        Ranked(_BROWSERS, "background-color", "#ff0"),
    ),
}
"""What browsers give to these elements."""
_PICTURED = ("url(", "image-set(", "linear-gradient(", "-webkit-image-set(")
_PLACED = ("order", "grid-area", "grid-row", "grid-column", "grid-row-start", "grid-column-start")
_ENDS_OF_TABLES = ("table-header-group", "table-footer-group")
_UNPLACED = ("0", "auto", "auto / auto", "initial")
_ITEMS = ("li", "summary")
_OVERRIDES = ("bidi-override", "isolate-override")


def is_block(tag: str, style: Style, *, drawing: bool) -> bool:
    """Whether it begins lines of its own."""
    display = style.get("display", "").partition(" ")[0]
    if display:
        return display not in _FLOWS
    return tag in elements.BLOCKS or (drawing and tag == "text")


def is_item(tag: str, style: Style) -> bool:
    """Whether it has a label before it, as the items of lists do."""
    return "list-item" in style.get("display", "list-item" if tag in _ITEMS else "")


def absent(tag: str, attrs: Attributes, style: Style, *, drawing: bool) -> str:
    """Why it isn't displayed, unless its style says so; nothing if it is."""
    if drawing and tag in elements.DEFINED:
        return "defined in a drawing, and not drawn there"
    if tag in elements.REPLACED:
        return elements.REPLACED[tag]
    if style.get("content", "").lower().startswith(_PICTURED):
        return "a picture stands in its place"
    shown = "hidden" not in attrs and style.get("display") != "none"
    if tag == "object" and shown and (attrs.get("data") or attrs.get("type")):
        return elements.OBJECT
    if "display" in style:
        return "display: none" if style["display"] == "none" else ""
    if tag in elements.UNSEEN_IN_MATH:
        return "not shown of a formula"
    if "hidden" in attrs:
        return "hidden attribute"
    closed = (tag == "dialog" and "open" not in attrs) or "popover" in attrs
    return "closed dialog" if closed else ""


def change(tag: str, style: Style) -> str:
    """The kind of mark that it puts on all in it."""
    if "line-through" in style.get("text-decoration-line", ""):
        return MarkKind.DELETED
    return _CHANGES.get(tag, "")


def reorders(attrs: Attributes, style: Style) -> bool:
    """Whether it shows what is in it from the end to the beginning."""
    display = style.get("display", "")
    if ("flex" in display or "grid" in display) and direction(attrs, style) == "rtl":
        return True
    named = f"{style.get('flex-direction', '')} {style.get('flex-wrap', '')}"
    return "flex" in display and "reverse" in named


def is_moved(tag: str, style: Style) -> bool:
    """Whether it is seen elsewhere than between what stands around it."""
    display = style.get("display", "")
    if display in _ENDS_OF_TABLES or (tag == "tfoot" and not display):
        return True
    if style.get("caption-side", "top") != "top":
        return True
    return displaced(style) or any(style.get(name, "0") not in _UNPLACED for name in _PLACED)


def direction(attrs: Attributes, style: Style) -> str:
    """The direction of its text, if it says one."""
    return style.get("direction") or str(attrs.get("dir", "")).lower()


def override(tag: str, attrs: Attributes, style: Style, inherited: str, *, rightward: bool) -> str:
    """The direction that all letters in it are forced into, or nothing."""
    forced = style.get("unicode-bidi", "bidi-override" if tag == "bdo" else "")
    if forced in _OVERRIDES:
        return direction(attrs, style) or ("rtl" if rightward else "ltr")
    return "" if forced else inherited


def runs_rightward(tag: str, attrs: Attributes, style: Style, *, inherited: bool) -> bool:
    """Whether its text runs from right to left, by itself or by what it is in."""
    said = direction(attrs, style) or ("auto" if tag == "bdi" else "")
    return said == "rtl" if said else inherited


def marker(tag: str, attrs: Attributes, style: Style, inherited: str) -> str:
    """How the items of a list are numbered in it (`list-style-type`)."""
    said = style.get("list-style-type", "")
    if said or tag == "summary":
        return said
    if tag in elements.LISTS or tag == "li":
        kind = elements.LIST_TYPES.get(str(attrs.get("type", "")), "")
        return kind or elements.LISTS.get(tag, inherited)
    return inherited
