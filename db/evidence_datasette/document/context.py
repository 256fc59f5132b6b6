"""A passage as a file has it, with what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evidence_db.reading.excerpts import head, tail
from evidence_db.resolving.resolution import AROUND

if TYPE_CHECKING:
    from evidence_datasette.words.shown_text import Piece

Json = dict[str, Any]

_CUT = (32, AROUND)
"""How long the text around a passage is where more may follow: in a selector (docs/format.md,
section 7), and where it is taken from the file's text."""
_BREAKS = re.compile(r"\s*[\r\n\f\v]\s*")


def in_context(record: Json) -> list[Piece]:
    """The passage as the file has it, with what stands around it and between its parts.

    Between parts that are far from each other, `[…]` stands for what is left out. Nothing is cut
    within a word.
    """
    pieces: list[Piece] = []
    fragments = record["fragments"]
    for number, part in enumerate(fragments):
        before = _between(fragments[number - 1], part) if number else _start(part)
        pieces += [{"text": before, "marked": False}, {"text": part["exact"], "marked": True}]
    if fragments:
        pieces.append({"text": _end(fragments[-1]["after"]), "marked": False})
    return [piece for piece in pieces if piece["text"]]


def _start(part: Json) -> str:
    before = part["before"]
    return _airy(before if part["start"] == len(before) else f"…{tail(before)}")


def _end(after: str) -> str:
    return _airy(f"{head(after)}…" if len(after) in _CUT else after)


def _between(part: Json, following: Json) -> str:
    gap, after, before = following["start"] - part["end"], part["after"], following["before"]
    if gap > len(after) + len(before):
        return _airy(f"{head(after)} […] {tail(before)}")
    return _airy(after[:gap] + before[len(before) - max(0, gap - len(after)) :])


def _airy(around: str) -> str:
    """Text around a passage without empty lines and breaks between pages."""
    return _BREAKS.sub("\n", around)


def differs(record: Json) -> bool:
    """Whether the words as recorded are written otherwise than the file's."""
    return bool(record["text"]) and [record["text"]] != [
        one["exact"] for one in record["fragments"]
    ]


FILTERS = {"in_context": in_context, "differs": differs}
