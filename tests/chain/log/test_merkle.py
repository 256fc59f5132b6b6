"""The tree: its roots, and the frontier that grows it (RFC 6962, section 2.1)."""

import hashlib

import pytest

from evidence_chain.log.merkle import EMPTY_ROOT, Frontier, Node, leaf_hash, node_hash, root_of

LEAVES = [leaf_hash(b"entry %d" % index) for index in range(130)]


def hash_at(level, index):
    return root_of(LEAVES[index << level : (index + 1) << level])


def grown(size):
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    return frontier


def test_the_hashes_are_those_of_rfc_6962():
    left, right = LEAVES[:2]
    assert hashlib.sha256().digest() == EMPTY_ROOT
    assert leaf_hash(b"entry") == hashlib.sha256(b"\x00entry").digest()
    assert node_hash(left, right) == hashlib.sha256(b"\x01" + left + right).digest()


def test_small_trees_split_at_the_largest_power_of_two():
    a, b, c, d, e = LEAVES[:5]
    assert root_of([]) == EMPTY_ROOT
    assert root_of([a]) == a
    assert root_of([a, b, c]) == node_hash(node_hash(a, b), c)
    four = node_hash(node_hash(a, b), node_hash(c, d))
    assert root_of([a, b, c, d, e]) == node_hash(four, e)


def test_the_grown_tree_equals_the_recomputed_one_at_every_size():
    frontier = Frontier()
    assert (frontier.size, frontier.root()) == (0, EMPTY_ROOT)
    for size, leaf in enumerate(LEAVES, 1):
        frontier.append(leaf)
        assert (frontier.size, frontier.root()) == (size, root_of(LEAVES[:size]))


def test_appending_tells_every_complete_subtree_once_lowest_first():
    frontier = Frontier()
    told = []
    for size, leaf in enumerate(LEAVES, 1):
        completed = frontier.append(leaf)
        assert [node.level for node in completed] == list(range(1, len(completed) + 1))
        assert all((node.index + 1) << node.level == size for node in completed)
        told += completed
    expected = [
        Node(level, index, hash_at(level, index))
        for level in range(1, 8)
        for index in range(len(LEAVES) >> level)
    ]
    assert sorted(told) == expected


@pytest.mark.parametrize("size", range(len(LEAVES)))
def test_a_loaded_frontier_equals_the_grown_one(size):
    loaded, made = Frontier.at(size, hash_at), grown(size)
    assert (loaded.size, loaded.root()) == (size, made.root())
    assert loaded.append(LEAVES[size]) == made.append(LEAVES[size])
    assert (loaded.size, loaded.root()) == (size + 1, made.root())


def test_loading_asks_for_complete_subtrees_that_were_told():
    asked = []

    def recorded(level, index):
        asked.append((level, index))
        return hash_at(level, index)

    Frontier.at(0b1011, recorded)
    assert asked == [(3, 0), (1, 4), (0, 10)]


@pytest.mark.parametrize(("size", "level"), [(1, 1), (2, 2), (3, 1), (4, 3), (6, 2), (7, 5)])
def test_a_subtree_that_is_not_aligned_is_refused_and_changes_nothing(size, level):
    frontier = grown(size)
    with pytest.raises(ValueError, match=f"can't begin at leaf {size}"):
        frontier.append_subtree(level, LEAVES[0])
    assert (frontier.size, frontier.root()) == (size, root_of(LEAVES[:size]))
