"""A place where a quotation stands."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.kinds import evidence_kind
from evidence_chain.text import SIGN_OFF
from evidence_db.proofreading.readings import INTERRUPTED

if TYPE_CHECKING:
    from evidence_chain.text import Match
    from evidence_db.proofreading.readings import Reading
    from evidence_db.proofreading.texts import Text
    from evidence_db.reading.records import Record


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


def recording(artifact: Record, typed: str) -> str:
    """The command that records a passage of a preserved file: as an e-mail's, if it is one."""
    mail = "response-email"
    is_mail = artifact.body.get("media_type") in evidence_kind(mail).media_types
    kind = mail if is_mail else "quote"
    words = ["evidence", "add", kind, "--artifact", artifact.id[:8], "--text", typed]
    return shlex.join(words)
