"""The verdict on a signature of a message: its words, and the JSON that holds them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from evidence_chain.mail.header.tags import DKIM

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

NAME = "evidence-chain/dkim"
VERSION = "3"
"""Changes whenever the report on any message could."""
SMIME, OPENPGP = "S/MIME", "OpenPGP"
PEOPLE = (SMIME, OPENPGP)
"""What verdicts on signatures by people have for a header."""
MOST_SIGNATURES = 20
"""Signatures that are checked; of the rest only the number is said."""


class Outcome(StrEnum):
    """What came of one signature. What could not be checked never counts as valid."""

    VALID = "valid"
    """The key signed these headers and this body."""
    INVALID = "invalid"
    """It did not: the message, the signature or the key is another."""
    REFUSED = "refused"
    """What it says proves too little, whether it fits or not."""
    NOT_CHECKED = "not-checked"


class Reason(StrEnum):
    """Why a signature is not valid."""

    BODY_DIFFERS = "body-differs"
    SIGNATURE_DIFFERS = "signature-differs"
    MESSAGE_MALFORMED = "message-malformed"
    """Programs could disagree about what its header says."""
    DUPLICATE_HEADER = "duplicate-header"
    MALFORMED = "malformed"
    """The tags of the signature don't follow RFC 6376."""
    ALGORITHM = "algorithm"
    """SHA-1, which is forbidden (RFC 8301), or one that isn't known."""
    BODY_LENGTH = "body-length"
    """Only the beginning of the body is signed (l=), so that anything may follow."""
    FROM_NOT_SIGNED = "from-not-signed"
    IDENTITY = "identity"
    """It signs for another domain (i=) than its own."""
    STRICT_DOMAIN = "strict-domain"
    """It signs for a subdomain (i=), which its key forbids (t=s)."""
    KEY_MALFORMED = "key-malformed"
    KEY_REVOKED = "key-revoked"
    KEY_UNFIT = "key-unfit"
    """The key is for another algorithm, hash or service."""
    KEY_WEAK = "key-weak"
    """RSA of fewer than 1024 bits, which others can forge (RFC 8301)."""
    EXPIRED = "expired"
    """It fits; but its signer vouched for it only until before it was checked."""
    NO_KEY = "no-key"
    TOO_MANY = "too-many"
    """It comes after the number of signatures that are checked."""
    ARC = "arc"
    """Somebody passed the message on and signed it (RFC 8617), which version 1 did not check."""
    ARC_SET = "arc-set"
    """A field that a seal covers is missing, or there twice."""
    OTHER_KIND = "other-kind"
    """It is signed in a way that nothing here checks, such as OpenPGP."""
    ISSUER = "issuer"
    """It fits; but whether to believe the certificate is not known."""
    UNREADABLE = "unreadable"
    """It can't be read, or lacks the certificate of its key."""
    CHECK_FAILED = "check-failed"
    """The program that checks it crashed or ran into its limits."""


class Caution(StrEnum):
    """What is to be known of a signature even if it is valid."""

    KEY_WEAK = "key-weak"
    """RSA of fewer than 2048 bits."""
    TESTING = "testing"
    """The key says that its domain only tests signing (t=y), and may not mean it."""
    UNSIGNED_HEADERS = "unsigned-headers"
    """Headers that are shown with the message are not signed."""
    OTHER_DOMAIN = "other-domain"
    """The signer's domain is not that of the address in From."""
    OTHER_ADDRESS = "other-address"
    """The certificate is for another address than the one in From."""
    PART_ALONE = "part-alone"
    """It covers a part of the message, and other words stand beside that."""
    HEADERS_NOT_SIGNED = "headers-not-signed"
    """It covers the text, and neither From, Subject nor Date."""
    FROM_UNKNOWN = "from-unknown"
    """Whose address From holds can't be told."""
    INTERMEDIARY = "intermediary"
    """It was made by who passed the message on, and says nothing of who sent it."""
    CHAIN_BROKEN = "chain-broken"
    """It says itself that the signatures before it did not fit (cv=fail)."""
    AROUND = "around-the-message"
    """Something stands around the message in its file that was not sent."""
    LINE_ENDS_RESTORED = "line-ends-restored"
    """The file was saved with other line ends than the message was sent with (CR LF)."""
    SIGNED_LATER = "signed-later"
    """It says that it was made (t=) after it was checked."""


class Alignment(StrEnum):
    """How the signer's domain and that of the address in From lie to each other.

    There is no list of public suffixes here: of `parent` and `subdomain` a person must say whether
    the two belong to one owner.
    """

    EXACT = "exact"
    SUBDOMAIN = "subdomain"
    """From's lies under the signer's."""
    PARENT = "parent"
    """The signer's lies under From's."""
    OTHER = "other"
    UNKNOWN = "unknown"
    """From holds no address, several, or one that is not plain."""


def new_verdict(checked_at: str) -> dict[str, Json]:
    """A verdict with all the names that every verdict has, and nothing said yet."""
    nothing = ("domain", "selector", "identity_domain", "algorithm", "canonicalisation")
    times = ("signed_at", "expires", "expired_when_checked", "expired_when_dated")
    key = ("key_record", "key_from", "key_bits", "body_length", "from_domain")
    lists = ("signed_headers", "unsigned_headers", "not_oversigned", "key_flags", "warnings")
    verdict: dict[str, Json] = dict.fromkeys((*nothing, *times, *key))
    verdict |= {"header": DKIM, "instance": None, "checked_at": checked_at}
    verdict["aligned"] = Alignment.UNKNOWN.value
    verdict |= {name: [] for name in lists}
    verdict |= {"checker": {"name": NAME, "version": VERSION, "library": None}}
    return verdict | {"verdict": Outcome.NOT_CHECKED.value, "reason": None, "detail": None}


def settle(
    verdict: dict[str, Json], outcome: Outcome, reason: Reason, detail: str | None = None
) -> None:
    """Say what came of a signature that isn't valid."""
    verdict |= {"verdict": outcome.value, "reason": reason.value, "detail": detail}
