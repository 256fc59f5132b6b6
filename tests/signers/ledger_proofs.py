"""Proofs of OpenTimestamps, and headers of blocks, with anything about them otherwise."""

import hashlib

from evidence_chain.errors import FormatError
from evidence_chain.stamps.open_timestamps import MAGIC, read_header

DIGEST = hashlib.sha256(b"a checkpoint").digest()
GENESIS = bytes.fromhex(
    "01000000" + "00" * 32 + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
    "29ab5f49ffff001d1dac2b7c"
)
"""The header of Bitcoin's first block, which every node has."""
BITCOIN, PENDING = "0588960d73d71901", "83dfe30d2ef90c8e"


def number(value):
    found = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        found.append(low | (0x80 if value else 0))
        if not value:
            return bytes(found)


def string(data):
    return number(len(data)) + data


def leaf(tag, payload):
    return b"\x00" + bytes.fromhex(tag) + string(payload)


def proof(tree, digest=DIGEST, head=MAGIC, version=1, algorithm=b"\x08"):
    return head + number(version) + algorithm + digest + tree


BLOCK = leaf(BITCOIN, number(900_000))
AWAITED = leaf(PENDING, string(b"https://calendar.example"))


def found_easily(root):
    """A header over a root, for which next to no work was done."""
    for nonce in range(1 << 16):
        header = bytes(36) + root + bytes.fromhex("00ab5f69ffff7f20") + nonce.to_bytes(4, "little")
        try:
            read_header(header)
        except FormatError:
            continue
        return header
    raise AssertionError
