"""Headers, footers and numbers that repeat from page to page, over which a sentence runs on.

Tagged files call them pagination artifacts (ISO 32000-2, 14.8.2.2); here what repeats tells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.pdf.drawn.boxes import Box
from evidence_chain.text.language.characters import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.text import PageText

HEADER, FOOTER = "header", "footer"
REACH = 2
"""Pages before and after on which a line is looked for: left and right pages may differ."""

_LINES = 5
"""So many lines at each end of a page's text may be running, headers and footers together."""
_TOP, _BOTTOM = 0.84, 0.14
"""Parts of the page's height beyond which they stand."""
_SAME_HEIGHT = 2.0
"""Points."""
_APART, _LEADING = 1.15, 1.25
"""How much further than another line the text stands, and what is usual of a letter's height."""
_FAR = 3.0
"""Of a letter's height, how far no next line stands."""
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\W*[ivxlc]{1,7}\W*", re.IGNORECASE)
_NUMBER = re.compile(r"[^\w#]*#(?:\s*/\s*#)?[^\w#]*(?:[^\W\d_]{1,4}\W+#\W*)?")


class Edge(NamedTuple):
    """A line near the beginning or the end of a page's text."""

    start: int
    end: int
    key: str
    """Its text with # for numbers."""
    height: float
    """Of its baseline."""
    char: int
    """The number of pdfium's character that is its first one."""
    place: float
    """Its height as a part of the page's."""


class Running(NamedTuple):
    """A line that was taken out of a page's text."""

    text: str
    kind: str
    origins: list[int]
    """The number of pdfium's character for each of its own."""
    box: Box


def edges(page: pdfium.PdfPage, text: PageText) -> list[Edge]:
    """The first and the last lines of a page's text, in order."""
    if page.get_rotation():
        return []
    _end_broken_lines(text)
    _, bottom, _, top = page.get_bbox()
    found = []
    spans = _spans(text.text)
    count = _LINES + 1
    for start, end in spans if len(spans) <= 2 * count else spans[:count] + spans[-count:]:
        line = text.text[start:end]
        first = text.char_at(start + len(line) - len(line.lstrip()))
        height = text.origin(first)[1]
        place = (height - bottom) / max(1.0, top - bottom)
        key = _key(line) if not _BOTTOM < place < _TOP else ""
        found.append(Edge(start, end, key, height, first, place))
    return found


def _end_broken_lines(text: PageText) -> None:
    """End a line after its hyphen where pdfium goes on with one that stands far from it."""
    edits: list[tuple[int, int, str]] = []
    at = text.text.find(LINE_END)
    while 0 < at < len(text.text) - 1:
        before, after = text.char_at(at - 1), text.char_at(at + 1)
        away = abs(text.origin(before)[1] - text.origin(after)[1])
        if away > _FAR * text.cell(before).height:
            edits.append((at, at + 1, "-\n"))
        at = text.text.find(LINE_END, at + 1)
    if edits:
        text.replace(edits)


def _spans(text: str) -> list[tuple[int, int]]:
    """The slices of all lines that aren't blank."""
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            found.append((start, end))
        start = end + 1
    return found


def take_out(text: PageText, own: list[Edge], others: Iterable[list[Edge]]) -> list[Running]:
    """Take the lines out of a page's text that stand on other pages, too."""
    known = [edge for page in others for edge in page]
    first = _repeated(own[:_LINES], known)
    last = _repeated(own[::-1][:_LINES], known)
    repeated = list(dict.fromkeys(first + last))
    tops = [edge for edge in repeated if edge.place > _TOP]
    bottoms = [edge for edge in repeated if edge.place < _BOTTOM]
    tops.sort(key=lambda edge: -edge.place)
    bottoms.sort(key=lambda edge: edge.place)
    for group in (tops, bottoms):
        while group and not _is_apart(text, group, [one for one in own if one not in repeated]):
            group.pop()
    running = sorted([*tops, *bottoms])
    rest = "".join(
        text.text[one:other]
        for one, other in zip(
            [0, *(edge.end for edge in running)],
            [*(edge.start for edge in running), len(text.text)],
            strict=True,
        )
    )
    if not running or not any(map(str.isalnum, rest)):
        return []
    taken = [
        Running(
            text.text[edge.start : edge.end],
            HEADER if edge.place > _TOP else FOOTER,
            text.origins[edge.start : edge.end],
            _around(text, edge),
        )
        for edge in running
    ]
    text.replace([(*_with_line_end(text.text, edge), "") for edge in running])
    return taken


def _key(line: str) -> str:
    key = " ".join(_DIGITS.sub("#", line).split())
    return "#" if _ROMAN.fullmatch(key) else key


def _repeated(candidates: list[Edge], known: list[Edge]) -> list[Edge]:
    """Those before the first that stands on no other page, or not near the top or the bottom."""
    found: list[Edge] = []
    for edge in candidates:
        if not _is_name(edge.key) or not _stands_again(edge, known):
            break
        found.append(edge)
    return found


def _is_name(key: str) -> bool:
    """Whether it may be a running line: words, or one number, and no row of a table."""
    return bool(re.search(r"[^\W\d_]", key) or _NUMBER.fullmatch(key))


def _stands_again(edge: Edge, known: list[Edge]) -> bool:
    return any(
        other.key == edge.key and abs(other.height - edge.height) < _SAME_HEIGHT for other in known
    )


def _is_apart(text: PageText, group: list[Edge], rest: list[Edge]) -> bool:
    """Whether the rest of the text stands further away than its lines from one another."""
    inner = group[-1]
    distances = sorted(
        (abs(edge.height - inner.height), edge)
        for edge in rest
        if abs(edge.height - inner.height) > _SAME_HEIGHT
    )
    if not distances:
        return True
    nearest, edge = distances[0]
    usual = _LEADING * text.cell(edge.char).height
    others = [abs(other.height - edge.height) for other in rest if other.height != edge.height]
    return nearest > _APART * min([usual, *others])


def _with_line_end(text: str, edge: Edge) -> tuple[int, int]:
    if edge.end < len(text):
        return edge.start, edge.end + 1
    return max(0, edge.start - 1), edge.end


def _around(text: PageText, edge: Edge) -> Box:
    boxes = [
        text.box(text.origins[at])
        for at in range(edge.start, edge.end)
        if not text.text[at].isspace()
    ]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))
