"""Digests (docs/format.md, section 2), through the interface of hashlib."""

from __future__ import annotations

import hashlib
import re

from blake3 import blake3

SIZE = 32
"""Length in bytes of every digest in the format."""

_HEX = re.compile(r"[0-9a-f]{64}")


def b3(data: bytes) -> bytes:
    """BLAKE3 of `data`, 32 bytes: `B` in the format. Names records and preserved files."""
    return blake3(data).digest()


def sha256(data: bytes) -> bytes:
    """SHA-256 of `data`, 32 bytes: `S` in the format. The log's tree and time-stamps use it."""
    return hashlib.sha256(data).digest()


class DerivedKey:
    """BLAKE3 in derive-key mode under one context: `K(context, ·)` in the format."""

    def __init__(self, context: str) -> None:
        self._start = blake3(derive_key_context=context)

    def __call__(self, data: bytes, length: int = SIZE) -> bytes:
        """The first `length` bytes of the extended output over `data`."""
        state = self._start.copy()
        state.update(data)
        return state.digest(length=length)


def is_hex_digest(text: object) -> bool:
    """Whether `text` is a digest as the format writes one: 64 lower-case hex digits."""
    return isinstance(text, str) and _HEX.fullmatch(text) is not None
