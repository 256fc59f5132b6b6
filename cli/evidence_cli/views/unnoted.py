"""Contradictions that nothing is said of, told when they are recorded and not by the gate alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from evidence_chain.errors import InputError
from evidence_cli.terminal import clean, is_attended, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_cli.session import Session
    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.recording.adding import Recorded


class Made(NamedTuple):
    """A link from a record to a claim."""

    relation: str
    from_: str
    """The record's id."""
    claim: Record
    link: Recorded


def unnoted(case: Case, made: Iterable[Made]) -> list[Made]:
    """Those of these links for which the gate will ask for a note."""
    against = [one for one in made if one.relation == "contradicts"]
    if not against or not are_notes_asked(case):
        return []
    with case.reader() as reader:
        return [one for one in against if not reader.record(one.link.index).body.get("note")]


def note_asked(session: Session, relations: Iterable[str], note: str | None) -> str | None:
    """The note on links that are to be made; who sits at a terminal is asked before it is late.

    Args:
        session: Whose command it is.
        relations: Those of the links.
        note: The note that was given, if one was.
    """
    if note or session.json or "contradicts" not in relations:
        return note
    if not is_attended():
        return note
    if not are_notes_asked(session.case()):
        return note
    say("The gate will ask how you dealt with what contradicts a claim.", err=True)
    asked: str = click.prompt(
        "Note on the link (empty: none)", default="", show_default=False, err=True
    )
    return asked.strip() or None


def are_notes_asked(case: Case) -> bool:
    """Whether the gate will ask for a note on each contradiction."""
    from evidence_db.publishing.policy import read_policy

    try:
        return read_policy(case.root).contradictions_noted
    except InputError:  # which the gate tells; what was recorded was
        return False


def unnoted_line(one: Made) -> str:
    """What the gate will ask of a link, and how that is answered now."""
    from evidence_db.publishing.gate.mends import called, noted_anew

    first, then = noted_anew(one.link.id, one.from_, clean(called(one.claim)))
    return (
        "The gate will ask for a note on this link, which is given by -m WHY. Now, take the link "
        f"back and make it anew:\n  {first}\n  {then}"
    )
