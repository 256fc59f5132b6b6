"""Time-stamps as they read: which authority says when. Whether to believe it, `verify` tells."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.stamps import Stamp
    from evidence_db.reading.reader import Reader


def authorities_of(reader: Reader, size: int) -> set[str]:
    """The authorities that time-stamps of checkpoints of `size` or more name, if not altered."""
    found = [one for _, stamps in _stamps(reader, size - 1) for one in stamps]
    if not found:
        return set()
    from evidence_chain.stamps import is_altered

    return {one.authority for one in found if one.authority and not is_altered(one)}


def stamped(reader: Reader, last: int) -> list[dict[str, Any]]:
    """What the first checkpoint that covers entry `last` and is stamped is stamped with.

    Returns:
        `size`, `time` and `authority`, as each time-stamp has them.
    """
    for size, found in _stamps(reader, last):
        return [{"size": size, "time": one.time_text, "authority": one.authority} for one in found]
    return []


def _stamps(reader: Reader, last: int) -> Iterator[tuple[int, list[Stamp]]]:
    """The time-stamps of each checkpoint that covers entry `last`, by its size, the smallest first.

    Those that are over another text are left out: `verify` says what is wrong with them.
    """
    stored = [one for one in reader.timestamps() if one[0] > last]
    if not stored:
        return
    from evidence_chain.stamps import open_response

    signed = {one.size: one for one in reader.checkpoints()}
    for size, of_size in groupby(stored, itemgetter(0)):
        found = []
        for _, token in of_size if size in signed else ():
            try:
                found.append(open_response(token, signed[size].text))
            except EvidenceError:
                continue
        if found:
            yield size, found
