"""A claim or a passage that somebody looked at on its page: `evidence review` in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_db.reading.references import find_record
from evidence_db.recording.attesting.reviewing import (
    check_reviewable,
    prepare,
    record_review,
    state_of,
)
from evidence_db.recording.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_datasette.answering.links import Links
    from evidence_db.case import Case

_VERDICTS = ("approved", "rejected")


def review(case: Case, by: str, reference: str, fields: Mapping[str, str], to: Links) -> str:
    """Record a review of the state that the page showed; returns the address of that page.

    The fields: `verdict`, `note` and `size`, that of the log when the page was made.

    Raises:
        InputError: no verdict was given, or no such state of the log was shown.
    """
    verdict, note = fields.get("verdict"), fields.get("note", "").strip()
    if verdict not in _VERDICTS:
        raise InputError("Say what you found: choose Approve or Reject. Nothing was recorded.")
    seen = fields.get("size", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 16):
        raise InputError("Which state of the log you looked at is not told. Open the page anew.")
    with case.reader() as reader:
        record = find_record(reader, reference, files=case.files)
        check_reviewable(reader, record)
        if int(seen) <= record.index:
            raise InputError(f"In a log of {seen} entries this record was not there yet.")
        made = prepare(record, state_of(reader, int(seen)), verdict, by, note or None)
    with Writer(case, by) as writer:
        record_review(writer, made)
    return to.of(record.kind, record.id)
