"""Keys of signers: the records that domains publish in DNS (RFC 6376, section 3.6.1)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError
from evidence_chain.mail.header.tags import DKIM, ascii_domain, parse_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

    from evidence_chain.canonical import Json

LONGEST_RECORD = 4096
"""Characters; RSA of 16,384 bits needs 2,800."""


@dataclass(frozen=True)
class Key:
    """A key record, where it came from, and for whom it holds."""

    origin: str
    """Such as `file quillmar.txt` or `dns 2026-11-22T10:00:00Z`."""
    record: str | None
    """The text of the TXT record, its strings joined; `None` if there was none to be had."""
    domain: str | None = None
    """`None`: any."""
    selector: str | None = None
    """`None`: any."""
    problem: str | None = None
    """Why there is no record."""
    use: str = DKIM
    """What signatures it is for: the header that a verdict on them has."""

    def fits(self, domain: str, selector: str) -> bool:
        """Whether it may be the key of this signer."""
        named = _is(self.domain, domain) and _is(self.selector, selector)
        return named and self.use == DKIM

    @property
    def is_named(self) -> bool:
        """Whether it is said whose key it is."""
        return self.domain is not None and self.selector is not None

    def as_json(self) -> dict[str, Json]:
        """The same as JSON; `Key(**…)` makes it a key again."""
        return asdict(self)


def find(keys: Iterable[Key], domain: str, selector: str) -> list[Key]:
    """The keys that may be a signer's: those that name it, then those that name nobody."""
    fitting = dict.fromkeys(key for key in keys if key.fits(domain, selector))
    return sorted(fitting, key=lambda key: not key.is_named)


def _is(known: str | None, wanted: str) -> bool:
    return known is None or ascii_domain(known) == ascii_domain(wanted)


@dataclass(frozen=True)
class PublicKey:
    """What a key record says."""

    kind: str
    """`rsa` or `ed25519`."""
    bits: int
    flags: list[str]
    """`s`: signs for its own domain only; `y`: its domain is testing."""
    hashes: list[str] | None
    services: list[str]
    content: bytes
    """SubjectPublicKeyInfo in DER for RSA, the 32 bytes of the key for Ed25519."""

    @property
    def signature_length(self) -> int:
        """Bytes of each of its signatures."""
        return 64 if self.kind == "ed25519" else (self.bits + 7) // 8

    @property
    def record(self) -> bytes:
        """A record that says no more than the key."""
        return f"k={self.kind}; p=".encode() + base64.b64encode(self.content)


def readable(key: Key) -> PublicKey | None:
    """What the record of a key says; `None` if it says nothing."""
    try:
        return parse_record(key.record) if key.record is not None else None
    except FormatError:
        return None


def parse_record(record: str) -> PublicKey | None:
    """Return the key of a record; `None` if it was revoked.

    Raises:
        FormatError: it is no key record, or its key can't be read.
    """
    if len(record) > LONGEST_RECORD:
        raise FormatError(f"it is longer than {LONGEST_RECORD} characters")
    tags = parse_tags(record)
    if tags.get("v", "DKIM1") != "DKIM1" or "p" not in tags:
        raise FormatError("it is no record of a DKIM key")
    if not tags["p"]:
        return None
    kind, content, bits = describe_key(_load(tags.get("k", "rsa"), "".join(tags["p"].split())))
    hashes = _listed(tags["h"]) if "h" in tags else None
    return PublicKey(
        kind, bits, _listed(tags.get("t", "")), hashes, _listed(tags.get("s", "*")), content
    )


def _listed(value: str) -> list[str]:
    return [one for one in map(str.strip, value.split(":")) if one]


def _load(kind: str, encoded: str) -> PublicKeyTypes:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        content = base64.b64decode(encoded, validate=True)
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(content)
        if kind == "rsa":
            return load_der_public_key(content)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise FormatError("its key (p=) can't be read") from None
    raise FormatError("it is of a kind (k=) that isn't known")


def describe_key(key: PublicKeyTypes) -> tuple[str, bytes, int]:
    """Return the kind of a key, its bytes as records hold them, and its bits.

    Raises:
        FormatError: signatures of e-mails have no such keys.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if isinstance(key, Ed25519PublicKey):
        return "ed25519", key.public_bytes_raw(), 256
    if isinstance(key, RSAPublicKey):
        content = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return "rsa", content, key.key_size
    raise FormatError("it is neither of RSA nor of Ed25519")
