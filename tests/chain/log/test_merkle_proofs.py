"""Inclusion and consistency proofs by example, and what is none (RFC 9162)."""

import pytest

from evidence_chain.errors import ProofError
from evidence_chain.log.merkle import EMPTY_ROOT
from evidence_chain.log.proof import (
    ProvenTree,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from tree_builder import LEAVES, OTHER, ROOTS, consistency, hash_at, inclusion


def test_proofs_are_as_long_as_the_tree_is_high():
    assert len(inclusion_proof(5, 64, hash_at)) == 6
    assert inclusion_proof(0, 1, hash_at) == []
    assert consistency_proof(64, 64, hash_at) == []
    assert consistency_proof(32, 64, hash_at) == [hash_at(5, 1)]


@pytest.mark.parametrize("size", [1, 2, 7, 8, 33])
def test_an_inclusion_proof_is_for_one_leaf_at_one_index(size):
    for index in range(size):
        claim = inclusion(index, size)
        for other in {*range(-1, size + 2)} - {index}:
            with pytest.raises(ProofError):
                verify_inclusion(**claim | {"index": other})
            if 0 <= other < size:
                with pytest.raises(ProofError, match="gives the root"):
                    verify_inclusion(**claim | {"leaf_hash": LEAVES[other]})


def test_an_inclusion_proof_fails_at_each_size_of_another_shape():
    # At sizes of the same shape it holds under the same root: that is why a checkpoint
    # signs the size together with the root.
    for size in range(1, 34):
        for index in range(size):
            claim = inclusion(index, size)
            for other in range(-1, 66):
                if other > index and len(inclusion_proof(index, other, hash_at)) == len(
                    claim["proof"]
                ):
                    continue
                with pytest.raises(ProofError):
                    verify_inclusion(**claim | {"size": other})


def test_an_inclusion_proof_fails_under_every_other_root():
    claim = inclusion(3, 7)
    for size, root in enumerate(ROOTS):
        if size != 7:
            with pytest.raises(ProofError, match="gives the root"):
                verify_inclusion(**claim | {"root": root})


def test_a_consistency_proof_fails_between_other_roots():
    claim = consistency(5, 9)
    for size in {*range(len(ROOTS))} - {5, 9}:
        for name in ("old_root", "new_root"):
            with pytest.raises(ProofError, match="gives the root"):
                verify_consistency(**claim | {name: ROOTS[size]})


def test_bytes_moved_between_neighbouring_hashes_are_refused():
    # What gets hashed is the same, so without the lengths the roots would be right.
    leaf, sibling = LEAVES[:2]
    for shorter, longer in ((leaf[:-1], leaf[-1:] + sibling), (leaf + sibling[:1], sibling[1:])):
        with pytest.raises(ProofError, match="bytes where 32 belong"):
            verify_inclusion(shorter, 0, 2, [longer], ROOTS[2])
    with pytest.raises(ProofError, match="bytes where 32 belong"):
        verify_inclusion(b"", 0, 1, [], b"")
    claim = consistency(3, 4)
    third, fourth, first_two = claim["proof"]
    shifted = [third[1:], fourth, first_two + third[:1]]
    with pytest.raises(ProofError, match="bytes where 32 belong"):
        verify_consistency(**claim | {"proof": shifted})


def test_swapped_sizes_or_roots_are_refused():
    claim = consistency(5, 9)
    with pytest.raises(ProofError, match="smaller log first"):
        verify_consistency(**claim | {"old_size": 9, "new_size": 5})
    with pytest.raises(ProofError, match="gives the root"):
        verify_consistency(**claim | {"old_root": ROOTS[9], "new_root": ROOTS[5]})


def test_logs_of_one_size_are_consistent_only_when_they_are_one():
    verify_consistency(7, 7, ROOTS[7], ROOTS[7], [])
    with pytest.raises(ProofError, match="gives the root"):
        verify_consistency(7, 7, ROOTS[7], OTHER, [])
    with pytest.raises(ProofError, match="1 hashes where 0 belong"):
        verify_consistency(7, 7, ROOTS[7], ROOTS[7], [ROOTS[7]])


@pytest.mark.parametrize("new_size", [0, 1, 8])
def test_nothing_is_proved_from_an_empty_log(new_size):
    with pytest.raises(ProofError, match="not an empty one"):
        verify_consistency(0, new_size, EMPTY_ROOT, ROOTS[new_size], [])
    with pytest.raises(ValueError, match="no consistency proof from 0"):
        consistency_proof(0, new_size, hash_at)


@pytest.mark.parametrize(("old_size", "new_size"), [(-1, 5), (6, 5)])
def test_no_consistency_proof_is_made_between_impossible_sizes(old_size, new_size):
    with pytest.raises(ValueError, match="no consistency proof"):
        consistency_proof(old_size, new_size, hash_at)


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_no_inclusion_proof_is_made_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match=f"no leaf {index}"):
        inclusion_proof(index, size, hash_at)


def test_a_tree_of_the_largest_size_is_checked_at_once():
    with pytest.raises(ProofError, match="0 hashes where 63 belong"):
        verify_inclusion(OTHER, 2**62, 2**63 - 1, [], OTHER)


@pytest.mark.parametrize("size", range(1, len(LEAVES) + 1))
def test_every_leaf_of_a_tree_is_proved_in_any_order(size):
    for order in (range(size), reversed(range(size)), [*range(0, size, 3), *range(size)]):
        tree = ProvenTree(size, ROOTS[size], hash_at)
        for index in order:
            tree.check_leaf(LEAVES[index], index)


def test_what_failed_proves_nothing_afterwards():
    lie = {(2, 1): OTHER}
    tree = ProvenTree(16, ROOTS[16], lambda *at: lie.get(at) or hash_at(*at))
    for _ in range(2):
        with pytest.raises(ProofError, match="entry 0 is in a log of 16"):
            tree.check_leaf(LEAVES[0], 0)
    lie.clear()
    tree.check_leaf(LEAVES[0], 0)


@pytest.mark.parametrize("index", [-1, 8, 1000])
def test_a_proven_tree_has_no_leaf_beyond_its_size(index):
    with pytest.raises(ProofError, match="no such entry"):
        ProvenTree(8, ROOTS[8], hash_at).check_leaf(LEAVES[0], index)


@pytest.mark.parametrize("leaf", [b"", LEAVES[0][:-1], LEAVES[0] + b"\0"])
def test_a_proven_tree_takes_whole_hashes_only(leaf):
    with pytest.raises(ProofError, match="32"):
        ProvenTree(8, ROOTS[8], hash_at).check_leaf(leaf, 0)


def test_a_proven_tree_of_another_root_has_none_of_these_leaves():
    with pytest.raises(ProofError):
        ProvenTree(8, ROOTS[9], hash_at).check_leaf(LEAVES[0], 0)
