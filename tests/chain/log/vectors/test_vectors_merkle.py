"""Proof checks against transparency-dev's probes, of which most must fail."""

import base64
import json

from evidence_chain.errors import ProofError
from evidence_chain.log.proof import verify_consistency, verify_inclusion


def inclusion(probe):
    verify_inclusion(
        raw(probe["leafHash"]),
        probe["leafIdx"],
        probe["treeSize"],
        list(map(raw, probe["proof"] or [])),
        raw(probe["root"]),
    )


def consistency(probe):
    verify_consistency(
        probe["size1"],
        probe["size2"],
        raw(probe["root1"]),
        raw(probe["root2"]),
        list(map(raw, probe["proof"] or [])),
    )


def raw(text):
    return base64.b64decode(text)


def fails(check, probe):
    try:
        check(probe)
    except ProofError:
        return True
    return False


def run(directory, check):
    """How many probes held and failed; each must do as it says."""
    counts = {False: 0, True: 0}
    for path in sorted(directory.rglob("*.json")):
        probe = json.loads(path.read_bytes())
        assert fails(check, probe) == probe["wantErr"], path
        counts[probe["wantErr"]] += 1
    return counts


def test_inclusion_probes(shared):
    counts = run(shared("vectors/transparency-dev-merkle/testdata/inclusion"), inclusion)
    assert counts == {False: 6, True: 92}


def test_consistency_probes(shared):
    counts = run(shared("vectors/transparency-dev-merkle/testdata/consistency"), consistency)
    assert counts == {False: 6, True: 92}
