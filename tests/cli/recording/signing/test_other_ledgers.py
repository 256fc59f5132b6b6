"""Proofs of OpenTimestamps that were made elsewhere: kept, shown, and compared with a block."""

import hashlib

import pytest

from adversary import tampering, verdict
from evidence_chain.log.note import SignedNote
from evidence_chain.stamps import open_timestamps
from ledger_proofs import AWAITED, BLOCK, GENESIS, found_easily, proof


@pytest.fixture
def easy(monkeypatch):
    """Blocks that are found at once."""
    monkeypatch.setattr(open_timestamps, "_EASIEST", 1 << 255)


def digest_of(case, *, whole=False):
    note = case.json("checkpoint")["note"]
    stamped = note if whole else SignedNote.parse(note).text
    return hashlib.sha256(stamped.encode()).digest()


def keep(case, tree=b"\x08" + BLOCK, code=0, **how):
    path = case.write("checkpoint.ots", proof(tree, digest_of(case, **how)))
    return case.run("timestamp", "--ots", path, "--json", code=code)


def counted(case, *words, code=0):
    return " ".join(case.json("verify", *words, code=code).get("counted", {}))


def test_it_is_kept_and_says_what_is_not_proved(invented):
    keep(invented, b"\xff" + AWAITED + b"\x08" + BLOCK)
    keep(invented, b"\xff" + AWAITED + b"\x08" + BLOCK)
    told = counted(invented)
    assert "pending at https://calendar.example: nothing is proved yet" in told
    assert "it says that it is in block 900,000 of Bitcoin, not compared" in told
    with invented.connected() as db:
        assert db.execute("SELECT count(*) FROM open_timestamp").fetchone() == (1,)


@pytest.mark.parametrize("whole", [False, True], ids=["text", "note"])
def test_it_leads_to_the_block_that_is_given(invented, easy, whole):
    keep(invented, whole=whole)
    root = hashlib.sha256(digest_of(invented, whole=whole)).digest()
    header = found_easily(root)
    given = (header.hex(), invented.write("header.bin", header))
    for one in given:
        words = ("--block-header", one)
        told = counted(invented, *words)
        assert "it existed when a block was found at about 2026-01-08T" in told
        assert "if Bitcoin has the block " in told
        held = invented.json("verify", *words)["checks"]
        assert "open-timestamp" in {one["check"] for one in held if one["outcome"] == "holds"}


def test_a_block_that_it_does_not_lead_to_proves_nothing(invented):
    keep(invented)
    found = verdict(invented, "--block-header", GENESIS.hex(), code=3)
    assert "open-timestamp" in found.missed
    assert "a header of another was given" in counted(
        invented, "--block-header", GENESIS.hex(), code=3
    )


def test_a_header_without_a_proof(invented):
    assert "open-timestamp" in verdict(invented, "--block-header", GENESIS.hex(), code=3).missed


@pytest.mark.parametrize("given", ["00" * 80, "no-such-file"])
def test_what_is_no_header(invented, given):
    assert invented.run("verify", "--block-header", given, code=2)


def test_a_proof_of_something_else_is_refused(invented):
    path = invented.write("other.ots", proof(BLOCK))
    assert "of no checkpoint" in invented.run("timestamp", "--ots", path, code=1).stderr
    path = invented.write("none.ots", b"no proof")
    assert "doesn't begin" in invented.run("timestamp", "--ots", path, code=1).stderr
    assert "alone" in invented.run("timestamp", "--ots", path, "--renew", code=2).stderr


@pytest.mark.parametrize(
    "change", ["proof = x'00'", "proof = CAST(substr(proof, 1, 70) AS BLOB)", "size = 14"]
)
def test_one_that_was_changed(invented, change):
    keep(invented)
    with tampering(invented) as db:
        db.execute(f"UPDATE open_timestamp SET {change}")
    assert verdict(invented, code=1).failed == ["open-timestamp"]
