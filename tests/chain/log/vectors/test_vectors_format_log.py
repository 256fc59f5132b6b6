"""Tree, proofs, keys and checkpoints against the format's own worked examples."""

import json

import pytest

from evidence_chain.log.checkpoint import Checkpoint, open_checkpoint, sign
from evidence_chain.log.key import SigningKey, VerifierKey
from evidence_chain.log.merkle import Frontier, leaf_hash, root_of
from evidence_chain.log.proof import (
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)


@pytest.fixture
def vectors(shared):
    return json.loads(shared("format-vectors.json").read_bytes())


@pytest.fixture
def leaves(vectors):
    return [leaf_hash(record["entry"].encode()) for record in vectors["records"]]


@pytest.fixture
def roots(vectors):
    return {int(size): bytes.fromhex(root) for size, root in vectors["roots"].items()}


@pytest.fixture
def hash_at(leaves):
    return lambda level, index: root_of(leaves[index << level : (index + 1) << level])


@pytest.fixture
def signing_key(vectors):
    key = VerifierKey.parse(vectors["vkey"])
    return SigningKey(key.name, bytes.fromhex(vectors["signing_key"]))


def test_leaves(vectors, leaves):
    assert [leaf.hex() for leaf in leaves] == [record["leaf"] for record in vectors["records"]]


def test_roots(roots, leaves):
    assert sorted(roots) == list(range(len(leaves) + 1))
    frontier = Frontier()
    for size, root in sorted(roots.items()):
        assert root == root_of(leaves[:size])
        assert root == frontier.root()
        frontier.append((leaves * 2)[size])


def test_inclusion(vectors, leaves, roots, hash_at):
    assert len(vectors["inclusion"]) == len(leaves)
    for name, hashes in vectors["inclusion"].items():
        index, size = map(int, name.split(" in "))
        proof = list(map(bytes.fromhex, hashes))
        assert inclusion_proof(index, size, hash_at) == proof
        verify_inclusion(leaves[index], index, size, proof, roots[size])


def test_consistency(vectors, leaves, roots, hash_at):
    assert len(vectors["consistency"]) == len(leaves)
    for name, hashes in vectors["consistency"].items():
        old, new = map(int, name.split(" to "))
        proof = list(map(bytes.fromhex, hashes))
        assert consistency_proof(old, new, hash_at) == proof
        verify_consistency(old, new, roots[old], roots[new], proof)


def test_keys(vectors, signing_key):
    assert str(signing_key.verifier) == vectors["vkey"]
    assert SigningKey.parse(str(signing_key)) == signing_key


def test_checkpoints(vectors, roots, signing_key):
    assert vectors["checkpoints"]
    for note in vectors["checkpoints"]:
        checkpoint, signed = open_checkpoint(note, VerifierKey.parse(vectors["vkey"]))
        assert signed
        assert checkpoint == Checkpoint(signing_key.name, checkpoint.size, roots[checkpoint.size])
        assert sign(checkpoint, signing_key) == note
