"""Signing the log as it stands (docs/format.md, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_chain.log import checkpoint
from evidence_db.keys import load_key
from evidence_db.reading import Signed
from evidence_db.writing import Writer

if TYPE_CHECKING:
    from evidence_db.case import Case


def sign_checkpoint(case: Case) -> Signed:
    """Sign the whole log with the case's key and store the checkpoint.

    A log that has not grown since its newest checkpoint gets no other one.

    Raises:
        KeyFileError: the signing key is missing, or open to others.
        InputError: there is nothing in the log yet.
        StorageError: the database can't be written.
    """
    with case.reader() as reader:
        origin = reader.info().origin
    key = load_key(origin)
    with Writer(case, recorded_by=origin) as writer:
        stored = writer.reader.checkpoints()
        size, root = writer.head()
        if not size:
            raise InputError("There is nothing in the log yet that could be signed.")
        if stored and stored[-1].size == size:
            return stored[-1]
        note = checkpoint.sign(checkpoint.Checkpoint(origin, size, root), key)
        writer.store_checkpoint(size, note)
    return Signed(size, note)
