"""What attributes say that are older than style sheets, as declarations that any rule outdoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.html.elements import PRESENTING
from evidence_chain.extract.html.style.cascade import Ranked
from evidence_chain.extract.html.style.properties import known
from evidence_chain.extract.html.style.sheets import UNLAYERED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RANK = (False, UNLAYERED, (-1,), 0)
_IN_FORMULAS = {
    "mathcolor": "color",
    "mathbackground": "background-color",
    "mathsize": "font-size",
}
_FONT_SIZES = ("", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")


def presented(tag: str, attrs: Mapping[str, object], *, drawing: bool) -> tuple[Ranked, ...]:
    """The declarations."""
    return tuple(Ranked(_RANK, name, value) for name, value in _given(tag, attrs, drawing))


def _given(tag: str, attrs: Mapping[str, object], drawing: bool) -> Iterator[tuple[str, str]]:
    colour = attrs.get({"font": "color", "body": "text"}.get(tag, ""))
    if colour:
        yield "color", str(colour).lower()
    if attrs.get("bgcolor"):
        yield "background-color", str(attrs["bgcolor"]).lower()
    if attrs.get("background"):
        yield "background-image", "url()"
    if tag == "font" and str(attrs.get("size", "")).isdecimal():
        yield "font-size", _FONT_SIZES[max(1, min(7, int(str(attrs["size"]))))]
    for name, property_ in _IN_FORMULAS.items():
        if attrs.get(name) is not None:
            yield property_, str(attrs[name]).lower()
    for name in PRESENTING & attrs.keys() if drawing else ():
        yield known(name) or name, str(attrs[name]).lower()
