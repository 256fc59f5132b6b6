"""Who signed a package, and when (WACZ Signing and Verification 0.1.0).

A signature says that whoever has a key signed this list of files; whose key it is, and whether the
pages are what a server sent, it can't say. No authority is believed here: chains are followed to
the root that came along, and that is told.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from evidence_chain.errors import EvidenceError
from evidence_chain.stamps import check, open_response, read_roots
from evidence_chain.wording.moment import instant

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

_NEAR = timedelta(minutes=10)
"""How far the time that a signer claims may be from the time-stamp (section 4.2, step 7)."""
_MAX_CHAIN = 8


class Signature(NamedTuple):
    """What was found of the signature of a package."""

    said: str
    """Signed by whom and when, or why that does not hold, in words."""
    holds: bool


class _RefusedError(Exception):
    """Why a signature doesn't hold."""


def check_signature(signed: Json, own: str) -> Signature:
    """Check the signature of a package.

    Args:
        signed: the `signedData` of `datapackage-digest.json`.
        own: the SHA-256 of `datapackage.json`, in hex.
    """
    try:
        if not isinstance(signed, dict):
            raise _RefusedError("it is none that this program knows")
        said = _text(signed, "hash")
        if said.removeprefix("sha256:").lower() != own:
            raise _RefusedError("it is over another list of files than that of this package")
        by = _by_certificate(signed) if signed.get("domainCert") else _by_key(signed)
    except _RefusedError as reason:
        return Signature(f"The signature of the package does not hold: {reason}.", holds=False)
    return Signature(f"Signed {by}. That says nothing of what a server sent.", holds=True)


def _by_key(signed: dict[str, Json]) -> str:
    try:
        der = _decoded(signed, "publicKey")
        key = serialization.load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _RefusedError("its public key can't be read") from error
    _verify(key, signed)
    if signed.get("timeSignature"):
        raise _RefusedError("it has a time-stamp, but no certificate")
    print_ = hashlib.sha256(der).hexdigest()
    return (
        f"by the key with the SHA-256 {print_}, whose it is this package can't say, at "
        f"{_created(signed)} by the signer's own clock"
    )


def _by_certificate(signed: dict[str, Json]) -> str:
    chain = _chain(signed, "domainCert")
    first, domain = chain[0], _text(signed, "domain")
    if domain not in _names(first):
        raise _RefusedError(f"its certificate is not one of {domain[:100]!r}")
    _verify(first.public_key(), signed)
    if "crossSignedCert" in signed:
        crossed = _chain(signed, "crossSignedCert")[0]
        if _spki(crossed) != _spki(first):
            raise _RefusedError("the cross-signed certificate is that of another key")
    when = _stamped(signed)
    created = _time(_created(signed))
    if abs(created - when) > _NEAR:
        raise _RefusedError(
            f"it claims the time {created:%Y-%m-%dT%H:%M:%SZ}, and was stamped at "
            f"{when:%Y-%m-%dT%H:%M:%SZ}"
        )
    if not first.not_valid_before_utc <= when <= first.not_valid_after_utc:
        raise _RefusedError(f"its certificate was not valid at {when:%Y-%m-%dT%H:%M:%SZ}")
    issuer = chain[-1].issuer.rfc4514_string()
    return (
        f"by the key of a certificate for {domain}, time-stamped at {when:%Y-%m-%dT%H:%M:%SZ}. "
        f"The certificate leads to {issuer}; whether that, and the authority of the time-stamp, "
        "are to be believed was not checked"
    )


def _stamped(signed: dict[str, Json]) -> datetime:
    """The time of the time-stamp over the signature."""
    try:
        roots = read_roots(_text(signed, "timestampCert").encode())
        stamp = open_response(
            _decoded(signed, "timeSignature"), _text(signed, "signature").encode()
        )
        check(stamp, roots)
    except EvidenceError as error:
        raise _RefusedError(f"its time-stamp does not hold ({error})") from error
    return stamp.time


def _chain(signed: dict[str, Json], name: str) -> list[x509.Certificate]:
    """The certificates, each signed by the next."""
    try:
        chain = x509.load_pem_x509_certificates(_text(signed, name).encode())
        if len(chain) > _MAX_CHAIN:
            raise _RefusedError("its chain of certificates is too long")
        for one, above in pairwise(chain):
            one.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise _RefusedError("its certificates are no chain") from error
    return chain


def _names(certificate: x509.Certificate) -> list[str]:
    named = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    found = [str(one.value) for one in named]
    try:
        others = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        return found + others.value.get_values_for_type(x509.DNSName)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return found


def _spki(certificate: x509.Certificate) -> bytes:
    key = certificate.public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _verify(key: object, signed: dict[str, Json]) -> None:
    """What is signed is the digest as it is written, and nothing else."""
    made, text = _decoded(signed, "signature"), _text(signed, "hash").encode()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(_der(made, key.key_size), text, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(made, text, padding.PKCS1v15(), hashes.SHA256())
        else:
            raise _RefusedError("its key is of a kind that is not accepted")
    except InvalidSignature as error:
        raise _RefusedError("the key did not sign this") from error


def _der(made: bytes, bits: int) -> bytes:
    """A signature as `cryptography` takes it; browsers write its two numbers side by side."""
    size = (bits + 7) // 8
    if len(made) != 2 * size:
        return made
    return encode_dss_signature(
        int.from_bytes(made[:size], "big"), int.from_bytes(made[size:], "big")
    )


def _created(signed: dict[str, Json]) -> str:
    return instant(_time(_text(signed, "created")))


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise _RefusedError("it doesn't say when it was made") from error
    if found.tzinfo is None:
        raise _RefusedError("it doesn't say when it was made, with its zone")
    return found


def _text(signed: dict[str, Json], name: str) -> str:
    value = signed.get(name)
    if not isinstance(value, str):
        raise _RefusedError(f"its {name!r} is not there")
    return value


def _decoded(signed: dict[str, Json], name: str) -> bytes:
    try:
        return base64.b64decode(_text(signed, name), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _RefusedError(f"its {name!r} can't be read") from error
