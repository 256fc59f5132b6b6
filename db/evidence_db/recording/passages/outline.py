"""The pages and numbered clauses of a text, by which a person says where a passage stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_chain.extract import MarkKind
from evidence_chain.extract.numbered import called, numbered, outside_clause
from evidence_chain.text import STANDS, match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.extract import TextStream
    from evidence_chain.extract.numbered import Clause
    from evidence_chain.text import Match

_OVER = 2000
"""Characters by which a passage may run over the end of its page or clause, besides its own."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a person says of where a passage stands."""

    at: int | None = None
    """Where it begins, in code points."""
    page: int | None = None
    clause: str | None = None


class Outline:
    """Where the pages and clauses of a text stream are, and what begins in them."""

    def __init__(self, text: TextStream) -> None:
        self._text = text

    def near(self, text: str, where: Where) -> tuple[int, int] | None:
        """The slice that `where` may mean: the first place of `text` on a page or in a clause.

        Raises:
            InputError: there is no such page, or the passage doesn't begin on it.
        """
        if where.at is not None:
            return where.at, where.at + len(text)
        pages = [mark for mark in self._text.marks if mark.kind == MarkKind.PAGE]
        wanted = [(page.start, page.end) for page in pages if page.detail == str(where.page)]
        within = [] if where.clause is None else called(self._numbered, where.clause)
        held = [(first, last) for _, first, last in within]
        if where.page is None or not pages:
            return self._within(text, held)
        if not wanted:
            raise InputError(f"The document has no page {where.page}; it has {len(pages)}.")
        both = [
            (max(first, start), min(last, end))
            for first, last in held
            for start, end in wanted
            if max(first, start) < min(last, end)
        ]
        if near := self._within(text, both) or self._within(text, wanted):
            return near
        elsewhere = self._page_of(text)
        raise InputError(
            f"The passage does not begin on page {where.page}. "
            + (f"It stands on page {elsewhere}." if elsewhere else "Check the page and the text.")
        )

    def _within(self, text: str, slices: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        """The first place of `text` that begins within one of the slices."""
        for start, end in slices:
            there = match(text, self._text.text[start : end + len(text) + _OVER])
            if there.status in STANDS and start + there.fragments[0][0] < end:
                return start + there.fragments[0][0], start + there.fragments[-1][1]
        return None

    @cached_property
    def _numbered(self) -> list[Clause]:
        return numbered(self._text)

    def outside_clause(self, number: str, found: Match) -> str | None:
        """Why the clause of this number doesn't hold the passage, or `None` if it does."""
        start, end = found.fragments[0][0], found.fragments[-1][1]
        return outside_clause(self._numbered, number, start, end)

    def _page_of(self, text: str) -> str | None:
        found = match(text, self._text.text)
        if found.status not in STANDS:
            return None
        marks = self._text.marked(found.fragments[:1])
        return next((mark.detail for mark in marks if mark.kind == MarkKind.PAGE), None)
