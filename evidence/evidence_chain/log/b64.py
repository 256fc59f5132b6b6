"""Standard base64 with padding, in its one canonical spelling (RFC 4648, section 4)."""

from __future__ import annotations

import base64

from evidence_chain.errors import FormatError


def encode(data: bytes) -> str:
    """Base64 of `data` on one line."""
    return base64.b64encode(data).decode()


def decode(text: str) -> bytes:
    """The bytes that `text` stands for.

    Raises:
        FormatError: `text` is not base64, or not as `encode` would have written it.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise FormatError(f"This is not base64: {error}. Copy the whole of it.") from error
    if encode(data) != text:
        raise FormatError(
            "This base64 is spelt otherwise than its bytes are written, so it was changed. "
            "Fetch it again from its source."
        )
    return data
