"""What a verdict says of a signature and its key, whatever comes of checking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.mail.header.fields import SHOWN
from evidence_chain.mail.header.tags import DKIM, SEAL, ascii_domain
from evidence_chain.mail.keys import PublicKey, readable
from evidence_chain.mail.verdict import Alignment, Caution

if TYPE_CHECKING:
    from evidence_chain.canonical import Json
    from evidence_chain.mail.header.fields import Message
    from evidence_chain.mail.header.tags import Signature
    from evidence_chain.mail.keys import Key

_SEEN = (*SHOWN, "Content-Type", "Content-Transfer-Encoding")
"""Fields that decide what a reader sees."""


def describe_signature(verdict: dict[str, Json], message: Message, signature: Signature) -> None:
    """Fill in what a signature says of itself, and what it leaves open."""
    sealed = signature.header == SEAL
    unsigned = [name for name in _SEEN if _times_open(name, message, signature) > 0]
    expires, dated = signature.time("x"), message.date
    verdict |= {
        "header": signature.header,
        "instance": signature.instance,
        "domain": signature.domain,
        "selector": signature.selector,
        "identity_domain": signature.identity_domain,
        "algorithm": signature.algorithm,
        "canonicalisation": None if sealed else signature.canonicalisation,
        "signed_headers": signature.headers,
        "unsigned_headers": unsigned,
        "not_oversigned": [n for n in _SEEN if _times_open(n, message, signature) == 0],
        "body_length": signature.number("l"),
        "signed_at": signature.time("t"),
        "expires": expires,
        "expired_when_checked": expires and expires < verdict["checked_at"],
        "expired_when_dated": expires and dated and expires < dated,
        "from_domain": message.sender_domain,
        "aligned": aligned(signature.domain, message.sender_domain).value,
    }
    _warn(verdict, Caution.UNSIGNED_HEADERS, bool(unsigned))
    if signature.header == DKIM:
        other = verdict["aligned"] in (Alignment.OTHER, Alignment.PARENT)
        _warn(verdict, Caution.OTHER_DOMAIN, other)
        unknown = signature.domain is not None and message.sender_domain is None
        _warn(verdict, Caution.FROM_UNKNOWN, unknown)
    else:
        verdict["aligned"] = Alignment.UNKNOWN.value
        _warn(verdict, Caution.INTERMEDIARY, True)
        _warn(verdict, Caution.CHAIN_BROKEN, signature.tags.get("cv") == "fail")
    later = verdict["signed_at"] and verdict["signed_at"] > verdict["checked_at"]
    _warn(verdict, Caution.SIGNED_LATER, bool(later))


def describe_key(verdict: dict[str, Json], key: Key | None) -> PublicKey | None:
    """Fill in what a key says of itself, and return it if it can be read."""
    if key is None:
        return None
    verdict |= {"key_record": key.record, "key_from": key.origin}
    public = readable(key)
    if public is not None:
        verdict |= {"key_bits": public.bits, "key_flags": public.flags}
        _warn(verdict, Caution.KEY_WEAK, public.kind == "rsa" and public.bits < 2048)
        _warn(verdict, Caution.TESTING, "y" in public.flags)
    return public


def _warn(verdict: dict[str, Json], caution: Caution, holds: bool) -> None:
    if holds:
        verdict["warnings"].append(caution.value)


def _times_open(name: str, message: Message, signature: Signature) -> int:
    """How often a field stands in the message more than a signature lists it.

    Negative where one that was added later would break the signature, where the field isn't there,
    and where no list is.
    """
    there, listed = message.count(name), signature.headers
    return there - listed.count(name.lower()) if there and listed else -1


def aligned(signer: str | None, sender: str | None) -> Alignment:
    """How the domain of a signer and that of the sender lie to each other."""
    if signer is None or sender is None:
        return Alignment.UNKNOWN
    signer = ascii_domain(signer)
    if signer == sender:
        return Alignment.EXACT
    if sender.endswith(f".{signer}"):
        return Alignment.SUBDOMAIN
    return Alignment.PARENT if signer.endswith(f".{sender}") else Alignment.OTHER
