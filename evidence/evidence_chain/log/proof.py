"""Proofs that a leaf or an earlier tree is part of a tree (RFC 9162, section 2.1).

`merkle` says what the tree is, and what stored hashes proofs are put together from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import SIZE
from evidence_chain.errors import ProofError
from evidence_chain.log.merkle import node_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.log.merkle import HashAt

_Span = tuple[int, int]
"""The first leaf of a subtree, and the leaf after its last."""


def inclusion_proof(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """The hashes that prove leaf `index` of a tree of `size` leaves (RFC 9162, 2.1.3.1).

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            proof.append(_range_hash(middle, end, hash_at))
            end = middle
        else:
            proof.append(_range_hash(start, middle, hash_at))
            start = middle
    return proof[::-1]


def consistency_proof(old_size: int, new_size: int, hash_at: HashAt) -> list[bytes]:
    """The hashes that prove the first `old_size` leaves unchanged (RFC 9162, 2.1.4.1).

    Raises:
        ValueError: not 0 < `old_size` <= `new_size`; nothing follows from an empty tree.
    """
    if not 0 < old_size <= new_size:
        raise ValueError(f"There is no consistency proof from {old_size} to {new_size} leaves.")
    proof: list[bytes] = []
    start, end = 0, new_size
    while end != old_size:
        middle = _split(start, end)
        if old_size <= middle:
            proof.append(_range_hash(middle, end, hash_at))
            end = middle
        else:
            proof.append(_range_hash(start, middle, hash_at))
            start = middle
    if start:
        proof.append(_range_hash(start, end, hash_at))
    return proof[::-1]


def verify_inclusion(
    leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that `leaf_hash` is leaf `index` of the tree with `root` (RFC 9162, 2.1.3.2).

    Take `size` and `root` from one checkpoint: the root alone does not tell the size, and a
    proof fits every size at which leaf `index` has as many siblings above it.

    Raises:
        ProofError: it isn't, or the proof has a hash too many or too few.
    """
    check = f"Checking that entry {index} is in a log of {size} entries"
    if not 0 <= index < size:
        raise ProofError(f"{check}: there is no such entry. Ask for a proof that fits this log.")
    siblings_are_left = list(_sides(index, size - 1))
    _check_hashes(check, [leaf_hash])
    _check_hashes(check, proof, len(siblings_are_left))
    node = leaf_hash
    for is_left, sibling in zip(siblings_are_left, proof, strict=True):
        node = node_hash(sibling, node) if is_left else node_hash(node, sibling)
    _check_root(check, node, root)


class ProvenTree:
    """One tree of which many leaves are checked: what was proved of one serves the next.

    Checking a leaf climbs only up to the first subtree whose hash is proved already. A leaf is
    accepted only if there is a proof of it that `verify_inclusion` accepts.

    Args:
        size: Number of leaves.
        root: Root of the tree, 32 bytes, from a checkpoint that is believed.
        hash_at: The stored hashes, of which none is believed before it leads to `root`.
    """

    def __init__(self, size: int, root: bytes, hash_at: HashAt) -> None:
        self._size = size
        self._hash_at = hash_at
        self._proved = {(0, size): root}

    def check_leaf(self, leaf_hash: bytes, index: int) -> None:
        """Check that `leaf_hash` is leaf `index` of the tree.

        Raises:
            ProofError: it isn't.
        """
        check = f"Checking that entry {index} is in a log of {self._size} entries"
        if not 0 <= index < self._size:
            raise ProofError(f"{check}: there is no such entry. Ask for one that this log has.")
        _check_hashes(check, [leaf_hash])
        *above, span = _spans_above(index, self._size)
        climbed = {span: leaf_hash}
        while span not in self._proved:
            parent = above.pop()
            climbed[parent] = self._climb(span, parent, climbed)
            span = parent
        _check_root(check, climbed[span], self._proved[span])
        self._proved |= climbed

    def _climb(self, span: _Span, parent: _Span, climbed: dict[_Span, bytes]) -> bytes:
        """The hash of the subtree `parent`, one half of which is `span`; notes the other half."""
        (start, end), (first, last) = span, parent
        sibling = (end, last) if start == first else (first, start)
        beside = self._proved.get(sibling) or _range_hash(*sibling, self._hash_at)
        climbed[sibling] = beside
        own = climbed[span]
        return node_hash(own, beside) if start == first else node_hash(beside, own)


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that one tree is the beginning of another (RFC 9162, 2.1.4.2).

    Raises:
        ProofError: it isn't, the proof has a hash too many or too few, or not
            0 < `old_size` <= `new_size`: nothing follows from an empty tree.
    """
    check = f"Checking that a log of {old_size} entries is the beginning of one of {new_size}"
    if not 0 < old_size <= new_size:
        raise ProofError(f"{check}: give the smaller log first, and not an empty one.")
    if old_size == new_size:
        _check_hashes(check, proof, 0)
        _check_root(check, old_root, new_root)
        return
    index, last = old_size - 1, new_size - 1
    while index & 1:  # up to the complete subtree that ends where the old tree ends
        index >>= 1
        last >>= 1
    siblings_are_left = list(_sides(index, last))
    start = [] if index else [old_root]  # else the old tree is that subtree
    _check_hashes(check, proof, 1 - len(start) + len(siblings_are_left))
    old, *siblings = [*start, *proof]
    new = old
    for is_left, sibling in zip(siblings_are_left, siblings, strict=True):
        old = node_hash(sibling, old) if is_left else old
        new = node_hash(sibling, new) if is_left else node_hash(new, sibling)
    _check_root(check, old, old_root)
    _check_root(check, new, new_root)


def _split(start: int, end: int) -> int:
    """Where the tree over at least two leaves, from `start` to before `end`, splits."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _spans_above(index: int, size: int) -> list[_Span]:
    """The subtrees that hold leaf `index` of a tree of `size` leaves, from the root to the leaf."""
    start, end = 0, size
    spans = [(start, end)]
    while (width := end - start) > 1:
        middle = start + (1 << (width - 1).bit_length() - 1)  # as `_split` has it
        if index < middle:
            end = middle
        else:
            start = middle
        spans.append((start, end))
    return spans


def _range_hash(start: int, end: int, hash_at: HashAt) -> bytes:
    """Root over the leaves from `start` to before `end`, a range that `_split` made."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return hash_at(level, start >> level)
    middle = _split(start, end)
    return node_hash(_range_hash(start, middle, hash_at), _range_hash(middle, end, hash_at))


def _sides(index: int, last: int) -> Iterator[bool]:
    """For each sibling on the way up from node `index` of 0 to `last`: is it on the left?"""
    while last:
        if index & 1:
            yield True
        elif index < last:
            yield False
        index >>= 1
        last >>= 1


def _check_hashes(check: str, hashes: Sequence[bytes], count: int = 1) -> None:
    if len(hashes) != count:
        raise ProofError(f"{check}: the proof has {len(hashes)} hashes where {count} belong.")
    for item in hashes:
        if len(item) != SIZE:
            raise ProofError(f"{check}: a hash has {len(item)} bytes where {SIZE} belong.")


def _check_root(check: str, computed: bytes, expected: bytes) -> None:
    if computed != expected:
        raise ProofError(
            f"{check}: the proof gives the root {computed.hex()} where {expected.hex()} is "
            "claimed. The proof, the entry or the root was changed; compare with another copy."
        )
