"""Speech after a dash, as Spanish, French, Polish and Russian write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.pattern import pattern
from evidence_chain.text.quotations.paragraph import Quotation, Span
from evidence_chain.text.quotations.speech import VERB

if TYPE_CHECKING:
    import re

_BEGIN = pattern(r"\s*([—–―]|--)\s*(?=[\w¿¡«„“…\"])")
_DASH = pattern(r"(?<=[\s,.!?…»”])[—–―](?=\s)|(?<=\s)[—–―](?=\w)|(?<=\w)[—–―](?=[,.:;]|\s)")
_INCISE = pattern(r"[,!?…]\s+(?=[^,.!?…—–]{0,60}[.!]\s*\Z)")
_FEWEST = 2


def spoken(number: int, text: str) -> Quotation | None:
    """What is spoken in a paragraph that begins with a dash and says who speaks, if anything."""
    begin = _BEGIN.match(text)
    if not begin or not VERB.search(text):
        return None
    pieces = _pieces(text, begin.end())
    if len(pieces) < _FEWEST:
        return _with_incise(number, text, begin)
    spoken_parts = [_trimmed(number, text, *piece) for piece in pieces[::2]]
    told = [text[slice(*piece)] for piece in pieces[1::2]]
    if not any(VERB.search(one) for one in told):
        return None
    parts = tuple((one,) for one in spoken_parts if one.start < one.end)
    return Quotation(parts, begin[1], after=" ".join(" ".join(told).split())) if parts else None


def _pieces(text: str, start: int) -> list[tuple[int, int]]:
    found = []
    for dash in _DASH.finditer(text, start + 1):
        found.append((start, dash.start()))
        start = dash.end()
    return [*found, (start, len(text))]


def _with_incise(number: int, text: str, begin: re.Match[str]) -> Quotation | None:
    """French may say who speaks after a comma alone: — Nous savions, dit X."""
    start = begin.end()
    for incise in _INCISE.finditer(text, start):
        told = text[incise.end() :]
        verb = VERB.search(told)
        if verb and verb.start() < 12:
            stop = incise.start() + (text[incise.start()] in "!?…")
            span = _trimmed(number, text, start, stop)
            return Quotation(((span,),), begin[1], after=told)
    return None


def _trimmed(number: int, text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return Span(
        number, end - len(inner.lstrip(" ,;.\u00a0\t\n")), start + len(inner.rstrip(" ,\u00a0\t\n"))
    )
