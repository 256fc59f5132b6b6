"""Signatures by people in e-mails (S/MIME: RFC 8551, RFC 5652), checked over the preserved bytes.

    for signed in find(message): opened(signed)          who signed it, if the signature fits
    vouched_for(signer, roots, time)                     whether a root that the user trusts says so

A signature that fits says that the key of a certificate signed these bytes, not whose key it is:
that is the issuer's word. What signs nothing but headers, or by SHA-1, is no signature here.
"""

from __future__ import annotations

from evidence_chain.smime.chain import vouched_for
from evidence_chain.smime.finding import Signed, detached, find
from evidence_chain.smime.opening import ForgedError, Signer, WeakError, opened

__all__ = [
    "ForgedError",
    "Signed",
    "Signer",
    "WeakError",
    "detached",
    "find",
    "opened",
    "vouched_for",
]
