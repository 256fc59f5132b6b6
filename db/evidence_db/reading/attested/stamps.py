"""Time-stamps as they read: which authority says when. Whether to believe it, `verify` tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError
from evidence_chain.log.note import SignedNote

if TYPE_CHECKING:
    from evidence_chain.stamps import Stamp
    from evidence_db.reading.reader import Reader


def stamps_of(reader: Reader, size: int) -> list[Stamp]:
    """The time-stamps that are over the checkpoint of `size` entries; others are left out."""
    stored = [token for of, token in reader.timestamps() if of == size]
    note = next((one.note for one in reader.checkpoints() if one.size == size), None)
    if not stored or note is None:
        return []
    from evidence_chain.stamps import open_response

    found = []
    for token in stored:
        try:
            found.append(open_response(token, SignedNote.parse(note).text.encode()))
        except EvidenceError:
            continue  # `verify` says what is wrong with it
    return found


def authorities_of(reader: Reader, size: int) -> set[str]:
    """The authorities that the time-stamps of a checkpoint name, each once, if not altered."""
    found = [one for one in stamps_of(reader, size) if one.authority]
    if not found:
        return set()
    from evidence_chain.stamps import is_altered

    return {str(one.authority) for one in found if not is_altered(one)}


def stamped(reader: Reader, last: int) -> list[dict[str, Any]]:
    """What the first checkpoint that covers entry `last` and is stamped is stamped with.

    Returns:
        `size`, `time` and `authority`, as each time-stamp has them.
    """
    sizes = sorted({size for size, _ in reader.timestamps() if size > last})
    for size in sizes:
        if found := stamps_of(reader, size):
            return [
                {"size": size, "time": one.time_text, "authority": one.authority} for one in found
            ]
    return []
