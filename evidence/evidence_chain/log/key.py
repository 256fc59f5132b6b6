"""Ed25519 keys under the names of their owners (docs/format.md, section 5; C2SP signed-note)."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from evidence_chain.digest import sha256
from evidence_chain.errors import FormatError
from evidence_chain.log import b64

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = 0x01
"""The one type that a log signs with; witnesses sign with others."""
KEY_ID_SIZE = 4
_KEY_SIZE = 32
_NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
_PRIVATE = "PRIVATE+KEY+"


def check_key_name(name: str) -> None:
    """Refuse a key name that a note can't hold.

    Raises:
        FormatError: `name` is empty or has white space, `+` or control characters.
    """
    if not _NAME.fullmatch(name):
        raise FormatError(
            f"The key name {name!r} is empty or has white space, '+' or control characters. "
            "Use one such as newsroom.example/cameras."
        )


@dataclass(frozen=True)
class PublicKey:
    """An Ed25519 key under the name of its owner. Keys of different types are never equal.

    Raises:
        FormatError: a bad name, a key not of 32 bytes, or the key id of another key.
    """

    TYPE: ClassVar[int]
    """The byte before the key, by which C2SP tells what it signs."""
    OWNER: ClassVar[str] = ""
    """What comes before the name of the owner in an error."""
    ALGORITHM: ClassVar[str] = "Ed25519"
    KEY_SIZE: ClassVar[int] = _KEY_SIZE
    """Bytes of such a key."""

    name: str
    key_id: bytes
    """Four bytes that tell a note's signatures apart; they are no proof of the key."""
    public_key: bytes

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.public_key) != self.KEY_SIZE:
            raise FormatError(
                f"The key of {self.OWNER}{self.name} has {len(self.public_key)} bytes; "
                f"{self.ALGORITHM} keys have {self.KEY_SIZE}. Copy the whole key."
            )
        if self.key_id != self._key_id(self.name, self.public_key):
            raise FormatError(
                f"The key id {self.key_id.hex()} is not that of this key of {self.OWNER}"
                f"{self.name}: a letter is wrong somewhere. Copy the whole key again."
            )

    @classmethod
    def of(cls, name: str, public_key: bytes) -> Self:
        """The key of this type of a bare public key."""
        check_key_name(name)
        return cls(name, cls._key_id(name, public_key), public_key)

    @classmethod
    def _key_id(cls, name: str, public_key: bytes) -> bytes:
        return sha256(name.encode() + b"\n" + bytes([cls.TYPE]) + public_key)[:KEY_ID_SIZE]

    def __str__(self) -> str:
        return _format_key(self.name, self.key_id, self.TYPE, self.public_key)

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` over `message` is of this key (RFC 8032)."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class VerifierKey(PublicKey):
    """The key of a log or a newsroom, which tells who signed a note.

    Raises:
        FormatError: a bad name, a key not of 32 bytes, or the key id of another key.
    """

    TYPE = ED25519

    @classmethod
    def parse(cls, vkey: str) -> VerifierKey:
        """Read `NAME+KEYID+BASE64`, as C2SP writes a verifier key.

        Raises:
            FormatError: it is none, is damaged, or is of another type than Ed25519.
        """
        name, key_id, public_key = _parse_key(vkey, "verifier key")
        return cls(name, key_id, public_key)


class Signer(Protocol):
    """What signs in the name of a log, wherever its secret lies."""

    @property
    def name(self) -> str:
        """The name that it signs under, which is the log's."""

    @property
    def verifier(self) -> VerifierKey:
        """The public half, to hand to readers."""

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`, 64 bytes (RFC 8032)."""


@dataclass(frozen=True)
class SigningKey:
    """A secret key under the name that it signs with. `str` shows the secret, `repr` does not.

    Raises:
        FormatError: a bad name, or a seed that is not of 32 bytes.
    """

    name: str
    seed: bytes = field(repr=False)
    """The 32 secret bytes of RFC 8032."""

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.seed) != _KEY_SIZE:
            raise FormatError(f"The signing key of {self.name} does not have {_KEY_SIZE} bytes.")

    @classmethod
    def generate(cls, name: str) -> SigningKey:
        """A new key from the system's random numbers."""
        return cls(name, os.urandom(_KEY_SIZE))

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read `PRIVATE+KEY+NAME+KEYID+BASE64`, as Go's note package writes a signing key.

        Raises:
            FormatError: it is none, is damaged, or is of another type than Ed25519.
        """
        if not text.startswith(_PRIVATE):
            raise FormatError(f"A signing key begins with {_PRIVATE}, and this doesn't.")
        name, key_id, seed = _parse_key(text.removeprefix(_PRIVATE), "signing key")
        key = cls(name, seed)
        if key_id != key.verifier.key_id:
            raise FormatError(
                f"The signing key of {name} is damaged: its id is that of another key. "
                "Restore it from a copy."
            )
        return key

    def __str__(self) -> str:
        return _PRIVATE + _format_key(self.name, self.verifier.key_id, ED25519, self.seed)

    @cached_property
    def verifier(self) -> VerifierKey:
        """The public half, to hand to readers."""
        return VerifierKey.of(self.name, self._ed25519.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`, 64 bytes (RFC 8032)."""
        return self._ed25519.sign(message)

    @cached_property
    def _ed25519(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)


def _format_key(name: str, key_id: bytes, type_: int, key: bytes) -> str:
    return f"{name}+{key_id.hex()}+{b64.encode(bytes([type_]) + key)}"


def _parse_key(text: str, what: str) -> tuple[str, bytes, bytes]:
    """Name, key id and bare key, not compared with each other. Errors don't show the text."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    if not re.fullmatch("[0-9a-f]{8}", key_id):
        raise FormatError(
            f"A {what} has a name, an id of eight hex digits and a key, with '+' between them. "
            "This one doesn't: copy the whole key."
        )
    key = b64.decode(encoded)
    if key[:1] != bytes([ED25519]):
        raise FormatError(
            f"The {what} of {name} is of type 0x{key[:1].hex()}. Only Ed25519 (0x01) is known "
            "here; ask its owner for one of that type."
        )
    return name, bytes.fromhex(key_id), key[1:]
