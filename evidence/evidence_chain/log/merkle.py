"""The tree over the log (docs/format.md, section 5; RFC 6962, RFC 9162).

A tree of `size` leaves splits at the largest power of two below its size, so its left parts
are always *complete* subtrees of 2**level leaves. Their hashes never change as the log grows:
they are what is stored, and what proofs are put together from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HashAt = Callable[[int, int], bytes]
"""`hash_at(level, index)`: hash of the complete subtree over the leaves from
`index * 2**level` up to `(index + 1) * 2**level`; level 0 is the leaf hash itself."""

HASH_SIZE = 32
"""Bytes of a hash."""
STRIDE = 8
"""Levels from one row of tiles to the next."""
_NEAR = 16
"""Blocks whose subtrees are kept, since proofs of neighbours ask for the same."""
_leaf_begun = hashlib.sha256(b"\x00")
EMPTY_ROOT = sha256(b"")
"""Root of the tree without leaves."""


class Node(NamedTuple):
    """A complete subtree: 2**level leaves, of which the first is `index * 2**level`."""

    level: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry, 32 bytes (RFC 6962, section 2.1)."""
    state = _leaf_begun.copy()
    state.update(entry)
    return state.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbouring subtrees, 32 bytes (RFC 6962, section 2.1)."""
    return sha256(b"\x01" + left + right)


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """Root of the tree over all `leaf_hashes`, 32 bytes, computed level by level."""
    nodes = list(leaf_hashes)
    while len(nodes) > 1:
        unpaired = nodes[-1:] if len(nodes) % 2 else []
        nodes = [node_hash(*pair) for pair in zip(nodes[::2], nodes[1::2], strict=False)]
        nodes += unpaired
    return nodes[0] if nodes else EMPTY_ROOT


class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, largest first."""

    __slots__ = ("_roots", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._roots: list[bytes] = []

    @classmethod
    def at(cls, size: int, hash_at: HashAt) -> Frontier:
        """The frontier of a tree of `size` leaves that is stored already."""
        frontier = cls()
        frontier._size = size
        frontier._roots = [hash_at(level, index) for level, index in _complete_subtrees(size)]
        return frontier

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    def append(self, leaf_hash: bytes) -> list[Node]:
        """Append one leaf; return the subtrees above it that it completes, lowest first."""
        return self.append_subtree(0, leaf_hash)

    def extend(self, leaf_hashes: Iterable[bytes]) -> list[Node]:
        """Append many leaves; return the subtrees above them that they complete, by level."""
        row, first, level = list(leaf_hashes), self._size, 0
        self._size += len(row)
        completed: list[Node] = []
        edge: list[bytes] = []
        while row:
            if first % 2:
                row.insert(0, self._roots.pop())
            if len(row) % 2:
                edge.append(row.pop())
            row = list(map(node_hash, row[::2], row[1::2]))
            first, level = first // 2, level + 1
            completed += map(Node, repeat(level), range(first, first + len(row)), row)
        self._roots += reversed(edge)
        return completed

    def append_subtree(self, level: int, subtree_hash: bytes) -> list[Node]:
        """Append 2**level leaves by the hash of the complete subtree over them.

        Returns:
            The subtrees of a higher level that it completes, lowest first.

        Raises:
            ValueError: the size so far is no multiple of 2**level.
        """
        index = self._size >> level
        if index << level != self._size:
            raise ValueError(
                f"A subtree of 2**{level} leaves can't begin at leaf {self._size}: append "
                "smaller subtrees or leaves up to the next multiple first."
            )
        self._size += 1 << level
        completed = []
        while index & 1:
            subtree_hash = node_hash(self._roots.pop(), subtree_hash)
            level += 1
            index >>= 1
            completed.append(Node(level, index, subtree_hash))
        self._roots.append(subtree_hash)
        return completed

    def root(self) -> bytes:
        """Root of the tree as it stands, 32 bytes."""
        if not self._roots:
            return EMPTY_ROOT
        *lefts, node = self._roots
        for left in reversed(lefts):
            node = node_hash(left, node)
        return node


class Subtrees:
    """Every complete subtree of a tree that is at hand whole.

    Kept are the leaves and every eighth level, as tiles have them; what lies between is hashed when
    it is asked for.

    Args:
        leaves: The leaf hashes, one after the other.
    """

    __slots__ = ("_levels", "_rows")

    def __init__(self, leaves: bytes | bytearray) -> None:
        self._levels = lru_cache(maxsize=_NEAR)(self._levels_above)
        self._rows = [leaves]
        while len(self._rows[-1]) >= HASH_SIZE << STRIDE:
            self._rows.append(_complete(self._rows[-1]))

    def hash_at(self, level: int, index: int) -> bytes:
        """The hash of one of them, as `HashAt` says."""
        return self.hashes(level, index, 1)

    def hashes(self, level: int, first: int, count: int) -> bytes:
        """The hashes of neighbours on one level, one after the other."""
        kept, above = divmod(level, STRIDE)
        start, end = (index * HASH_SIZE << above for index in (first, first + count))
        if above and count == 1:
            block, within = divmod(first, 1 << STRIDE - above)
            return self._levels(kept, block)[above][within * HASH_SIZE :][:HASH_SIZE]
        return _folded(bytes(self._rows[kept][start:end]), above)

    def _levels_above(self, kept: int, block: int) -> list[bytes]:
        """The complete subtrees between two rows that are kept, over one block of the lower."""
        each = HASH_SIZE << STRIDE
        levels = [bytes(self._rows[kept][block * each : (block + 1) * each])]
        while len(levels[-1]) >= 2 * HASH_SIZE:
            row = levels[-1]
            levels.append(_folded(row[: len(row) // (2 * HASH_SIZE) * 2 * HASH_SIZE], 1))
        return levels

    def root(self, size: int) -> bytes:
        """Root of the tree over the first `size` leaves, which it must have, 32 bytes."""
        return Frontier.at(size, self.hash_at).root()


def _complete(row: bytes | bytearray) -> bytes:
    """The hash of each complete subtree of 2**`STRIDE` neighbours of a row."""
    each = HASH_SIZE << STRIDE
    starts = range(0, len(row) - each + 1, each)
    return b"".join(_folded(bytes(row[start : start + each]), STRIDE) for start in starts)


def _folded(row: bytes, levels: int) -> bytes:
    """The hashes so many levels above a row, which has 2**`levels` hashes below each."""
    for _ in range(levels):
        row = b"".join(
            node_hash(row[at : at + HASH_SIZE], row[at + HASH_SIZE : at + 2 * HASH_SIZE])
            for at in range(0, len(row), 2 * HASH_SIZE)
        )
    return row


def _complete_subtrees(size: int) -> Iterator[tuple[int, int]]:
    """Level and index of the fewest complete subtrees that make up a tree, largest first."""
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, (size >> level) - 1
