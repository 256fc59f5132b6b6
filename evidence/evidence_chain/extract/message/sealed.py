"""Parts of e-mails whose words stand in another form or place: signed, encrypted, in pieces.

Who signed it is told in `mail`; here only that a signature doesn't fit what stands there, since
that needs nobody's trust and a person must know it.
"""

from __future__ import annotations

from evidence_chain.errors import EvidenceError

_SIGNED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_PACKED = ("application/ms-tnef", "application/vnd.ms-tnef")
_ENCRYPTED = "multipart/encrypted"
ELSEWHERE = {
    "message/partial": "a piece of a message that was sent in several (message/partial)",
    "message/external-body": "a content that lies elsewhere (message/external-body)",
}
"""Parts whose words, if they have any, aren't those that are shown."""


def why_unread(kind: str, name: str) -> str | None:
    """What can't be read in a part of this type that may hold words of the message, if anything.

    Args:
        kind: its type, in lower case.
        name: its name.
    """
    if kind in _PACKED or name.lower() == "winmail.dat":
        return "winmail.dat: what Outlook packed into it (TNEF) is not read"
    if kind in _SIGNED:
        return "a part that is encrypted, or damaged (S/MIME)"
    return "a part that is encrypted (OpenPGP)" if kind == _ENCRYPTED else ELSEWHERE.get(kind)


def signs_within(kind: str) -> bool:
    """Whether parts of this type may hold an e-mail that is signed."""
    return kind in _SIGNED


def signed_within(data: bytes) -> bytes | None:
    """The e-mail that a signature of S/MIME holds (RFC 8551, section 3.5.2), if that can be had."""
    from asn1crypto import cms

    try:
        told = cms.ContentInfo.load(data)
        if told["content_type"].native != "signed_data":
            return None
        within = told["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return within if isinstance(within, bytes) else None


def forged(message: bytes) -> str | None:
    """Why a signature of S/MIME in a message does not fit what stands there, if one doesn't."""
    if b"pkcs7-" not in message.lower():
        return None
    from evidence_chain.smime import ForgedError, find, opened

    for signed in find(message):
        try:
            opened(signed)
        except ForgedError as error:
            return str(error)
        except EvidenceError:
            continue
    return None
