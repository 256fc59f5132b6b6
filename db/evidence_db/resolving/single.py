"""One record, checked with the file that it is or stands in (`evidence show`, and its page)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_db.resolving.resolution import chain_of

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.resolving.chain import Chain

HASHED = 64 << 20
"""Bytes of a file that is checked whenever it, or a passage in it, is shown."""


def checked(case: Case, reader: Reader, record: Record) -> Chain:
    """The checks of a record and its file; a large file is left to `evidence verify`."""
    named = [record]
    if is_evidence(record.kind) and (place := reader.place(str(record.body.get("artifact")))):
        named.append(reader.record(place.index))
    chain = chain_of(case, reader)
    chain.check([one.index for one in named if not is_large(one)])
    return chain


def is_large(record: Record) -> bool:
    """Whether a file is too large to be checked whenever it is shown, or may be.

    One whose digest is withheld is not: nobody can tell which file it is, so none is read.
    """
    is_known = record.kind == "artifact" and record.body.get("blake3") is not None
    size = record.body.get("size") if is_known else 0
    return not isinstance(size, int) or size > HASHED
