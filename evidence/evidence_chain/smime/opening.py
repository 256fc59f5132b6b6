"""Who made a signature of S/MIME, and whether it fits what it is over (RFC 5652, section 5.4)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.stamps.authority import load
from evidence_chain.stamps.response import MAX_CERTIFICATES, UNREADABLE, names
from evidence_chain.stamps.signature import STRONG, attributes_of, verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from evidence_chain.smime.finding import Signed


class ForgedError(ProofError):
    """What is signed is something else, or another key signed it."""


class WeakError(ProofError):
    """It is signed over a digest that others can forge, or by an algorithm that isn't known."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who made a signature that fits, as the certificate says that came with it."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    """Those that came along, or were given, and may stand between it and a root."""
    signed_at: datetime | None
    """When it was made by the signer's own clock, in UTC."""
    algorithm: str

    @property
    def addresses(self) -> list[str]:
        """The addresses of e-mail that the certificate is for (RFC 8550, section 3)."""
        found: list[str] = []
        try:
            extensions = self.certificate.extensions
            named = extensions.get_extension_for_class(x509.SubjectAlternativeName)
            found += named.value.get_values_for_type(x509.RFC822Name)
        except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
            pass
        subject = self.certificate.subject.get_attributes_for_oid(x509.NameOID.EMAIL_ADDRESS)
        return list(dict.fromkeys([*found, *(str(one.value) for one in subject)]))


def opened(signed: Signed, given: Sequence[x509.Certificate] = ()) -> list[Signer]:
    """Those who signed it, if each signature fits.

    Args:
        signed: as `find` found it.
        given: certificates that the user has, in which a signer's may be that didn't come along.

    Raises:
        FormatError: the signature can't be read, or the certificate of its key is not here.
        ForgedError: what is signed was changed, or another key signed it.
        WeakError: it is signed over SHA-1 or MD5, or by an algorithm that isn't known.
    """
    try:
        told = cms.ContentInfo.load(signed.signature)
        if told["content_type"].native != "signed_data":
            raise ValueError("it is none")
        data = told["content"]
        content = signed.content
        if content is None:
            content = bytes(data["encap_content_info"]["content"])
        if len(data["certificates"] or ()) > MAX_CERTIFICATES:
            raise ValueError(f"it has more than {MAX_CERTIFICATES} certificates")
        came = [choice.chosen.dump() for choice in data["certificates"] or ()]
        known = [one for one in (*map(load, came), *given) if one is not None]
        signers = [_signer(info, content, known) for info in data["signer_infos"]]
    except (*UNREADABLE, UnsupportedAlgorithm) as error:
        reason = str(error).partition("\n")[0][:100]
        raise FormatError(f"its signature can't be read: {reason}") from error
    if not signers:
        raise FormatError("nobody signed it")
    return signers


def _signer(info: cms.SignerInfo, content: bytes, known: list[x509.Certificate]) -> Signer:
    digest = info["digest_algorithm"]["algorithm"].native
    if digest not in STRONG:
        raise WeakError(f"it is signed over {digest}, which others can forge or is not known")
    attributes = attributes_of(info)
    signed = content
    if attributes:
        if attributes["message_digest"].native != hashlib.new(digest, content).digest():
            raise ForgedError("what was signed is another text than what stands here")
        if attributes["content_type"].native != "data":
            raise ForgedError("what was signed is no e-mail")
        signed = cms.CMSAttributes(list(info["signed_attrs"])).dump()
    certificate = _named(info, known)
    algorithm = info["signature_algorithm"]
    try:
        verify(certificate, algorithm, info, info["signature"].native, signed)
    except InvalidSignature:
        raise ForgedError("the key of the certificate that it names did not sign this") from None
    except ForgedError:
        raise
    except ProofError as error:
        raise WeakError("it is signed by an algorithm that is not accepted") from error
    others = tuple(one for one in known if one is not certificate)
    when = attributes.get("signing_time")
    return Signer(certificate, others, when.native if when else None, _name(algorithm, digest))


def _named(info: cms.SignerInfo, known: list[x509.Certificate]) -> x509.Certificate:
    for one in known:
        der = one.public_bytes(Encoding.DER)
        if names(info["sid"], asn1_x509.Certificate.load(der)):
            return one
    raise ValueError("the certificate of its key did not come along, and was not given")


def _name(algorithm: cms.SignedDigestAlgorithm, digest: str) -> str:
    return f"{algorithm.signature_algo}-{digest}"
