"""The digests that a WARC record tells of itself (WARC 1.1, sections 5.8 and 5.9)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALGORITHMS = ("md5", "sha1", "sha256", "sha384", "sha512")


def matches(told: str | None, candidates: Iterable[bytes]) -> bool | None:
    """Whether `told` is the digest of one of `candidates`; `None` if that can't be said.

    Args:
        told: such as `sha1:` and base 32, as most archives have it, or hex or base 64.
        candidates: the bytes that it may be of, of which no more are made than are needed. A
            payload's digest is in some archives of the bytes as sent, in others of the chunks put
            together, or of the content decoded.
    """
    name, _, value = (told or "").partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in _ALGORITHMS or not value.strip():
        return None
    size = hashlib.new(name, usedforsecurity=False).digest_size
    expected = _decoded(value.strip().rstrip("="), size)
    if not expected:
        return None
    return any(
        hashlib.new(name, data, usedforsecurity=False).digest() in expected for data in candidates
    )


_WAYS = (
    (base64.b16decode, str.upper, 2),
    (base64.b32decode, str.upper, 8),
    (base64.b64decode, str, 4),
    (base64.urlsafe_b64decode, str, 4),
)
"""How a digest is written, what is done to it first, and what its length must be a multiple of."""


def _decoded(value: str, size: int) -> set[bytes]:
    """The digests of that size that the text can be read as, with or without padding."""
    found = set()
    for decode, prepare, unit in _WAYS:
        try:
            found.add(decode(prepare(value) + "=" * (-len(value) % unit)))
        except (binascii.Error, ValueError):
            continue
    return {digest for digest in found if len(digest) == size}
