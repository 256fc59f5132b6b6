"""Whether a signature proves what a reader would take it to prove.

Everything that makes a signature worthless is looked for before its key is, and the key is judged
before the content. Expiry comes last: of an expired signature it is known that it fitted.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError
from evidence_chain.mail.keys import parse_record
from evidence_chain.mail.verdict import Caution, Outcome, Reason, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from dkim import DKIM

    from evidence_chain.canonical import Json
    from evidence_chain.mail.fields import Message
    from evidence_chain.mail.keys import Key, PublicKey
    from evidence_chain.mail.tags import Signature

    Finding = tuple[Outcome, Reason, str | None] | None

WEAKEST = 1024
"""Bits of RSA (RFC 8301, section 3.2)."""
_ALGORITHMS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}


def judge(
    verdict: dict[str, Json],
    message: Message,
    place: int,
    signature: Signature,
    key: Key | None,
    public: PublicKey | None,
) -> None:
    """Fill in what comes of the signature at `place`, counted from 0 at the top."""
    finding = _of_signature(message, signature)
    if finding is None and public is None:
        finding = _of_missing_key(key, signature)
    elif finding is None and public is not None:
        finding = _of_key(signature, public) or _of_content(message, place, signature, public)
    if finding is None and verdict["expired_when_checked"]:
        finding = _refused(Reason.EXPIRED, f"it held until {verdict['expires']}")
    if finding is None:
        verdict["verdict"] = Outcome.VALID.value
    else:
        settle(verdict, *finding)
    fits = finding is None or finding[1] is Reason.EXPIRED
    if fits and message.has_bare_line_feeds:
        verdict["warnings"].append(Caution.LINE_ENDS_RESTORED.value)


def _refused(reason: Reason, detail: str | None = None) -> Finding:
    return Outcome.REFUSED, reason, detail


def _of_signature(message: Message, signature: Signature) -> Finding:
    """What is wrong with a signature, whatever its key."""
    if message.problem:
        return _refused(Reason.MESSAGE_MALFORMED, message.problem)
    if message.repeated:
        return _refused(Reason.DUPLICATE_HEADER, f"twice: {', '.join(message.repeated)}")
    if signature.problem:
        return _refused(Reason.MALFORMED, signature.problem)
    if signature.algorithm not in _ALGORITHMS:
        return _refused(Reason.ALGORITHM, signature.algorithm)
    if signature.number("l") is not None:
        return _refused(Reason.BODY_LENGTH, f"only {signature.number('l')} bytes of it are signed")
    if "from" not in signature.headers or not message.count("From"):
        return _refused(Reason.FROM_NOT_SIGNED)
    own, identity = str(signature.domain).lower(), str(signature.identity_domain).lower()
    if identity != own and not identity.endswith(f".{own}"):
        return _refused(Reason.IDENTITY, f"{identity} does not belong to {own}")
    return None


def _of_missing_key(key: Key | None, signature: Signature) -> Finding:
    """Why there is no key to check with."""
    name = f"{signature.selector}._domainkey.{signature.domain}"
    if key is None:
        return Outcome.NOT_CHECKED, Reason.NO_KEY, f"no key for {name} was given or asked for"
    if key.record is None:
        return Outcome.NOT_CHECKED, Reason.NO_KEY, key.problem
    try:
        parse_record(key.record)
    except FormatError as error:
        return _refused(Reason.KEY_MALFORMED, str(error))
    return _refused(Reason.KEY_REVOKED, "its record holds no key any more")


def _of_key(signature: Signature, public: PublicKey) -> Finding:
    """What is wrong with a key, or with using it for this signature."""
    if _ALGORITHMS[str(signature.algorithm)] != public.kind:
        return _refused(Reason.KEY_UNFIT, f"it is a key of {public.kind}")
    if public.hashes is not None and "sha256" not in public.hashes:
        return _refused(Reason.KEY_UNFIT, "it is not for SHA-256 (h=)")
    if not {"*", "email"} & set(public.services):
        return _refused(Reason.KEY_UNFIT, "it is not for e-mail (s=)")
    if public.kind == "rsa" and public.bits < WEAKEST:
        return _refused(Reason.KEY_WEAK, f"RSA of {public.bits} bits")
    identity = str(signature.identity_domain)
    if "s" in public.flags and identity.lower() != str(signature.domain).lower():
        return _refused(Reason.STRICT_DOMAIN, f"it signs for {identity}")
    return None


def _of_content(message: Message, place: int, signature: Signature, public: PublicKey) -> Finding:
    """Whether the key signed these headers and this body."""
    from dkim import DKIM
    from dkim.canonicalization import CanonicalizationPolicy

    signed = DKIM(message.head)
    signed.body = message.sent_body
    policy = CanonicalizationPolicy.from_c_value(signature.canonicalisation.encode())
    body = hashlib.sha256(policy.canonicalize_body(signed.body)).digest()
    if body != base64.b64decode(signature.octets("bh")):
        return Outcome.INVALID, Reason.BODY_DIFFERS, None
    if _is_signed(signed, place, signature, public):
        return None
    return Outcome.INVALID, Reason.SIGNATURE_DIFFERS, None


def _is_signed(signed: DKIM, place: int, signature: Signature, public: PublicKey) -> bool:
    if len(base64.b64decode(signature.octets("b"))) != public.signature_length:
        return False
    header = [one for one in signed.headers if one[0].lower() == b"dkim-signature"][place]
    tags = {name.encode(): value.encode() for name, value in signature.tags.items()}
    names = [name.encode() for name in signature.headers]
    look_up: Callable[..., bytes] = lambda *_, **__: public.record  # noqa: E731
    return bool(signed.verify_sig(tags, names, header, look_up))
