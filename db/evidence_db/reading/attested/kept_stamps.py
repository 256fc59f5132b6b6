"""What a case keeps beside time-stamps: renewals of them, and proofs of OpenTimestamps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError
from evidence_db.reading.records import Signed

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader


def renewals(reader: Reader) -> list[tuple[str, bytes]]:
    """Each renewal: the text that it is over, and the authority's response; as they came."""
    rows = reader.connection.execute("SELECT covers, token FROM renewal ORDER BY n")
    return [(str(covers), bytes(token)) for covers, token in rows]


def open_timestamps(reader: Reader) -> list[tuple[int, bytes]]:
    """Each proof of OpenTimestamps with the size of its checkpoint, as they came."""
    rows = reader.connection.execute("SELECT size, proof FROM open_timestamp ORDER BY n")
    return [(size, bytes(proof)) for size, proof in rows]


def renewable(reader: Reader, before: int | None = None) -> list[str]:
    """The lines of all that a renewal may cover: checkpoints, time-stamps, earlier renewals.

    Args:
        reader: A reader of the case.
        before: How many renewals there were; all that there are if it is not given.
    """
    from evidence_chain.stamps.renewal import lines_of

    signed = {one.size: one for one in reader.checkpoints()}
    stamps = [
        (size, _text(signed.get(size, Signed(size, ""))), token)
        for size, token in reader.timestamps()
    ]
    return lines_of(stamps, [token for _, token in renewals(reader)[:before]])


def _text(one: Signed) -> bytes:
    try:
        return one.text
    except FormatError:
        return b""  # `verify` tells of that checkpoint
