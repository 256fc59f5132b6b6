"""The properties that decide what is seen: names, shorthands, and which values are valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2

from evidence_chain.extract.html.style.colours import paint
from evidence_chain.extract.html.style.values import (
    UNKNOWN,
    functions,
    length,
    names,
    number,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIDES = ("top", "right", "bottom", "left")
_COLOURS = names("color background-color -webkit-text-fill-color fill")
_LENGTHS = frozenset(
    {
        *("width", "height", "max-width", "max-height", "text-indent", "letter-spacing"),
        *(
            "font-size",
            "word-spacing",
            "line-height",
            "padding-top",
            "padding-left",
            *_SIDES,
            *(f"margin-{side}" for side in _SIDES),
        ),
    }
)
_OTHERS = names(
    "background-image background-clip display visibility content-visibility opacity "
    "filter mask mask-image clip clip-path transform scale rotate translate zoom position "
    "overflow-x overflow-y text-decoration-line unicode-bidi direction flex-direction "
    "order float vertical-align text-transform list-style-type list-style-image content "
    "counter-reset counter-set counter-increment quotes mix-blend-mode "
    "-webkit-text-security grid-template-rows grid-template-columns fill-opacity stroke "
    "animation animation-name font-variant-position font-variant offset-path grid-row "
    "grid-column grid-area grid-row-start grid-column-start stroke-opacity flex-wrap "
    "backface-visibility font-size-adjust box-shadow contain aspect-ratio offset "
    "transform-origin stroke-width z-index caption-side hyphenate-character text-overflow "
    "text-stroke text-stroke-width font-feature-settings"
)
_SHORTHANDS = names(
    "all background font margin inset overflow text-decoration flex-flow list-style grid "
    "grid-template margin-inline margin-block inset-inline inset-block padding"
)
_RENAMED = {
    **{"inline-size": "width", "block-size": "height", "max-inline-size": "max-width"},
    **{"max-block-size": "max-height", "inset-inline-start": "left", "inset-inline-end": "right"},
    **{"inset-block-start": "top", "inset-block-end": "bottom", "overflow-inline": "overflow-x"},
    **{"margin-inline-start": "margin-left", "margin-inline-end": "margin-right"},
    **{"margin-block-start": "margin-top", "margin-block-end": "margin-bottom"},
    **{"overflow-block": "overflow-y", "baseline-shift": "vertical-align"},
}
_KEPT = ("-webkit-text-fill-color", "-webkit-text-security")
WIDE = names("inherit initial unset revert revert-layer")
"""Values that any property may have."""
_DISPLAYS = names(
    "none block inline inline-block flow-root flex inline-flex grid inline-grid table "
    "inline-table table-row table-cell table-row-group table-header-group "
    "table-footer-group table-column table-column-group table-caption list-item contents "
    "ruby ruby-text ruby-base run-in flow -webkit-box -webkit-inline-box -webkit-flex "
    "-webkit-inline-flex math inline-list-item ruby-base-container ruby-text-container "
    "block-ruby"
)
_KEYWORDS = {
    "visibility": names("visible hidden collapse"),
    "content-visibility": names("visible hidden auto"),
    "position": names("static relative absolute fixed sticky -webkit-sticky"),
    "float": names("none left right inline-start inline-end"),
    "direction": names("ltr rtl"),
    "unicode-bidi": names(
        "normal embed isolate bidi-override isolate-override plaintext -webkit-isolate"
    ),
    "text-transform": None,
}
_QUOTES = names("none auto match-parent")
_WORD = re.compile(r"[a-z-]+")
_NO_LENGTHS = names(
    "auto none normal min-content max-content fit-content stretch -webkit-fill-available "
    "smaller larger xx-small x-small small medium large x-large xx-large xxx-large math "
    "content"
)
_MEASURED = names("font-size opacity fill-opacity zoom")
"""Properties that hide by a number alone."""
_HIDING = names("display visibility content-visibility position color -webkit-text-fill-color fill")
_DEAD = ("expression(", "alpha(")
"""Functions of browsers that are gone."""
_SIZES = _NO_LENGTHS - names("normal none auto")


_COUNTED = _LENGTHS | _OTHERS | _COLOURS


def known(name: str) -> str:
    """The name under which a property counts here; empty if it decides nothing."""
    name = name.lower() if not name.startswith("--") else name
    if name.startswith("--"):
        return name
    if name.startswith("-webkit-") and name not in _KEPT:
        name = name.removeprefix("-webkit-")
    name = _RENAMED.get(name, name)
    counts = name in _LENGTHS or name in _OTHERS or name in _COLOURS or name in _SHORTHANDS
    return name if counts else ""


def longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    """What a declaration says, property by property; nothing if it isn't valid."""
    if "(" in value and _is_untold(name, value):
        value = UNKNOWN
    if name in _SHORTHANDS:
        if value in WIDE or value == UNKNOWN:
            yield from ((each, value) for each in _PARTS[name])
        else:
            yield from ((each, what) for each, what in _EXPAND[name](value) if each in _COUNTED)
    elif value in WIDE or value == UNKNOWN or _valid(name, value):
        yield name, value


def _is_untold(name: str, value: str) -> bool:
    """Whether a function that isn't known here may hide what has this property."""
    if value.startswith(_DEAD):
        return False
    if name in _MEASURED:
        return number(value) is None
    return name in _HIDING and not _valid(name, value)


