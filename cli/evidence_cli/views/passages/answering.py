"""What speaks against an answer that was just recorded, or against a silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_cli.terminal import flat, paint, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.case import Case
    from evidence_db.publishing.gate.answering import Doubt


def doubts_of_closing(case: Case, index: int) -> list[Doubt]:
    """What speaks against a record's closing the request that it answers, or is silence on."""
    from evidence_db.publishing.gate.requests import doubts_of

    with case.reader() as reader:
        return doubts_of(reader, index)


def doubt_lines(id_: str, doubts: Sequence[Doubt]) -> Iterator[str]:
    """The same for people, with what a person can do."""
    for one in doubts:
        yield paint(flat(f"It {one.why}."), fg="yellow")
    if any(not one.is_final for one in doubts):
        yield wrapped(
            "So the request still counts as unanswered, until somebody who looked at it says "
            f"otherwise: evidence review {id_[:8]} --approve --note WHY"
        )
