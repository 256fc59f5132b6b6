"""Digests (docs/format.md, section 2), through the interface of hashlib."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING

from blake3 import blake3

if TYPE_CHECKING:
    from collections.abc import Collection

SIZE = 32
"""Length in bytes of every digest in the format."""

_LENGTHS = frozenset({2 * SIZE})


def b3(data: bytes) -> bytes:
    """BLAKE3 of `data`, 32 bytes: `B` in the format. Names records and preserved files."""
    return blake3(data).digest()


def sha256(data: bytes) -> bytes:
    """SHA-256 of `data`, 32 bytes: `S` in the format. The log's tree and time-stamps use it."""
    return hashlib.sha256(data).digest()


class DerivedKey(threading.local):
    """BLAKE3 in derive-key mode under one context: `K(context, ·)` in the format."""

    def __init__(self, context: str) -> None:
        state = blake3(derive_key_context=context)
        self.calls = state.reset, state.update, state.digest
        """Those of one state, which each thread has for itself, for who counts microseconds."""

    def __call__(self, data: bytes, length: int = SIZE) -> bytes:
        """The first `length` bytes of the extended output over `data`."""
        reset, update, digest = self.calls
        reset()
        update(data)
        return digest(length)


def is_hex_digest(text: object) -> bool:
    """Whether `text` is a digest as the format writes one: 64 lower-case hex digits."""
    if not isinstance(text, str) or len(text) != 2 * SIZE:
        return False
    try:
        return bytes.fromhex(text).hex() == text
    except ValueError:
        return False


def are_hex_digests(values: Collection[object]) -> bool:
    """Whether every one of `values` is such a digest. Faster than asking one by one."""
    return from_hex_digests(values) is not None


def from_hex_digests(values: Collection[object]) -> bytes | None:
    """The bytes of such digests, one after the other; `None` if one of `values` is none."""
    try:
        if not _LENGTHS.issuperset(map(len, values)):  # type: ignore[arg-type]  # or it raises
            return None
        joined = "".join(values)  # type: ignore[arg-type]  # or it raises
        found = bytes.fromhex(joined)
    except (TypeError, ValueError):
        return None
    return found if found.hex() == joined else None
