"""A place where a quotation stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.text import SIGN_OFF
from evidence_db.proofreading.readings import INTERRUPTED

if TYPE_CHECKING:
    from evidence_chain.text import Match
    from evidence_db.proofreading.readings import Reading
    from evidence_db.proofreading.texts import Text


class Stands(NamedTuple):
    """Where a quotation stands."""

    text: Text
    found: Match
    reading: Reading
    marks: tuple[str, ...]
    """What is marked there and a person must look at."""
    before: str | None = None
    """What stands before it there and may change its sense, such as `unlikely that`."""


def reasons(stands: Stands) -> list[str]:
    """Why a person must look at a quotation where it stands."""
    noted = [note for note in stands.found.notes if note in SIGN_OFF]
    own = [note for note in stands.reading.notes if note == INTERRUPTED]
    return [*noted, *own, *stands.marks]
