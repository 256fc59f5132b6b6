"""Digests against the official BLAKE3 test vectors."""

import json
from concurrent.futures import ThreadPoolExecutor

from evidence_chain.digest import DerivedKey, b3


def test_official_vectors(shared):
    vectors = json.loads(shared("vectors/blake3/test_vectors/test_vectors.json").read_bytes())
    derived = DerivedKey(vectors["context_string"])
    assert len(vectors["cases"]) >= 35
    for case in vectors["cases"]:
        data = bytes(at % 251 for at in range(case["input_len"]))
        key = bytes.fromhex(case["derive_key"])
        assert b3(data) == bytes.fromhex(case["hash"])[:32]
        assert derived(data) == key[:32]
        assert derived(data, len(key)) == key


def test_threads_do_not_disturb_each_other():
    derived = DerivedKey("of several threads")
    reset, update, digest = derived.calls
    reset()
    update(b"one half, ")
    with ThreadPoolExecutor(1) as pool:
        meanwhile = pool.submit(derived, b"meanwhile").result()
    update(b"and the other")
    assert digest() == derived(b"one half, and the other")
    assert meanwhile == derived(b"meanwhile")
