"""Signatures by people with OpenPGP (RFC 3156; RFC 9580, section 7), where pysequoia is there.

A key is believed because the user gave its certificate, for nobody else vouches for it here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evidence_chain.extract.envelope import mend
from evidence_chain.mail.addresses import of_addresses
from evidence_chain.mail.verdict import OPENPGP, Caution, Outcome, Reason, new_verdict, settle
from evidence_chain.smime import detached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.canonical import Json
    from evidence_chain.mail.header.fields import Message
    from evidence_chain.mail.keys import Key

NOT_INSTALLED = "signed with OpenPGP; to check it, install evidence-chain[openpgp]"
_NO_KEY = "signed with OpenPGP; no certificate of its key was given"
_CLEAR = re.compile(
    rb"-----BEGIN PGP SIGNED MESSAGE-----.*?-----END PGP SIGNATURE-----[^\n]*", re.DOTALL
)

_ADDRESS = re.compile(r"<?([^<>\s]+@[^<>\s]+)>?\s*\Z")
"""The address that a user id ends with, by custom."""


def by_openpgp(message: Message, keys: Sequence[Key], checked_at: str) -> list[dict[str, Json]]:
    """Return a verdict on the signature of OpenPGP in a message, if a certificate was given.

    Args:
        message: the message.
        keys: those with the use `OpenPGP` hold certificates, in ASCII armour.
        checked_at: when it is checked (RFC 3339, UTC).
    """
    given = next((key for key in keys if key.use == OPENPGP and key.record), None)
    signed = _signed(message) if given else None
    if given is None or signed is None:
        return []
    verdict = new_verdict(checked_at) | {"header": OPENPGP, "from_domain": message.sender_domain}
    verdict |= {"key_record": given.record, "key_from": given.origin}
    content, signature, whole = signed
    verdict["warnings"] += [] if whole else [Caution.PART_ALONE.value]
    try:
        _check(message, verdict, content, signature)
    except ImportError:
        settle(verdict, Outcome.NOT_CHECKED, Reason.OTHER_KIND, NOT_INSTALLED)
    return [verdict]


def _signed(message: Message) -> tuple[bytes, bytes | None, bool] | None:
    """What is signed, the signature if it stands apart, and whether that is the whole message."""
    for one in detached(message.data, b"application/pgp-signature"):
        return one.content or b"", one.signature, one.whole
    text = _plain(message.data)
    clear = _CLEAR.search(text)
    return (clear[0] + b"\n", None, clear[0].strip() == text.strip()) if clear else None


def _plain(data: bytes) -> bytes:
    """The first text of a message, without its transfer encoding."""
    from evidence_chain.extract.message import mime

    parts = mime.leaves(mime.parse(mend(data).data))
    return next((mime.content(one) for one in parts if mime.is_text(one)), b"")


def _check(
    message: Message, verdict: dict[str, Json], content: bytes, signature: bytes | None
) -> None:
    import pysequoia

    certificates = pysequoia.Cert.split_bytes(str(verdict["key_record"]).encode())
    asked: list[str] = []

    def known(ids: list[str]) -> list[Any]:
        asked.extend(ids)
        return certificates

    try:
        apart = pysequoia.Sig.from_bytes(signature) if signature is not None else None
        found = pysequoia.verify(bytes=content, store=known, signature=apart)
    except (RuntimeError, ValueError) as error:
        _not_fitting(verdict, asked, certificates, str(error))
        return
    signer = found.valid_sigs[0]
    own = next(one for one in certificates if one.fingerprint == signer.certificate)
    names = [str(one) for one in own.user_ids]
    addresses = [one[1] for one in map(_ADDRESS.search, names) if one]
    domain, aligned, cautions = of_addresses(message, addresses)
    verdict |= {"domain": domain, "aligned": aligned}
    verdict["warnings"] += cautions
    if own.is_revoked:
        settle(verdict, Outcome.REFUSED, Reason.KEY_REVOKED, f"the key {signer.signing_key}")
        return
    said = ", ".join(names) or "no name"
    detail = f"by the key {signer.signing_key} of the given certificate that says {said}"
    verdict |= {"verdict": Outcome.VALID.value, "detail": detail}


def _not_fitting(
    verdict: dict[str, Json], asked: list[str], certificates: list[Any], error: str
) -> None:
    """Say why no signature was found to fit: another's key, which says nothing, or another text."""
    import pysequoia

    reason = error.partition("\n")[0][:100]
    if not asked:
        detail = f"signed with OpenPGP; its signature can't be read: {reason}"
        settle(verdict, Outcome.NOT_CHECKED, Reason.UNREADABLE, detail)
        return
    piles = (pysequoia.packet.PacketPile.from_bytes(bytes(one)) for one in certificates)
    keys = [packet.fingerprint.lower() for pile in piles for packet in pile if packet.fingerprint]
    if not any(key.endswith(one.lower()[-16:]) for key in keys for one in asked):
        settle(verdict, Outcome.NOT_CHECKED, Reason.OTHER_KIND, _NO_KEY)
        return
    settle(verdict, Outcome.INVALID, Reason.SIGNATURE_DIFFERS, reason.rstrip("."))
