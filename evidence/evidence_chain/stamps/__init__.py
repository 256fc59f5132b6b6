"""Time-stamps of authorities over checkpoints (docs/format.md, section 5; RFC 3161). No I/O.

request = request_over(text, nonce)       what an authority is asked
stamp = open_response(response, text)     what it says, over the text of this checkpoint
trusted = check(stamp, roots)             that the authority said it, and which root vouches

A time-stamp proves that the checkpoint existed at its time. That its authority's certificate was
not revoked is not looked at: revocation lists are elsewhere, and change.
"""

from __future__ import annotations

from evidence_chain.stamps.authority import read_roots
from evidence_chain.stamps.request import answered, request_over
from evidence_chain.stamps.response import Stamp, open_response
from evidence_chain.stamps.signature import Trusted, check, is_altered

__all__ = [
    "Stamp",
    "Trusted",
    "answered",
    "check",
    "is_altered",
    "open_response",
    "read_roots",
    "request_over",
]
