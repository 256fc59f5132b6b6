"""Which passages and links a person must look at before they are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.extract import SIGN_OFF as MARKED
from evidence_chain.text import SIGN_OFF as NOTED
from evidence_chain.text import STANDS

if TYPE_CHECKING:
    from collections.abc import Container

    from evidence_db.reading.records import Record

Json = dict[str, Any]
NEEDS_PERSON = {*NOTED, *MARKED, "clause-differs", "not-seen"}
"""The notes of a passage that a person must look at before it is published."""


def to_sign(chain: list[Json]) -> int:
    """How many passages of a chain need a person's sign-off, those of further claims included."""
    return sum(
        to_sign(link["chain"]) if "chain" in link else needs_person(link["record"])
        for link in chain
        if link["counts"]
    )


def needs_person(record: Json) -> bool:
    """Whether a person must look at a passage of a chain, and nobody who approved it has."""
    return bool(record.get("sign_off")) and not record.get("signed_off")


def to_look_at(chain: list[Json]) -> int:
    """How many links of a chain were carried from another wording, those further down included."""
    return sum(link["look_again"] + to_look_at(link.get("chain", [])) for link in chain)


def doubts_of(record: Record, erased: Container[int]) -> list[str]:
    """The same of a record of a chain: of what was erased there is nothing to be looked at."""
    return [] if record.index in erased else sign_off(record.body.get("match"))


def sign_off(found: Any) -> list[str]:  # noqa: ANN401
    """Why a person must look at a passage before it is published; empty if nobody needs to."""
    recorded = found if isinstance(found, dict) else {}
    status, notes = str(recorded.get("status")), recorded.get("notes")
    given = [str(note) for note in notes] if isinstance(notes, list) else []
    listed = [note for note in given if note in NEEDS_PERSON]
    return listed if status in STANDS else [status, *listed]
