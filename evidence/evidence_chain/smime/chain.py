"""Whether a root that the user trusts vouches for a person's certificate (RFC 5280; RFC 8550)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import VerificationError

from evidence_chain.errors import ProofError
from evidence_chain.stamps.authority import chained, extension

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from evidence_chain.smime.opening import Signer

_MAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
_ANY = ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE


def vouched_for(
    signer: Signer, roots: Sequence[x509.Certificate], time: datetime
) -> x509.Certificate:
    """The root from which a chain leads to a signer's certificate.

    Args:
        signer: who signed.
        roots: those that the user trusts.
        time: in UTC, when each certificate of the chain must be valid.

    Raises:
        ProofError: there is no such chain, or the certificate is not for signing e-mails.
    """
    usage = extension(signer.certificate, x509.ExtendedKeyUsage)
    if usage is not None and not {_MAIL, _ANY} & set(usage.value):
        raise ProofError("its certificate is not for e-mails")
    keys = extension(signer.certificate, x509.KeyUsage)
    if keys and not (keys.value.digital_signature or keys.value.content_commitment):
        raise ProofError("its certificate is not for signing")
    try:
        return chained(signer.certificate, signer.others, roots, time, _MAIL)
    except VerificationError as error:
        raise ProofError(
            f"no chain that was valid at {time:%Y-%m-%dT%H:%M:%SZ} leads from the roots given to it"
        ) from error
