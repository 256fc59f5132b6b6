"""Whether a signature is of an SSH public key (RFC 4253, 5656, 8332, 8709; PROTOCOL.u2f).

Types that are known: `ssh-ed25519`, `ecdsa-sha2-nistp256`, `-nistp384`, `-nistp521`, `ssh-rsa`
(signing with SHA-2 only), `sk-ssh-ed25519@openssh.com`, `sk-ecdsa-sha2-nistp256@openssh.com`.
Security keys say in a signature whether somebody touched them; OpenSSH asks that of no SSHSIG,
and neither does this.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from evidence_chain.digest import sha256
from evidence_chain.errors import FormatError, ProofError, UncheckedError
from evidence_chain.reviews.wire import Reader

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    PublicKey = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

MIN_RSA_BITS = 1024
"""What OpenSSH takes at the least. Reviewers should use longer keys, or others."""

_ED25519 = frozenset({"ssh-ed25519", "sk-ssh-ed25519@openssh.com"})
_ECDSA = {
    "ecdsa-sha2-nistp256": "SHA256",
    "ecdsa-sha2-nistp384": "SHA384",
    "ecdsa-sha2-nistp521": "SHA512",
    "sk-ecdsa-sha2-nistp256@openssh.com": "SHA256",
}
_RSA = "ssh-rsa"
_RSA_SIGNATURES = {"rsa-sha2-256": "SHA256", "rsa-sha2-512": "SHA512"}
_SECURITY_KEYS = frozenset({"sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"})
KNOWN = _ED25519 | _ECDSA.keys() | {_RSA}
"""The types of keys that signatures are checked with."""

_CERTIFICATE = "-cert-v01@openssh.com"
_WEBAUTHN = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"


def type_of(key: bytes) -> str:
    """The type that a public key's blob says it is of.

    Raises:
        FormatError: it says none.
    """
    return Reader(key, "This public key").name()


def check(key: bytes, signature: bytes, message: bytes) -> None:
    """Check one signature.

    Args:
        key: The blob of the public key.
        signature: The blob of the signature: its type, and what that type holds.
        message: What was signed.

    Raises:
        FormatError: key or signature can't be read.
        ProofError: the signature is not of this key over `message`, or either is of a type
            that is too weak or that OpenSSH doesn't have.
        UncheckedError: the key is a certificate, or a browser made the signature (WebAuthn):
            OpenSSH takes these, and here they are not known.
    """
    key_type = type_of(key)
    if key_type.endswith(_CERTIFICATE):
        raise UncheckedError(
            f"Checking a signature: it was made with an SSH certificate ({key_type}), which is "
            "not known here. Check it with ssh-keygen -Y verify."
        )
    if key_type not in KNOWN:
        raise ProofError(
            f"Checking a signature: keys of type {key_type} are not accepted. Ask for one by "
            "another key, such as ssh-ed25519."
        )
    reader = Reader(signature, "This signature")
    signature_type = reader.name()
    _check_types(key_type, signature_type)
    made = reader.string()
    if key_type in _SECURITY_KEYS:
        message = _application(key) + reader.take(5) + sha256(message)  # flags, counter
    reader.end()
    if not _signed(_load(key_type, key), signature_type, made, message):
        raise ProofError(
            "Checking a signature: it does not hold. What was signed differs from what is here, "
            "or another key signed it."
        )


def _check_types(key_type: str, signature_type: str) -> None:
    if signature_type == _WEBAUTHN and key_type in _SECURITY_KEYS & _ECDSA.keys():
        raise UncheckedError(
            "Checking a signature: it was made in a browser (WebAuthn), which is not known "
            "here. Check it with ssh-keygen -Y verify."
        )
    fitting = _RSA_SIGNATURES if key_type == _RSA else {key_type}
    if signature_type not in fitting:
        raise ProofError(
            f"Checking a signature: it is of type {signature_type}, which a key of type "
            f"{key_type} doesn't make, or is too weak. Have it signed again."
        )


def _application(key: bytes) -> bytes:
    """The digest of the application that a security key signs for, the last part of its blob."""
    reader = Reader(key, "This public key")
    parts = 4 if reader.name() in _ECDSA else 3
    for _ in range(parts - 2):
        reader.string()
    application = reader.string()
    reader.end()
    return sha256(application)


def _load(key_type: str, key: bytes) -> PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_ssh_public_key

    try:
        loaded = load_ssh_public_key(f"{key_type} ".encode() + base64.b64encode(key))
    except (ValueError, UnsupportedAlgorithm, NotImplementedError) as error:
        raise FormatError(f"A public key of type {key_type} can't be read: {error}.") from error
    if key_type == _RSA and loaded.key_size < MIN_RSA_BITS:  # type: ignore[union-attr]
        raise ProofError(
            f"Checking a signature: its RSA key has fewer than {MIN_RSA_BITS} bits, so anybody "
            "may have made it. Have it signed again with another key."
        )
    return loaded  # type: ignore[return-value]  # DSA is none of the known types


def _signed(key: PublicKey, signature_type: str, made: bytes, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding

    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(made, message)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            digest = getattr(hashes, _ECDSA[signature_type])()
            key.verify(_ecdsa_signature(made), message, ec.ECDSA(digest))
        else:
            digest = getattr(hashes, _RSA_SIGNATURES[signature_type])()
            padded = made.rjust((key.key_size + 7) // 8, b"\0")
            key.verify(padded, message, padding.PKCS1v15(), digest)
    except InvalidSignature:
        return False
    return True


def _ecdsa_signature(made: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    reader = Reader(made, "This signature")
    r, s = reader.integer(), reader.integer()
    reader.end()
    return encode_dss_signature(r, s)
