"""Every proof of the tree verifies, and no other one does (RFC 6962, RFC 9162)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ProofError
from evidence_chain.log.merkle import Frontier, Subtrees, root_of
from evidence_chain.log.proof import (
    ProvenTree,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from tree_builder import LEAVES, OTHER, ROOTS, consistency, hash_at, inclusion

SIZES = st.integers(1, len(LEAVES))
SIZE_PAIRS = st.tuples(SIZES, SIZES).map(sorted)


def with_other_proofs(claim):
    """The claim with a hash more or less, at each place, or two hashes swapped."""
    proof = claim["proof"]
    for at in range(len(proof)):
        yield claim | {"proof": proof[:at] + proof[at + 1 :]}
        yield claim | {"proof": [*proof[:at], OTHER, *proof[at + 1 :]]}
        yield claim | {"proof": [*proof[:at], proof[at][:-1], *proof[at + 1 :]]}
        yield claim | {"proof": [*proof[:at], proof[at] + b"\0", *proof[at + 1 :]]}
    for at in range(len(proof) + 1):
        yield claim | {"proof": [*proof[:at], OTHER, *proof[at:]]}
        yield claim | {"proof": [*proof[:at], b"", *proof[at:]]}
    for at in range(len(proof) - 1):
        yield claim | {"proof": [*proof[:at], proof[at + 1], proof[at], *proof[at + 2 :]]}


def flipped(data, bit):
    return bytes(byte ^ (1 << bit % 8 if bit // 8 == at else 0) for at, byte in enumerate(data))


@pytest.mark.parametrize("size", range(1, len(LEAVES) + 1))
def test_every_inclusion_proof_verifies(size):
    for index in range(size):
        verify_inclusion(**inclusion(index, size))


@pytest.mark.parametrize("new_size", range(1, len(LEAVES) + 1))
def test_every_consistency_proof_verifies(new_size):
    for old_size in range(1, new_size + 1):
        verify_consistency(**consistency(old_size, new_size))


@given(SIZES, st.data())
def test_a_changed_inclusion_proof_is_refused(size, data):
    claim = inclusion(data.draw(st.integers(0, size - 1)), size)
    for changed in with_other_proofs(claim):
        with pytest.raises(ProofError):
            verify_inclusion(**changed)


@given(SIZE_PAIRS)
def test_a_changed_consistency_proof_is_refused(sizes):
    for changed in with_other_proofs(consistency(*sizes)):
        with pytest.raises(ProofError):
            verify_consistency(**changed)


def with_flipped_bits(claim, bit, *names):
    """The claim with a bit of each of these, and of each hash of its proof, flipped in turn."""
    yield from (claim | {name: flipped(claim[name], bit)} for name in names)
    for at, item in enumerate(claim["proof"]):
        proof = list(claim["proof"])
        proof[at] = flipped(item, bit)
        yield claim | {"proof": proof}


@given(SIZES, st.integers(0, 255), st.data())
def test_any_flipped_bit_of_an_inclusion_is_refused(size, bit, data):
    claim = inclusion(data.draw(st.integers(0, size - 1)), size)
    for each in with_flipped_bits(claim, bit, "leaf_hash", "root"):
        with pytest.raises(ProofError):
            verify_inclusion(**each)


@given(SIZE_PAIRS, st.integers(0, 255))
def test_any_flipped_bit_of_a_consistency_is_refused(sizes, bit):
    claim = consistency(*sizes)
    for each in with_flipped_bits(claim, bit, "old_root", "new_root"):
        with pytest.raises(ProofError):
            verify_consistency(**each)


@given(SIZES, st.data())
def test_an_inclusion_proof_is_of_no_other_leaf_index_or_root(size, data):
    claim = inclusion(data.draw(st.integers(0, size - 1)), size)
    others = st.integers(-1, size + 1).filter(lambda index: index != claim["index"])
    index = data.draw(others)
    other = data.draw(SIZES.filter(lambda one: one != size))
    leaf = LEAVES[index] if 0 <= index < size else OTHER
    for changed in ({"index": index}, {"leaf_hash": leaf}, {"root": ROOTS[other]}):
        with pytest.raises(ProofError):
            verify_inclusion(**claim | changed)


@given(SIZES, st.data())
def test_an_inclusion_proof_is_of_no_other_log(size, data):
    claim = inclusion(data.draw(st.integers(0, size - 1)), size)
    other = data.draw(SIZES.filter(lambda one: one != size))
    with pytest.raises(ProofError):  # of the same shape, it needs the other root at least
        verify_inclusion(**claim | {"size": other, "root": ROOTS[other]})


@given(SIZE_PAIRS, st.data())
def test_a_consistency_proof_is_between_no_other_sizes_or_roots(sizes, data):
    claim = consistency(*sizes)
    for name in ("old", "new"):
        size, root = f"{name}_size", f"{name}_root"
        other = data.draw(SIZES.filter(lambda one, own=claim[size]: one != own))
        for changed in ({root: ROOTS[other]}, {size: other, root: ROOTS[other]}):
            with pytest.raises(ProofError):
                verify_consistency(**claim | changed)


@given(SIZE_PAIRS, st.data())
def test_a_log_that_was_rewritten_is_never_a_continuation(sizes, data):
    old, new = sizes
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:at], OTHER, *LEAVES[at + 1 : new]]

    def stored(level, index):
        return root_of(rewritten[index << level : (index + 1) << level])

    proof = consistency_proof(old, new, stored)
    verify_consistency(old, new, root_of(rewritten[:old]), root_of(rewritten), proof)
    for roots in ((ROOTS[old], root_of(rewritten)), (root_of(rewritten[:old]), ROOTS[new])):
        with pytest.raises(ProofError):
            verify_consistency(old, new, *roots, proof)


@given(st.lists(st.sampled_from(LEAVES[:4]), max_size=9), st.lists(st.sampled_from(LEAVES[:4])))
def test_only_the_same_leaves_in_the_same_order_have_the_same_root(one, other):
    assert (root_of(one) == root_of(other)) == (one == other)
    assert one == sorted(one) or root_of(one) != root_of(sorted(one))


@given(SIZES, st.data())
def test_a_tree_at_hand_whole_has_the_same_hashes(size, data):
    tree = Subtrees(b"".join(LEAVES[:size]))
    smaller = data.draw(st.integers(0, size))
    assert tree.root(smaller) == ROOTS[smaller]
    level = data.draw(st.integers(0, size.bit_length() - 1))
    index = data.draw(st.integers(0, (size >> level) - 1))
    assert tree.hash_at(level, index) == hash_at(level, index)
    neighbours = [hash_at(level, at) for at in range(index, size >> level)]
    assert tree.hashes(level, index, len(neighbours)) == b"".join(neighbours)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_appending_subtrees_equals_appending_their_leaves(levels):
    by_leaves, by_subtrees = Frontier(), Frontier()
    for wanted in levels:
        size = by_subtrees.size
        aligned = (size & -size).bit_length() - 1 if size else wanted
        level = min(wanted, aligned)
        if size + (1 << level) > len(LEAVES):
            break
        told = [
            node for leaf in LEAVES[size : size + (1 << level)] for node in by_leaves.append(leaf)
        ]
        completed = by_subtrees.append_subtree(level, hash_at(level, size >> level))
        assert completed == [node for node in told if node.level > level]
        assert (by_subtrees.size, by_subtrees.root()) == (by_leaves.size, by_leaves.root())


@given(st.lists(st.integers(0, 9), max_size=12))
def test_appending_many_leaves_equals_appending_each(counts):
    at_once, by_leaves = Frontier(), Frontier()
    for count in counts:
        some = LEAVES[at_once.size : at_once.size + count]
        told = [node for leaf in some for node in by_leaves.append(leaf)]
        assert at_once.extend(iter(some)) == sorted(told)
        assert (at_once.size, at_once.root()) == (by_leaves.size, by_leaves.root())


@given(size=SIZES, data=st.data())
def test_a_proven_tree_accepts_no_leaf_but_its_own_whatever_is_stored(size, data):
    lies = data.draw(st.sets(st.tuples(st.integers(0, 6), st.integers(0, size)), max_size=3))

    def stored(level, index):
        return OTHER if (level, index) in lies else hash_at(level, index)

    tree = ProvenTree(size, ROOTS[size], stored)
    indexes = st.integers(0, size - 1)
    for index in data.draw(st.lists(indexes, max_size=8)):
        for leaf in (OTHER, LEAVES[(index + 1) % len(LEAVES)]):
            with pytest.raises(ProofError):
                tree.check_leaf(leaf, index)
        try:
            verify_inclusion(LEAVES[index], index, size, *proof_from(index, size, stored))
        except ProofError:
            continue
        tree.check_leaf(LEAVES[index], index)  # at least what one proof by itself shows


def proof_from(index, size, stored):
    return inclusion_proof(index, size, stored), ROOTS[size]
