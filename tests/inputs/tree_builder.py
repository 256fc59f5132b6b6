"""A log of seventy entries, with the proofs of it at every size."""

from evidence_chain.log.merkle import leaf_hash, root_of
from evidence_chain.log.proof import consistency_proof, inclusion_proof

LEAVES = [leaf_hash(b"entry %d" % index) for index in range(70)]
ROOTS = [root_of(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
OTHER = leaf_hash(b"another entry")


def hash_at(level, index):
    subtree = LEAVES[index << level : (index + 1) << level]
    assert len(subtree) == 1 << level, "a subtree that isn't complete is nowhere stored"
    return root_of(subtree)


def inclusion(index, size):
    return {
        "leaf_hash": LEAVES[index],
        "index": index,
        "size": size,
        "proof": inclusion_proof(index, size, hash_at),
        "root": ROOTS[size],
    }


def consistency(old_size, new_size):
    return {
        "old_size": old_size,
        "new_size": new_size,
        "old_root": ROOTS[old_size],
        "new_root": ROOTS[new_size],
        "proof": consistency_proof(old_size, new_size, hash_at),
    }
