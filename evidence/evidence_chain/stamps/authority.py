"""Whom a time-stamp's signer is vouched for by (RFC 3161, section 2.3; RFC 5280, section 6)."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from evidence_chain.errors import FormatError, ProofError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cryptography.x509.verification import Policy

MAX_BETWEEN = 3
"""Certificates that may stand between a root and an authority's."""

_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
_Extension = TypeVar("_Extension", bound=x509.ExtensionType)


def read_roots(pem: bytes) -> list[x509.Certificate]:
    """The certificates of a PEM file that a user trusts.

    Raises:
        FormatError: it holds none, or something that is none or was cut.
    """
    try:
        found = x509.load_pem_x509_certificates(pem)
        if len(found) != pem.count(b"-----BEGIN "):
            raise ValueError("not everything in the file is a certificate")
        return found
    except ValueError as error:
        raise FormatError(
            "These are no certificates in PEM, such as an authority's root: they stand between "
            "lines of BEGIN CERTIFICATE and END CERTIFICATE. Get the file from the authority."
        ) from error


def load(der: bytes) -> x509.Certificate | None:
    """A certificate that came with a time-stamp, or None if it can't be read."""
    with warnings.catch_warnings():
        # What `cryptography` means to refuse one day is decided by the chain, not by a warning.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        try:
            return x509.load_der_x509_certificate(der)
        except (ValueError, x509.InvalidVersion, UnsupportedAlgorithm):
            return None


def vouched_for(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    time: datetime,
) -> x509.Certificate:
    """The root from which a chain leads to the certificate of an authority.

    Args:
        signer: The certificate that the time-stamp is signed with.
        others: Certificates that may stand between, in any order.
        roots: Those that the user trusts. Of these the ones that issued themselves, and may
            issue others, are believed; the rest may stand between.
        time: In UTC, when each certificate of the chain must be valid.

    Raises:
        ProofError: there is no such chain, or the certificate is not one of a time-stamp
            authority: critically for time-stamps, and for nothing else.
    """
    _check_usage(signer)
    if not any(root.issuer == root.subject and _issues(root) for root in roots):
        raise ProofError(
            "Checking a time-stamp: no root was given to believe its authority by, which is a "
            "certificate that issued itself. Get the root from the authority."
        )
    try:
        return chained(signer, others, roots, time, _STAMPING)
    except VerificationError as error:
        raise ProofError(
            f"Checking a time-stamp: no chain that was valid at {time:%Y-%m-%dT%H:%M:%SZ} leads "
            f"from the roots given to its authority {signer.subject.rfc4514_string()}, whose "
            f"certificate runs from {signer.not_valid_before_utc:%Y-%m-%d} to "
            f"{signer.not_valid_after_utc:%Y-%m-%d} ({error}). Give the authority's own root."
        ) from error


def chained(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    time: datetime,
    purpose: x509.ObjectIdentifier,
) -> x509.Certificate:
    """The root from which a chain leads to a certificate, for a purpose.

    Args:
        signer: The certificate, of which only its dates and signature are looked at.
        others: Certificates that may stand between, in any order.
        roots: Those that the user trusts.
        time: In UTC, when each certificate of the chain must be valid.
        purpose: What the certificates above it must be for, where they say so (RFC 5280, 4.2.1.12).

    Raises:
        VerificationError: there is none.
    """
    anchors = [root for root in roots if root.issuer == root.subject and _issues(root)]
    if not anchors:
        raise VerificationError("no certificate that issued itself was given")
    verified = (
        PolicyBuilder()
        .store(Store(anchors))
        .time(time.replace(tzinfo=None))
        .max_chain_depth(MAX_BETWEEN)
        .extension_policies(ca_policy=_issuing(purpose), ee_policy=ExtensionPolicy.permit_all())
        .build_client_verifier()
        .verify(signer, [one for one in (*others, *roots) if one not in anchors])
    )
    return verified.chain[-1]


def _check_usage(signer: x509.Certificate) -> None:
    usage, keys = extension(signer, x509.ExtendedKeyUsage), extension(signer, x509.KeyUsage)
    if usage is None or not usage.critical or list(usage.value) != [_STAMPING]:
        raise _unfit(signer, "is not for time-stamps, critically and alone")
    if keys and not (keys.value.digital_signature or keys.value.content_commitment):
        raise _unfit(signer, "is not for signing")


def _issues(root: x509.Certificate) -> bool:
    constraints = extension(root, x509.BasicConstraints)
    return constraints is not None and constraints.value.ca


def extension(
    certificate: x509.Certificate, kind: type[_Extension]
) -> x509.Extension[_Extension] | None:
    """What a certificate says of itself by an extension, if it does."""
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return None


def _unfit(signer: x509.Certificate, found: str) -> ProofError:
    return ProofError(
        f"Checking a time-stamp: the certificate of {signer.subject.rfc4514_string()} {found} "
        "(RFC 3161, section 2.3), so its word on a time is worth nothing."
    )


def _issuing(purpose: x509.ObjectIdentifier) -> ExtensionPolicy:
    """What the certificates above must say, where they say anything of it."""
    agnostic = Criticality.AGNOSTIC
    fitting = {purpose, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}

    def may_issue_for(_: Policy, __: x509.Certificate, usage: x509.ExtendedKeyUsage | None) -> None:
        if usage is not None and not fitting & set(usage):
            raise ValueError("a certificate in the chain may not issue for this")

    return (
        ExtensionPolicy.permit_all()
        .require_present(x509.BasicConstraints, agnostic, None)
        .may_be_present(x509.KeyUsage, agnostic, _may_issue)
        .may_be_present(x509.ExtendedKeyUsage, agnostic, may_issue_for)
    )


def _may_issue(_: Policy, __: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("a certificate in the chain may not issue others")
