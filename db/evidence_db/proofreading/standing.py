"""A place where a quotation stands."""

from __future__ import annotations

import shlex
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.kinds import evidence_kind
from evidence_chain.text import SIGN_OFF
from evidence_db.proofreading.readings import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.text import Match
    from evidence_db.proofreading.readings import Reading
    from evidence_db.proofreading.texts import Text
    from evidence_db.reading.records import Record

    Slices = Sequence[tuple[int, int]]

_ENDS = ",.;:!?…‥，。．；：！？、،؛؟।—–―"
"""What a newsroom may put between the last word of a quotation and its closing mark."""
_BEGINS = "¡¿…—―"
_QUOTES = "\"'"


class Stands(NamedTuple):
    """Where a quotation stands."""

    text: Text
    found: Match
    reading: Reading
    bare: Slices
    """Where its words stand in the text: `found.fragments` without punctuation at their edges."""
    marks: tuple[str, ...]
    """What is marked there and a person must look at."""
    before: str | None = None
    """What stands before it there and may change its sense, such as `unlikely that`."""


def bare(found: Match, stream: str) -> Slices:
    """Where the words of a match stand, without the punctuation and space around each fragment.

    American style puts a comma or a full stop inside the closing mark, whatever was said; where
    the document happens to have one there too, it is no more of the quotation than before.
    """
    return [_trimmed(stream, start, end) for start, end in found.fragments]


def _trimmed(stream: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_outside(stream[end - 1], _ENDS):
        end -= 1
    while start < end and _is_outside(stream[start], _BEGINS):
        start += 1
    return start, end


def _is_outside(character: str, punctuation: str) -> bool:
    quotes = character in _QUOTES or unicodedata.category(character) in ("Pi", "Pf", "Ps", "Pe")
    return quotes or character.isspace() or character in punctuation


def is_edge(character: str) -> bool:
    """Whether a character may stand between two passages that are quoted as one."""
    return _is_outside(character, _ENDS + _BEGINS)


def within(places: Slices, slices: Slices) -> bool:
    """Whether each of these places lies in one of these slices."""
    return all(any(low <= start and end <= high for low, high in slices) for start, end in places)


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
