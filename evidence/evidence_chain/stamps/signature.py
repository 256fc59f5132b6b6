"""Whether an authority made a time-stamp (RFC 5652, section 5.4; RFC 5816; RFC 5035)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.stamps.authority import load, vouched_for
from evidence_chain.stamps.response import UNREADABLE, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509

    from evidence_chain.stamps.response import Stamp

STRONG: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
"""What may sign, here and in e-mails. SHA-1 and MD5 are too weak for it."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """Who made a time-stamp, and by whose word that is believed."""

    authority: str
    """The subject of the authority's certificate (RFC 4514)."""
    root: str
    """The subject of the root, one of those given, from which a chain leads to it."""


def check(stamp: Stamp, roots: Sequence[x509.Certificate]) -> Trusted:
    """Check that an authority made a time-stamp, and that a root vouches for the authority.

    Args:
        stamp: As `open_response` read it.
        roots: The certificates that the user trusts (`read_roots`), never those that came with
            the time-stamp. If the response has no certificates, the authority's own is looked
            for among these too.

    Raises:
        FormatError: what is signed can't be read.
        ProofError: the signature does not hold, the certificate that it names is another or is
            not here, it isn't one for time-stamps, or no chain that was valid at the stamp's
            time leads from a root to it.
    """
    try:
        attributes = attributes_of(stamp.signer)
        # One that can't be read can't be the one looked for.
        others = [one for one in map(load, stamp.certificates()) if one is not None]
        signer = _named_signer(stamp, attributes, [*others, *roots])
        _check_content(stamp, attributes)
        _check_name(stamp, signer)
        _check_signature(stamp.signer, signer)
        root = vouched_for(signer, others, roots, stamp.time)
        return Trusted(signer.subject.rfc4514_string(), root.subject.rfc4514_string())
    except (*UNREADABLE, UnsupportedAlgorithm) as error:
        reason = str(error).partition("\n")[0]
        raise FormatError(f"The signature of a time-stamp can't be read: {reason}.") from error


def is_altered(stamp: Stamp) -> bool:
    """Whether a time-stamp says something else than what the key was given that it names.

    That needs nobody's trust, only the certificate that came with it. Without one, and of a
    signature that isn't known here, nothing is said.
    """
    try:
        attributes = attributes_of(stamp.signer)
        algorithm = stamp.signer["digest_algorithm"]["algorithm"].native
        digest = attributes["message_digest"].native
        if algorithm in STRONG and digest != hashlib.new(algorithm, stamp.content).digest():
            return True
        known = [one for one in map(load, stamp.certificates()) if one is not None]
        info, signer = stamp.signer, _named_signer(stamp, attributes, known)
        signed = cms.CMSAttributes(list(info["signed_attrs"])).dump()
        verify(signer, info["signature_algorithm"], info, info["signature"].native, signed)
    except InvalidSignature:
        return True
    except (*UNREADABLE, ProofError, UnsupportedAlgorithm):
        return False
    return False


def attributes_of(signer: cms.SignerInfo) -> dict[str, Any]:
    """The signed attributes by name. Each stands once, with one value (RFC 5652, section 11)."""
    found: dict[str, Any] = {}
    for attribute in signer["signed_attrs"] or ():
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise ValueError(f"the attribute {name} stands there twice")
        found[name] = attribute["values"][0]
    return found


def _named_signer(
    stamp: Stamp, attributes: dict[str, Any], candidates: list[x509.Certificate]
) -> x509.Certificate:
    """The certificate that the signed attributes name by its digest."""
    wanted = _certificate_digests(attributes)
    for candidate in candidates:
        der = candidate.public_bytes(Encoding.DER)
        same = all(hashlib.new(name, der).digest() == digest for name, digest in wanted)
        if same and names(stamp.signer["sid"], asn1_x509.Certificate.load(der)):
            return candidate
    raise ProofError(
        "Checking a time-stamp: the certificate that it names as its authority's is neither in "
        "it nor among the roots given. Ask the authority for it, and give it with its root."
    )


