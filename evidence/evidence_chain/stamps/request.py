"""What an authority is asked for (RFC 3161, section 2.4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn1crypto import tsp

from evidence_chain.digest import sha256
from evidence_chain.errors import FormatError, ProofError
from evidence_chain.stamps.response import UNREADABLE, open_response

if TYPE_CHECKING:
    from evidence_chain.stamps.response import Stamp

NONCE_BITS = 64
"""Bits of the number by which an answer is known to be one to this question."""


def request_over(text: bytes, nonce: int) -> bytes:
    """A `TimeStampReq` in DER over the text of a checkpoint, which asks for certificates too.

    Args:
        text: The text of the note, up to and with the newline before the empty line.
        nonce: A number of `NONCE_BITS` that nobody can guess.
    """
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": sha256(text)}
    asked = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    return bytes(tsp.TimeStampReq(asked).dump())


def answered(response: bytes, request: bytes, text: bytes) -> Stamp:
    """Read the response to a request.

    Raises:
        FormatError: it is no response, or `request` no request.
        ProofError: no time-stamp was granted, it is not over `text`, or it answers another
            request.
    """
    stamp = open_response(response, text)
    try:
        nonce = tsp.TimeStampReq.load(request, strict=True)["nonce"].native
    except UNREADABLE as error:
        raise FormatError("This is no request for a time-stamp (RFC 3161).") from error
    if nonce is not None and stamp.nonce != nonce:
        raise ProofError(
            "Asking for a time-stamp: the answer is to another question (its nonce is not that of "
            "the request). Somebody between may have given an old one: ask again."
        )
    return stamp
