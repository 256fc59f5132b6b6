"""The stored hashes of a log's tree, read a row of neighbours at a time.

The records of a claim stand close together, so what proves one needs hashes beside those that
prove the next. None of them is believed before it leads to a signed root (`log.proof`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader

_ROW = 16
"""Neighbours that are read at once."""
_NODES = "SELECT n, hash FROM tree_node WHERE level = ? AND n >= ? AND n < ?"


class StoredHashes:
    """Answers for the hash of a complete subtree, as `ProvenTree` asks."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.leaves: dict[int, bytes] = {}
        """The hashes of entries that were read, by index."""
        self._nodes: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, n: int) -> bytes:
        """The hash of a subtree; level 0 are the leaves.

        Raises:
            StorageError: it is not there, or is no hash.
        """
        if level and (level, n) not in self._nodes:
            first = n - n % _ROW
            found = self._reader.connection.execute(_NODES, (level, first, first + _ROW))
            self._nodes |= {(level, at): it for at, it in found if isinstance(it, bytes)}
        known = self._nodes.get((level, n)) if level else self.leaves.get(n)
        return known or self._reader.hash_at(level, n)
