"""Whether a signature proves what a reader would take it to prove.

Everything that makes a signature worthless is looked for before its key is, and the key is judged
before the content. Expiry comes last: of an expired signature it is known that it fitted.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError
from evidence_chain.mail.arc import sealed
from evidence_chain.mail.header.tags import DKIM, SEAL, ascii_domain
from evidence_chain.mail.keys import parse_record
from evidence_chain.mail.verdict import Caution, Outcome, Reason, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    import dkim

    from evidence_chain.canonical import Json
    from evidence_chain.mail.header.fields import Message
    from evidence_chain.mail.header.tags import Signature
    from evidence_chain.mail.keys import Key, PublicKey

    Field = tuple[bytes, bytes]
    Finding = tuple[Outcome, Reason, str | None] | None

WEAKEST = 1024
"""Bits of RSA (RFC 8301, section 3.2)."""
_ALGORITHMS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}
_FORBIDDEN = "rsa-sha1"


def judge(
    verdict: dict[str, Json],
    message: Message,
    place: int,
    signature: Signature,
    key: Key | None,
    public: PublicKey | None,
) -> None:
    """Fill in what comes of the signature at `place`, counted from 0 at the top of its kind."""
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
    if finding is None or finding[1] is Reason.EXPIRED:
        warnings = verdict["warnings"]
        warnings += [Caution.LINE_ENDS_RESTORED.value] * message.has_bare_line_feeds
        warnings += [Caution.AROUND.value] * bool(message.around)


def is_made_with(
    message: Message, place: int, signature: Signature, public: PublicKey | None
) -> bool:
    """Whether a key made a signature, or would have if the body were the one that was signed."""
    if public is None or _of_signature(message, signature):
        return False
    if _ALGORITHMS[str(signature.algorithm)] != public.kind:
        return False
    if signature.header == SEAL:
        return _of_content(message, place, signature, public) is None
    signed, own = _taken(message, place, signature)
    bodiless = {name: value for name, value in signature.tags.items() if name != "bh"}
    return _is_signed(signed, own, replace(signature, tags=bodiless), public, signature.headers)


def _refused(reason: Reason, detail: str | None = None) -> Finding:
    return Outcome.REFUSED, reason, detail


def _of_signature(message: Message, signature: Signature) -> Finding:
    """What is wrong with a signature, whatever its key."""
    if message.problem:
        return _refused(Reason.MESSAGE_MALFORMED, message.problem)
    if message.repeated and signature.header != SEAL:
        return _refused(Reason.DUPLICATE_HEADER, f"twice: {', '.join(message.repeated)}")
    if signature.problem:
        return _refused(Reason.MALFORMED, signature.problem)
    if signature.algorithm not in _ALGORITHMS:
        why = " is forbidden" if signature.algorithm == _FORBIDDEN else " is not known"
        return _refused(Reason.ALGORITHM, f"{signature.algorithm}{why}")
    if signature.header != DKIM:
        return None
    if signature.number("l") is not None:
        return _refused(Reason.BODY_LENGTH, f"only {signature.number('l')} bytes of it are signed")
    if "from" not in signature.headers or not message.count("From"):
        return _refused(Reason.FROM_NOT_SIGNED)
    own = ascii_domain(str(signature.domain))
    identity = ascii_domain(str(signature.identity_domain))
    if identity != own and not identity.endswith(f".{own}"):
        return _refused(Reason.IDENTITY, f"{identity} does not belong to {own}")
    if not signature.finds_key_in_dns:
        return Outcome.NOT_CHECKED, Reason.NO_KEY, "it names no known way to its key (q=)"
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
    if "s" in public.flags and ascii_domain(identity) != ascii_domain(str(signature.domain)):
        return _refused(Reason.STRICT_DOMAIN, f"it signs for {identity}")
    return None


def _of_content(message: Message, place: int, signature: Signature, public: PublicKey) -> Finding:
    """Whether the key signed these headers and this body."""
    from dkim.canonicalization import CanonicalizationPolicy

    signed, own = _taken(message, place, signature)
    if signature.header == SEAL:
        return _of_seal(signed, own, signature, public)
    policy = CanonicalizationPolicy.from_c_value(signature.canonicalisation.encode())
    body = hashlib.sha256(policy.canonicalize_body(signed.body)).digest()
    if body != base64.b64decode(signature.octets("bh")):
        return Outcome.INVALID, Reason.BODY_DIFFERS, None
    if _is_signed(signed, own, signature, public, signature.headers):
        return None
    return Outcome.INVALID, Reason.SIGNATURE_DIFFERS, None


def _taken(message: Message, place: int, signature: Signature) -> tuple[dkim.DKIM, Field]:
    """A message as dkimpy takes it, and the field in it that is the signature."""
    import dkim

    signed = dkim.DKIM(message.head, minkey=0)
    signed.body = message.sent_body
    name = signature.header.lower().encode()
    return signed, [one for one in signed.headers if one[0].lower() == name][place]


def _of_seal(signed: dkim.DKIM, own: Field, seal: Signature, public: PublicKey) -> Finding:
    """Whether the key signed all that those say who passed the message on up to this one."""
    fields = sealed(signed, seal)
    if fields is None:
        return _refused(Reason.ARC_SET, f"not all fields of the first {seal.instance} are there")
    # dkimpy takes headers from below: of several with one name the last first.
    signed.headers = fields[::-1]
    names = [name.decode().lower() for name, _ in fields]
    seal = replace(seal, tags={**seal.tags, "c": "relaxed/relaxed"})
    if _is_signed(signed, own, seal, public, names):
        return None
    return Outcome.INVALID, Reason.SIGNATURE_DIFFERS, None


def _is_signed(
    signed: dkim.DKIM, own: Field, signature: Signature, public: PublicKey, names: list[str]
) -> bool:
    if len(base64.b64decode(signature.octets("b"))) != public.signature_length:
        return False
    tags = {name.encode(): value.encode() for name, value in signature.tags.items()}
    look_up: Callable[..., bytes] = lambda *_, **__: public.record  # noqa: E731
    return bool(signed.verify_sig(tags, [name.encode() for name in names], own, look_up))
