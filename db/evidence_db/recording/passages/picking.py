"""A passage that was named by its ends: the one slice of a document that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import PassageError
from evidence_chain.extract import MarkKind
from evidence_chain.text import SAME, match, occurrences, spans_of

if TYPE_CHECKING:
    from evidence_chain.extract import TextStream
    from evidence_chain.text import Ends
    from evidence_db.recording.passages.outline import Where

_NAMED = 10
"""Places that are named where several fit."""


def picked(stream: TextStream, ends: Ends, where: Where) -> tuple[int, int]:
    """The slice that is meant, in code points.

    Raises:
        PassageError: none fits, or several do.
    """
    found = [one for one in spans_of(ends, stream.text) if _is_there(stream, one[0], where)]
    if len(found) == 1:
        return found[0]
    if found:
        begins = ", ".join(str(start) for start, _ in found[:_NAMED])
        raise PassageError(
            f"{len(found)} passages there begin and end so, at {begins}. Give more of the first "
            "and last words, or say with --at where it begins. Nothing was recorded."
        )
    raise PassageError(f"{_missing(stream.text, ends)} Nothing was recorded.")


def words(stream: TextStream, start: int, end: int) -> str:
    """A slice as a person would type it: on one line, if it is the same so."""
    there = stream.text[start:end]
    flat = " ".join(there.split())
    again = match(flat, stream.text, near=(start, end))
    same = again.status in SAME and again.fragments == [(start, end)]
    return flat if same else there


def _is_there(stream: TextStream, start: int, where: Where) -> bool:
    if where.at is not None:
        return start == where.at
    pages = [mark for mark in stream.marks if mark.kind == MarkKind.PAGE]
    if where.page is None or not pages:
        return True
    return any(page.start <= start < page.end for page in pages if page.detail == str(where.page))


def _missing(text: str, ends: Ends) -> str:
    for called, part in (("first", ends.first), ("last", ends.last)):
        if part and next(occurrences(part, text, 1), None) is None:
            return f"The {called} words of the passage do not stand there: {part!r}."
    if ends.last is None:
        return f"{ends.first!r} stands there, but not between the words that the link names."
    return f"Between {ends.first!r} and {ends.last!r} there is no passage, or a far too long one."
