"""A reviewer's signature over a review: what is signed, and what came of checking it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from evidence_chain import canonical
from evidence_chain.errors import FormatError, ProofError, UncheckedError
from evidence_chain.log import b64
from evidence_chain.reviews.sshsig import parse
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.reviews.allowed_signers import AllowedSigners

NAMESPACE = "evidence-chain-review@v1"
"""What a reviewer signs for (`ssh-keygen -Y sign -n`)."""

_PRINCIPAL = re.compile(r"[^\s,*?!]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


class Signed(StrEnum):
    """What is known of who signed a review. What didn't hold is an error, and none of these."""

    UNSIGNED = "unsigned"
    GOOD = "good"
    """By a key that the allowed signers give to this reviewer."""
    UNKNOWN = "of an unknown person"
    """The signature holds, and nobody among the allowed signers has the key: as unsigned."""
    NOT_ASKED = "not asked"
    """The signature holds, and no allowed signers were given: whose it is wasn't asked."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review as far as its signature covers it, and the signature.

    All of that must be disclosed; of a review with a withheld field only its time may be missing.

    Raises:
        FormatError: a field is of another type than here.
    """

    to: str
    """The id of what is reviewed."""
    verdict: str
    reviewer: str
    note: str | None
    size: int
    """Of the tree that the reviewer looked at."""
    root: str
    """Of that tree, in base64."""
    recorded_at: str | None
    """`YYYY-MM-DDTHH:MM:SSZ`, at which the reviewer's key must be good; None if withheld."""
    signature: str | None
    """An armored SSHSIG with its last newline."""

    def __post_init__(self) -> None:
        texts = (self.to, self.verdict, self.reviewer, self.root)
        optional = (self.note, self.recorded_at, self.signature)
        if not (
            all(isinstance(text, str) for text in texts)
            and all(text is None or isinstance(text, str) for text in optional)
            and type(self.size) is int
        ):
            raise FormatError("A field of this review is of another type than it must be.")

    def signed_bytes(self) -> bytes:
        """What a reviewer signs; see the function."""
        return signed_bytes(self.to, self.verdict, self.reviewer, self.note, self.size, self.root)


def check_state(
    index: int,
    of: int | None,
    size: int,
    root: str | None,
    root_at: Callable[[int], bytes | None],
) -> None:
    """Check that what a reviewer looked at was there, and is what they say.

    Args:
        index: The review's in the log.
        of: That of what is reviewed, where it is known.
        size: Of the tree that the reviewer looked at.
        root: Of that tree, in base64; None if it isn't compared.
        root_at: Gives the root that the log has at a size, if it has one.

    Raises:
        ProofError: it wasn't, or isn't.
    """
    log = f"the log of {counted(size, 'entry')}"
    if size > index or (of is not None and of >= size):
        raise ProofError(f"It is of {log}, which doesn't fit what it is of.")
    if root is None:
        return
    there = root_at(size)
    if there is None or b64.encode(there) != root:
        raise ProofError(f"T{log[1:]} had another root than it says.")


def is_principal(reviewer: str) -> bool:
    """Whether a reviewer's name can stand as itself in a file of allowed signers."""
    return _PRINCIPAL.fullmatch(reviewer) is not None


def signed_bytes(
    to: str, verdict: str, reviewer: str, note: str | None, size: int, root: str
) -> bytes:
    """`JCS({"note", "reviewer", "root", "size", "to", "verdict"})`, without a newline.

    Raises:
        FormatError: a value that has no canonical JSON.
    """
    return canonical.encode(
        {
            "note": note,
            "reviewer": reviewer,
            "root": root,
            "size": size,
            "to": to,
            "verdict": verdict,
        }
    )


def check_signature(review: Review, signers: AllowedSigners | None) -> Signed:
    """Check a review's signature, and whose it is.

    Args:
        review: The review.
        signers: The user's allowed signers, or None where they gave none.

    Raises:
        FormatError: the signature is no SSHSIG, the reviewer no principal, or the time none.
        ProofError: the signature does not hold over this review, or the allowed signers give
            its key to somebody else than the reviewer, and not to the reviewer.
        UncheckedError: the signature is of a kind that is not known here, or when the review
            was recorded is withheld, so that it can't be told whether the key was good then.
    """
    if review.signature is None:
        return Signed.UNSIGNED
    if not is_principal(review.reviewer):
        raise FormatError(
            f"The reviewer {review.reviewer!r} has white space, a comma, '*', '?' or '!', so no "
            "file of allowed signers can name them. Sign as a name without, such as an address."
        )
    signature = parse(review.signature)
    signature.check(review.signed_bytes(), NAMESPACE)
    if signers is None:
        return Signed.NOT_ASKED
    asked = (signature.public_key, NAMESPACE, _time(review.recorded_at))
    if signers.allows(review.reviewer, *asked):
        return Signed.GOOD
    others = signers.principals_of(*asked)
    if others:
        raise ProofError(
            f"Checking a review: it is signed with the key of {', '.join(others)}, and says to "
            f"be by {review.reviewer}. Ask both."
        )
    return Signed.UNKNOWN


def _time(text: str | None) -> datetime:
    if text is None:
        raise UncheckedError(
            "Checking a review: its signature holds, but when it was recorded is withheld, so "
            "whether the key was its reviewer's then can't be told."
        )
    try:
        if not _TIME.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as error:
        raise FormatError(f"A review was recorded at {text[:40]!r}, which is no time.") from error
