"""Signatures by people (S/MIME), each with what is known of whose certificate it is.

That a signature fits is mathematics. Whose key it is says whoever issued the certificate; that is
believed by the word of a root alone that the user gave, at the time that the signer claims.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.mail.addresses import of_addresses
from evidence_chain.mail.verdict import SMIME, Caution, Outcome, Reason, new_verdict, settle
from evidence_chain.wording.moment import instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509

    from evidence_chain.canonical import Json
    from evidence_chain.mail.header.fields import Message
    from evidence_chain.mail.keys import Key
    from evidence_chain.smime import Signed, Signer


def by_people(message: Message, keys: Sequence[Key], checked_at: str) -> list[dict[str, Json]]:
    """Return a verdict on each signature of S/MIME in a message, the outer ones first.

    Args:
        message: the message.
        keys: those with the use `S/MIME` hold certificates in PEM, the roots among them.
        checked_at: the time when a signature is judged that claims none (RFC 3339, UTC).
    """
    from evidence_chain.smime import find

    given = next((key for key in keys if key.use == SMIME and key.record), None)
    found = find(message.data)
    return [each for one in found for each in _of_one(message, one, given, checked_at)]


def _of_one(
    message: Message, signed: Signed, given: Key | None, checked_at: str
) -> list[dict[str, Json]]:
    from evidence_chain.smime import ForgedError, WeakError, opened
    from evidence_chain.stamps import read_roots

    verdict = new_verdict(checked_at) | {"header": SMIME, "from_domain": message.sender_domain}
    verdict["warnings"] += [] if signed.whole else [Caution.PART_ALONE.value]
    if given:
        verdict |= {"key_record": given.record, "key_from": given.origin}
    try:
        roots = read_roots(str(given.record).encode()) if given else []
        signers = opened(signed, roots)
    except ForgedError as error:
        settle(verdict, Outcome.INVALID, Reason.SIGNATURE_DIFFERS, str(error))
    except WeakError as error:
        settle(verdict, Outcome.REFUSED, Reason.ALGORITHM, str(error))
    except FormatError as error:
        detail = f"signed with S/MIME; {error}"
        settle(verdict, Outcome.NOT_CHECKED, Reason.UNREADABLE, detail)
    else:
        return [_of_signer(message, dict(verdict), one, roots) for one in signers]
    return [verdict]


def _of_signer(
    message: Message, verdict: dict[str, Json], signer: Signer, roots: list[x509.Certificate]
) -> dict[str, Json]:
    """The verdict on a signature that fits."""
    from evidence_chain.smime import vouched_for

    addresses = signer.addresses
    said = ", ".join(addresses) or signer.certificate.subject.rfc4514_string()
    domain, aligned, cautions = of_addresses(message, addresses)
    key = signer.certificate.public_key()
    claimed = signer.signed_at
    verdict |= {
        "domain": domain,
        "algorithm": signer.algorithm,
        "signed_at": claimed and instant(claimed),
        "key_bits": getattr(key, "key_size", None),
        "aligned": aligned,
        "warnings": [*verdict["warnings"], *cautions],
    }
    issuer = signer.certificate.issuer.rfc4514_string()
    by = f"by the key of a certificate that says {said}, issued by {issuer}"
    when = claimed or datetime.fromisoformat(verdict["checked_at"])
    if not roots:
        detail = f"signed with S/MIME {by}; who issued it is not checked: no root was given"
        settle(verdict, Outcome.NOT_CHECKED, Reason.ISSUER, detail)
        return verdict
    try:
        root = vouched_for(signer, roots, when.astimezone(UTC))
    except ProofError as error:
        settle(verdict, Outcome.NOT_CHECKED, Reason.ISSUER, f"signed with S/MIME {by}; {error}")
        return verdict
    at = "the signer's own clock" if claimed else "the time of this check"
    root_name = root.subject.rfc4514_string()
    detail = f"{by}, for which the given root {root_name} vouches by {at}"
    return verdict | {"verdict": Outcome.VALID.value, "detail": detail}
