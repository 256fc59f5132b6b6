"""Reviews: whose signature one bears, and what has made it stale since. No I/O.

state = check_signature(review, signers)      SSHSIG, and whose key that is
Chains(entries).stale_by(index, size)         what happened to the claim's chain since
"""

from __future__ import annotations

from evidence_chain.reviews.allowed_signers import AllowedSigners
from evidence_chain.reviews.review import (
    NAMESPACE,
    Review,
    Signed,
    check_signature,
    is_principal,
    signed_bytes,
)
from evidence_chain.reviews.sshsig import Signature
from evidence_chain.reviews.staleness import Chains, Entry, counting

__all__ = [
    "NAMESPACE",
    "AllowedSigners",
    "Chains",
    "Entry",
    "Review",
    "Signature",
    "Signed",
    "check_signature",
    "counting",
    "is_principal",
    "signed_bytes",
]
