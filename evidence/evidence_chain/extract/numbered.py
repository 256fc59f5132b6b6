"""The numbered clauses of a text stream: those that its marks tell, then those of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.stream import MarkKind
from evidence_chain.text.clauses import clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.extract.stream import TextStream

Clause = tuple[str, int, int]
"""The number as it stands there, start and end in code points."""


def numbered(stream: TextStream) -> list[Clause]:
    """All numbered clauses of a text."""
    marked = [
        (mark.detail, mark.start, mark.end) for mark in stream.marks if mark.kind == MarkKind.CLAUSE
    ]
    return [*marked, *clauses(stream.text)]


def called(found: Sequence[Clause], number: str) -> list[Clause]:
    """Those of the clauses that have this number."""
    return [one for one in found if _plain(one[0]) == _plain(number)]


def outside_clause(found: Sequence[Clause], number: str, start: int, end: int) -> str | None:
    """Why the clause of this number doesn't hold a slice, or `None` if it does.

    A document in which no clause is numbered says nothing of it.
    """
    if not found:
        return None
    wanted = called(found, number)
    if any(first <= start and end <= last for _, first, last in wanted):
        return None
    around = [one for one in found if one[1] <= start < one[2]]
    innermost = min(around, key=lambda one: one[2] - one[1], default=None)
    stands = f"it stands under {innermost[0]}" if innermost else "it stands under no number"
    lacks = "does not hold this passage" if wanted else "was not found in the document"
    return f"Clause {number} {lacks}; {stands}."


def _plain(number: str) -> str:
    return number.strip(" .)§").casefold()