def _certificate_digests(attributes: dict[str, Any]) -> list[tuple[str, bytes]]:
    """Algorithm and digest of the certificate that signs, as the attributes have it.

    The first certificate of a list is the one that signs. Where both versions of the attribute
    stand there, both must be of one certificate.
    """
    wanted = []
    for name in ("signing_certificate", "signing_certificate_v2"):
        if name in attributes:
            first = attributes[name]["certs"][0]
            second = name.endswith("v2")
            algorithm = first["hash_algorithm"]["algorithm"].native if second else "sha1"
            wanted.append((algorithm, first["cert_hash"].native))
    if not wanted or not {name for name, _ in wanted} <= {"sha1", *STRONG}:
        raise ProofError(
            "Checking a time-stamp: it doesn't say which certificate it was signed with, or by a "
            "digest that is not known, so any key of the authority may have made it."
        )
    return wanted


def _check_content(stamp: Stamp, attributes: dict[str, Any]) -> None:
    algorithm = stamp.signer["digest_algorithm"]["algorithm"].native
    _known(algorithm)
    kind, digest = attributes.get("content_type"), attributes.get("message_digest")
    if kind is None or kind.native != "tst_info" or digest is None:
        raise ProofError("Checking a time-stamp: what is signed is no time-stamp.")
    if digest.native != hashlib.new(algorithm, stamp.content).digest():
        raise ProofError(
            "Checking a time-stamp: what it says is not what was signed. It was changed: fetch "
            "it again from where it was kept."
        )


def _check_name(stamp: Stamp, signer: x509.Certificate) -> None:
    """The authority's name in what is signed, if there is one, is one of its certificate."""
    named = tsp.TSTInfo.load(stamp.content)["tsa"]
    if named.native is None:
        return
    certificate = asn1_x509.Certificate.load(signer.public_bytes(Encoding.DER))
    others = certificate.subject_alt_name_value or ()
    is_subject = named.name == "directory_name" and named.chosen == certificate.subject
    if not is_subject and _name(named) not in map(_name, others):
        raise ProofError(
            "Checking a time-stamp: it names another authority than the certificate that it is "
            f"signed with, which is that of {signer.subject.rfc4514_string()}."
        )


def _name(name: asn1_x509.GeneralName) -> tuple[str, bytes]:
    return name.name, name.chosen.dump()


def _check_signature(info: cms.SignerInfo, signer: x509.Certificate) -> None:
    # In the token the attributes have a tag of their own; signed is the DER of the plain set.
    signed = cms.CMSAttributes(list(info["signed_attrs"])).dump()
    made = info["signature"].native
    try:
        verify(signer, info["signature_algorithm"], info, made, signed)
    except InvalidSignature as error:
        raise ProofError(
            "Checking a time-stamp: the signature of "
            f"{signer.subject.rfc4514_string()} does not hold. It was changed, or somebody else "
            "made it: fetch it again from where it was kept."
        ) from error


def verify(
    signer: x509.Certificate,
    algorithm: cms.SignedDigestAlgorithm,
    info: cms.SignerInfo,
    made: bytes,
    signed: bytes,
) -> None:
    """Check that the key of a certificate made a signature over some bytes.

    Raises:
        InvalidSignature: it did not.
        ProofError: it is made by an algorithm that is not accepted.
    """
    key, kind = signer.public_key(), algorithm.signature_algo
    if isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pkcs1v15":
        plain = algorithm["algorithm"].native == "rsassa_pkcs1v15"
        name = info["digest_algorithm"]["algorithm"].native if plain else algorithm.hash_algo
        key.verify(made, signed, padding.PKCS1v15(), _known(name))
    elif isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pss":
        digest = _known(algorithm.hash_algo)
        salt = algorithm["parameters"]["salt_length"].native
        key.verify(made, signed, padding.PSS(padding.MGF1(digest), salt), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
        key.verify(made, signed, ec.ECDSA(_known(algorithm.hash_algo)))
    else:
        raise ProofError(
            f"Checking a time-stamp: it is signed by {kind}, which is not accepted from a key "
            "like its authority's."
        )


def _known(algorithm: str) -> hashes.HashAlgorithm:
    if algorithm not in STRONG:
        raise ProofError(
            f"Checking a time-stamp: it is signed over {algorithm}, which is too weak or not "
            "known. Ask an authority that uses SHA-256."
        )
    return STRONG[algorithm]
