"""The digests that a WARC record tells of itself (WARC 1.1, sections 5.8 and 5.9)."""

from __future__ import annotations

import base64
import binascii
import hashlib

_ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


def matches(told: str | None, *candidates: bytes) -> bool | None:
    """Whether `told` is the digest of one of `candidates`; `None` if that can't be said.

    Args:
        told: such as `sha1:` and base 32, as most archives have it, or hex or base 64.
        candidates: the bytes that it may be of. A payload's digest is in some archives of the
            bytes as sent and in others of the chunks put together.
    """
    name, _, value = (told or "").partition(":")
    algorithm = _ALGORITHMS.get(name.strip().lower().replace("-", ""))
    if algorithm is None or not value.strip():
        return None
    expected = _decoded(value.strip(), algorithm(usedforsecurity=False).digest_size)
    return any(algorithm(data, usedforsecurity=False).digest() in expected for data in candidates)


def _decoded(value: str, size: int) -> set[bytes]:
    """The digests of that size that the text can be read as."""
    found = set()
    for decode in (base64.b16decode, base64.b32decode, base64.b64decode, base64.urlsafe_b64decode):
        try:
            text = value.upper() if decode in (base64.b16decode, base64.b32decode) else value
            found.add(decode(text))
        except (binascii.Error, ValueError):
            continue
    return {digest for digest in found if len(digest) == size}