def _valid(name: str, value: str) -> bool:
    if name in _COLOURS:
        return value in ("currentcolor", "none") or value.startswith("url(") or bool(paint(value))
    if name in _LENGTHS:
        return value in _NO_LENGTHS or "(" in value or length(value) is not None
    if name == "display":
        return all(part in _DISPLAYS for part in value.split())
    if name in ("opacity", "fill-opacity", "stroke-opacity"):
        return "(" in value or number(value) is not None
    if name == "quotes":
        marks = texts(value)
        return value.lower() in _QUOTES or (bool(marks) and len(marks) % 2 == 0)
    allowed = _KEYWORDS.get(name)
    return allowed is None or value in allowed


def _background(value: str) -> Iterator[tuple[str, str]]:
    images, colour, clip = [], "transparent", ""
    for token in tinycss2.parse_component_value_list(value, skip_comments=True):
        text = token.serialize()
        if token.type == "url" or (token.type == "function" and not paint(text)):
            images.append(text)
        elif text == "text":
            clip = "text"
        elif token.type in ("hash", "function", "ident") and paint(text):
            colour = text
    yield "background-color", colour
    yield "background-image", " ".join(images) or "none"
    yield "background-clip", clip or "border-box"


def _font(value: str) -> Iterator[tuple[str, str]]:
    for part in value.split():
        size = part.partition("/")[0]
        weight = size.isdigit() and size != "0"
        if size in _SIZES or (length(size) is not None and not weight):
            yield "font-size", size
            return
    found = functions(value.partition(" ")[0])
    yield "font-size", value.partition(" ")[0] if found else "medium"


def _box(prefix: str) -> Callable[[str], Iterator[tuple[str, str]]]:
    def expand(value: str) -> Iterator[tuple[str, str]]:
        parts = _pieces(value)
        if not 1 <= len(parts) <= 4 or not all(_valid("top", part) for part in parts):
            return
        top, right = parts[0], parts[1 % len(parts)]
        bottom = parts[2] if len(parts) > 2 else top
        left = parts[3] if len(parts) > 3 else right
        for side, part in zip(_SIDES, (top, right, bottom, left), strict=True):
            yield prefix + side, part

    return expand


def _pair(first: str, second: str) -> Callable[[str], Iterator[tuple[str, str]]]:
    def expand(value: str) -> Iterator[tuple[str, str]]:
        parts = _pieces(value)
        if 1 <= len(parts) <= 2:
            yield first, parts[0]
            yield second, parts[-1]

    return expand


def _pieces(value: str) -> list[str]:
    """What white space parts, functions whole."""
    tokens = tinycss2.parse_component_value_list(value, skip_comments=True)
    return [token.serialize() for token in tokens if token.type != "whitespace"]


def _grid(value: str) -> Iterator[tuple[str, str]]:
    rows, _, columns = value.partition("/")
    yield "grid-template-rows", rows.strip()
    yield "grid-template-columns", columns.strip() or "none"


def _list_style(value: str) -> Iterator[tuple[str, str]]:
    words = [word for word in _pieces(value) if word not in ("inside", "outside")]
    images = [word for word in words if word.startswith("url(")]
    types = [word for word in words if word not in images]
    yield "list-style-type", types[-1] if types else "disc"
    yield "list-style-image", images[0] if images else "none"


def _flex_flow(value: str) -> Iterator[tuple[str, str]]:
    words = _WORD.findall(value)
    for word in words:
        yield ("flex-wrap" if "wrap" in word else "flex-direction"), word


_EXPAND: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "all": lambda _: iter(()),
    "background": _background,
    "font": _font,
    "margin": _box("margin-"),
    "inset": _box(""),
    "overflow": _pair("overflow-x", "overflow-y"),
    "text-decoration": lambda value: iter([("text-decoration-line", value)]),
    "flex-flow": _flex_flow,
    "list-style": _list_style,
    "grid": _grid,
    "grid-template": _grid,
    "padding": _box("padding-"),
    "margin-inline": _pair("margin-left", "margin-right"),
    "margin-block": _pair("margin-top", "margin-bottom"),
    "inset-inline": _pair("left", "right"),
    "inset-block": _pair("top", "bottom"),
}
_PARTS: dict[str, tuple[str, ...]] = {
    "all": (*_LENGTHS, *_OTHERS, *_COLOURS),
    "background": ("background-color", "background-image", "background-clip"),
    "font": ("font-size",),
    "margin": tuple(f"margin-{side}" for side in _SIDES),
    "inset": _SIDES,
    "overflow": ("overflow-x", "overflow-y"),
    "text-decoration": ("text-decoration-line",),
    "flex-flow": ("flex-direction", "flex-wrap"),
    "list-style": ("list-style-type", "list-style-image"),
    "grid": ("grid-template-rows", "grid-template-columns"),
    "grid-template": ("grid-template-rows", "grid-template-columns"),
    "padding": ("padding-top", "padding-left"),
    "margin-inline": ("margin-left", "margin-right"),
    "margin-block": ("margin-top", "margin-bottom"),
    "inset-inline": ("left", "right"),
    "inset-block": ("top", "bottom"),
}
