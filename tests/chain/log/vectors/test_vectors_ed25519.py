"""Signatures that must and must not hold, from Project Wycheproof."""

import json

from evidence_chain.log.key import VerifierKey


def test_wycheproof(shared):
    path = shared("vectors/wycheproof-ed25519/testvectors_v1/ed25519_test.json")
    counts = {"valid": 0, "invalid": 0}
    for group in json.loads(path.read_bytes())["testGroups"]:
        key = VerifierKey.of("wycheproof.example", bytes.fromhex(group["publicKey"]["pk"]))
        for case in group["tests"]:
            holds = key.signed(bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
            assert holds == (case["result"] == "valid"), case["tcId"]
            counts[case["result"]] += 1
    assert counts == {"valid": 88, "invalid": 63}
