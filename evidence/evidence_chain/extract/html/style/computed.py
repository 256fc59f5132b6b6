"""The style that comes of what is declared for an element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.html.style.properties import WIDE, longhands
from evidence_chain.extract.html.style.sheets import CASED
from evidence_chain.extract.html.style.values import UNKNOWN, Style, is_untold, names, substituted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evidence_chain.extract.html.style.cascade import Ranked
    from evidence_chain.extract.html.style.sheets import Declaration

_INITIAL = {
    **{"display": "inline", "color": "canvastext", "visibility": "visible", "fill": "black"},
    **{"font-size": "medium", "text-transform": "none", "direction": "ltr"},
    **{"-webkit-text-fill-color": "currentcolor", "text-indent": "0", "letter-spacing": "normal"},
}
_INHERITED = names(
    "color visibility fill font-size text-transform direction -webkit-text-fill-color "
    "text-indent letter-spacing quotes list-style-type fill-opacity stroke "
    "-webkit-text-security"
)
_TIME = re.compile(r"(?<![\w.-])(\d+\.?\d*|\.\d+)(m?s)(?![\w-])")
_LONG = 60.0
"""Seconds that an animation may last without its beginning being taken for what is seen."""

Frames = dict[str, list[tuple[str, "tuple[Declaration, ...]"]]]


class Variables:
    """Custom properties, handed down; each set of them is itself alone."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)


NONE = Variables({})


class Computed(NamedTuple):
    """The style of an element."""

    sure: Style
    likely: Style
    """The same, if what isn't known to hold does."""
    variables: Variables


def compute(
    declared: Iterable[Ranked], unsure: Iterable[Ranked], inherited: Variables, frames: Frames
) -> Computed:
    """Work the declarations out, the strongest last."""
    ordered = sorted(declared, key=lambda one: one.rank)
    doubtful = sorted([*ordered, *unsure], key=lambda one: one.rank) if unsure else ordered
    variables = _variables(doubtful, inherited)
    sure = _animated(_style(ordered, variables.values), frames, variables.values, sure=True)
    likely = sure if doubtful is ordered else _style(doubtful, variables.values)
    return Computed(sure, _animated(likely, frames, variables.values, sure=False), variables)


def _variables(ordered: Iterable[Ranked], inherited: Variables) -> Variables:
    own = {one.name: one.value for one in ordered if one.name.startswith("--")}
    own = {name: value for name, value in own.items() if value.lower() not in WIDE}
    return Variables(inherited.values | own) if own else inherited


def _style(ordered: Iterable[Ranked], variables: Mapping[str, str]) -> Style:
    style: Style = {}
    for _, name, value in ordered:
        if not name.startswith("--"):
            _declare(style, name, value, variables)
    return style


def _declare(style: Style, name: str, value: str, variables: Mapping[str, str]) -> None:
    if any(function in value.lower() for function in ("var(", "env(")):
        put = substituted(value, variables)
        value = "unset" if put is None else put if name in CASED else put.lower()
    if name != "content" and is_untold(value):
        value = UNKNOWN
    for each, what in longhands(name, value):
        if what not in WIDE:
            style[each] = what
        elif what == "initial" or (what == "unset" and each not in _INHERITED):
            style.pop(each, None)
            if each in _INITIAL:
                style[each] = _INITIAL[each]
        else:
            style.pop(each, None)


def _animated(style: Style, frames: Frames, variables: Mapping[str, str], *, sure: bool) -> Style:
    """The style with what an animation leaves behind, if that is sure or is asked for."""
    words = " ".join((style.get("animation", ""), style.get("animation-name", ""))).strip()
    if not words or not frames:
        return style
    made = dict(style)
    times = [float(time) / (1000 if unit == "ms" else 1) for time, unit in _TIME.findall(words)]
    stands = "paused" in words or max(times, default=0) > _LONG
    stays = not stands and ("forwards" in words or "both" in words.split())
    for name in words.replace(",", " ").split():
        for selector, declared in frames.get(name, frames.get(name.lower(), [])):
            wanted = ("from", "0%") if stands else ("to", "100%")
            if stays == sure and any(one.strip() in wanted for one in selector.split(",")):
                for each, value, _ in declared:
                    _declare(made, each, value, variables)
    return made
