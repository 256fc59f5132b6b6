"""Signatures as `ssh-keygen -Y sign` makes them (SSHSIG: OpenSSH, PROTOCOL.sshsig).

`parse` takes them as that program writes them, to the byte, so that one signature has one
spelling; `check` refuses what `ssh-keygen -Y check-novalidate` refuses. Neither says whose the
key is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.reviews import public_key
from evidence_chain.reviews.wire import Reader, string

MAX_ARMORED = 65_536
"""Characters that an armored signature may have."""

_BEGIN = "-----BEGIN SSH SIGNATURE-----\n"
_END = "-----END SSH SIGNATURE-----\n"
_LINE = 70
_MAGIC = b"SSHSIG"
_VERSION = 1
_HASHES = frozenset({"sha256", "sha512"})


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was read; nothing of it is checked before `check`."""

    public_key: bytes
    """The blob of the key that made it, as base64 in a `.pub` file has it."""
    namespace: str
    """What the signature is for, so that none made for one thing passes for another."""
    hash_algorithm: str
    """`sha256` or `sha512`, of the message."""
    signature: bytes
    """The blob of the signature proper."""

    def check(self, message: bytes, namespace: str) -> None:
        """Check that the key in it signed `message` for `namespace`.

        Raises:
            FormatError: the key or the signature in it can't be read.
            ProofError: it is of another message or namespace, or of a key that is too weak.
            UncheckedError: it is of a kind that is not known here: a certificate's, a browser's.
        """
        if self.namespace != namespace:
            raise ProofError(
                f"Checking a signature: it was made for {self.namespace!r}, not for "
                f"{namespace!r}, so it says nothing here."
            )
        public_key.check(self.public_key, self.signature, self._signed_bytes(message))

    def _signed_bytes(self, message: bytes) -> bytes:
        digest = hashlib.new(self.hash_algorithm, message).digest()
        parts = (self.namespace.encode(), b"", self.hash_algorithm.encode(), digest)
        return _MAGIC + b"".join(map(string, parts))


def parse(armored: str) -> Signature:
    """Read an armored signature, with the newline at its end.

    Raises:
        FormatError: it is not as `ssh-keygen -Y sign` writes one: other line lengths or line
            ends, base64 spelt otherwise, text before or after, another version, an empty
            namespace, something in the reserved field, another hash than SHA-256 or SHA-512,
            or bytes after the end.
    """
    reader = Reader(_dearmor(armored), "This SSH signature")
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise FormatError("This is no SSH signature, though it is wrapped like one.")
    version = reader.uint32()
    if version != _VERSION:
        raise FormatError(f"This SSH signature is of version {version}; only 1 is known.")
    key, namespace, reserved = reader.string(), reader.name(), reader.string()
    hash_algorithm, signature = reader.name(), reader.string()
    reader.end()
    if not namespace or reserved:
        raise FormatError("This SSH signature names no purpose, or something that is not known.")
    if hash_algorithm not in _HASHES:
        raise FormatError(
            f"This SSH signature is over {hash_algorithm[:40]!r}; only SHA-256 and SHA-512 are "
            "accepted. Have it signed again."
        )
    return Signature(key, namespace, hash_algorithm, signature)


def _dearmor(armored: str) -> bytes:
    if len(armored) > MAX_ARMORED:
        raise FormatError(f"An SSH signature may have {MAX_ARMORED} characters; this has more.")
    body = armored.removeprefix(_BEGIN).removesuffix(_END)
    data = b64.decode(body.replace("\n", ""))
    if armored != _armor(data):
        raise FormatError(
            "This SSH signature is not written as ssh-keygen writes one, with its lines of 70 "
            "characters and the newline at its end. Copy the whole file again."
        )
    return data


def _armor(data: bytes) -> str:
    text = b64.encode(data)
    lines = (text[at : at + _LINE] + "\n" for at in range(0, len(text), _LINE))
    return _BEGIN + "".join(lines) + _END
