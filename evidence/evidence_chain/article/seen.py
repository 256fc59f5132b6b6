"""What of an extractor's text will be printed: neither deletions, comments nor what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.article.written import Article, of_lines
from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.extract.stream import Mark

UNPRINTED = {
    MarkKind.DELETED: "tracked deletions and struck-out words",
    MarkKind.HIDDEN: "hidden text",
}
"""What readers of an article don't see, by how an extractor marks it."""
_COMMENT = "comment"


def seen(text: str, marks: Sequence[Mark], *, quoted: bool) -> Article:
    """The lines of a text without what a reader doesn't see.

    Args:
        text: a line for each paragraph.
        marks: what is marked in it.
        quoted: whether what is marked as quoted are block quotes.
    """
    cut = sorted((mark for mark in marks if _is_unprinted(mark)), key=lambda one: one.start)
    blocks = [mark for mark in marks if quoted and mark.kind == MarkKind.QUOTED]
    pieces, done = list[str](), 0
    for mark in cut:
        pieces.append(text[done : mark.start])
        inner = text[max(done, mark.start) : mark.end]
        pieces.append("\n" * inner.count("\n"))
        done = max(done, mark.end)
    left_out = [UNPRINTED.get(MarkKind(mark.kind), "comments") for mark in cut]
    numbers = {
        number
        for mark in blocks
        for number in range(
            text.count("\n", 0, mark.start), text.count("\n", 0, max(mark.start, mark.end - 1)) + 1
        )
    }
    return of_lines("".join([*pieces, text[done:]]), numbers, list(dict.fromkeys(left_out)))


def _is_unprinted(mark: Mark) -> bool:
    comment = mark.kind == MarkKind.PART and mark.detail.startswith(_COMMENT)
    return mark.start < mark.end and (mark.kind in UNPRINTED or comment)
