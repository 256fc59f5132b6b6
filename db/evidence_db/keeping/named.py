"""Which preserved files the records of a case name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import is_hex_digest
from evidence_db.verifying.queries import Audit

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader


def named_files(reader: Reader) -> dict[str, int | None]:
    """The BLAKE3 of every file that a record names, in hex, and its size where that is recorded.

    Files of documents, text streams, and pictures of passages.
    """
    audit = Audit(reader.connection)
    named: dict[str, int | None] = {digest: None for _, digest in audit.streams()}
    named |= {digest: None for _, digest in audit.crops()}
    named |= {blake3: size for _, _, blake3, _, size in audit.preserved()}
    return {digest: size for digest, size in named.items() if is_hex_digest(digest)}
