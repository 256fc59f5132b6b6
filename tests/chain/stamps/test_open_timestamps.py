"""Proofs of OpenTimestamps are read within limits, and lead to a block only if they do."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import FormatError
from evidence_chain.stamps import open_timestamps
from evidence_chain.stamps.open_timestamps import MAGIC, read, read_header
from ledger_proofs import (
    AWAITED,
    BITCOIN,
    BLOCK,
    DIGEST,
    GENESIS,
    PENDING,
    found_easily,
    leaf,
    number,
    proof,
    string,
)


def sha256(data):
    return hashlib.sha256(data).digest()


@pytest.mark.parametrize(
    ("steps", "root"),
    [
        (b"", DIGEST),
        (b"\xf0" + string(b"after"), DIGEST + b"after"),
        (b"\xf1" + string(b"before"), b"before" + DIGEST),
        (b"\xf0" + string(b"after") + b"\x08", sha256(DIGEST + b"after")),
        (b"\x02", hashlib.sha1(DIGEST, usedforsecurity=False).digest()),
        (b"\xf2", DIGEST[::-1]),
        (b"\xf3", DIGEST.hex().encode()),
        (b"\x67", None),
        (b"\x67\x08\xf0" + string(b"x"), None),
    ],
)
def test_what_follows_from_a_digest(steps, root):
    (one,) = read(proof(steps + BLOCK)).attestations
    assert (one.root, one.height, one.is_pending) == (root, 900_000, False)


def test_several_leaves_each_from_its_own_point():
    tree = b"\xff" + AWAITED + b"\xff\x08" + BLOCK + b"\xf2" + leaf("06869a0d73d71b45", b"\x01")
    awaited, block, other = read(proof(tree)).attestations
    assert (awaited.calendar, awaited.height) == ("https://calendar.example", None)
    assert block.root == sha256(DIGEST)
    assert (other.root, other.height, other.is_pending) == (None, None, False)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "doesn't begin as one"),
        (b"\x00" * 40, "doesn't begin as one"),
        (proof(BLOCK, version=2), "version"),
        (proof(BLOCK, algorithm=b"\x02"), "not over a SHA-256"),
        (proof(BLOCK)[:-1], "was cut"),
        (proof(b"\xff"), "was cut"),
        (proof(BLOCK) + b"\x00", "goes on after its end"),
        (proof(leaf(BITCOIN, number(1) + b"x")), "goes on after its end"),
        (proof(b"\x09" + BLOCK), "not known here"),
        (proof(b"\xf0\x00" + BLOCK), "wrong length"),
        (proof(b"\xf0" + number(1 << 40)), "wrong length"),
        (proof(b"\xf0" + b"\xff" * 12), "too large"),
        (proof(leaf(PENDING, string(b"x" * 2000))), "wrong length"),
        (proof(b"\x08" * 300 + BLOCK), "steps deep"),
        (proof((b"\xff" + BLOCK) * 5_000 + BLOCK), "more than 4,096 steps"),
        (proof(b"\xf3" * 9 + BLOCK), "gives too much"),
        (proof((b"\xf0" + string(b"x" * 4_096)) + BLOCK), "gives too much"),
        (MAGIC + b"x" * (1 << 18), "262,144 bytes"),
    ],
)
def test_what_is_no_proof(data, told):
    with pytest.raises(FormatError, match=told):
        read(data)


@given(st.binary(max_size=200))
def test_any_tree_is_read_or_refused(tree):
    try:
        found = read(proof(tree))
    except FormatError:
        return
    assert found.digest == DIGEST


@pytest.mark.parametrize("data", [GENESIS, GENESIS.hex().encode(), GENESIS.hex().encode() + b"\n"])
def test_the_header_of_a_block(data):
    block = read_header(data)
    assert block.hash == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
    assert block.time == datetime(2009, 1, 3, 18, 15, 5, tzinfo=UTC)
    assert block.root == GENESIS[36:68]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (GENESIS[:-1] + b"\x00", "no work was done"),
        (GENESIS[:72] + bytes.fromhex("ffff7f20") + GENESIS[76:], "no work was done"),
        (GENESIS[:72] + bytes(4) + GENESIS[76:], "no work was done"),
        (GENESIS[:-1], "80 bytes"),
        (b"no header", "80 bytes"),
        ("é".encode() * 40, "no work was done"),
        (b"0" * 100_000, "80 bytes"),
    ],
)
def test_what_is_no_header(data, told):
    with pytest.raises(FormatError, match=told):
        read_header(data)


def test_an_easy_target_is_none_of_bitcoin_s(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(open_timestamps, "_EASIEST", 1 << 255)
        header = found_easily(DIGEST)
        assert read_header(header).root == DIGEST
    with pytest.raises(FormatError, match="no work was done"):
        read_header(header)
