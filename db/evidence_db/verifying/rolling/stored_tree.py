"""The roots of the stored tree: whether what was looked at stands in the log that is signed."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from evidence_chain.log.merkle import HASH_SIZE, Frontier, leaf_hash
from evidence_db.verifying.records import LEVEL

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from evidence_db.verifying.queries import Audit

_STEP = 1 << LEVEL
_NO_ENTRY = bytes(HASH_SIZE)
"""In the place of the hash of an entry that is not there, so that no root is right."""


def stored_roots(
    reader: Audit, sizes: Collection[int], looked: Mapping[int, bytes]
) -> dict[int, bytes]:
    """The root of the log at each of these sizes, from the hashes that are stored over stretches.

    Args:
        reader: A reader of the case.
        sizes: The sizes, none beyond the log; where a hash is missing nothing is said of them.
        looked: The hashes of stretches that were made from their entries, by number; they count in
            the place of those that are stored.
    """
    stored = dict(
        reader.connection.execute("SELECT n, hash FROM tree_node WHERE level = ?", (LEVEL,))
    )
    frontier, roots = Frontier(), dict[int, bytes]()
    for size in sorted(set(sizes)):
        while frontier.size + _STEP <= size:
            number = frontier.size >> LEVEL
            hash_ = looked.get(number, stored.get(number))
            if not isinstance(hash_, bytes) or len(hash_) != HASH_SIZE:
                return roots
            frontier.append_subtree(LEVEL, hash_)
        edge = deepcopy(frontier)
        for index in range(edge.size, size):
            entry = reader.entry_at(index)
            edge.append(_NO_ENTRY if entry is None else leaf_hash(entry))
        roots[size] = edge.root()
    return roots
