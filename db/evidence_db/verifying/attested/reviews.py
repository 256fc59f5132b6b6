"""Reviews: each is of the log that it says, and its signature holds; which came to be stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, ProofError
from evidence_chain.log.merkle import Frontier
from evidence_chain.reviews.allowed_signers import AllowedSigners
from evidence_chain.reviews.review import Signed, check_signature, check_state
from evidence_chain.verify.report import Report
from evidence_db.reading.attested.reviewed import reviews_of
from evidence_db.reading.notices.erasures import erasures

if TYPE_CHECKING:
    from evidence_db.reading.attested.reviewed import Reviewed
    from evidence_db.reading.reader import Reader

_WHOSE = {
    Signed.GOOD: "reviews signed by who they say (--allowed-signers)",
    Signed.UNKNOWN: "reviews signed by an unknown person, as good as unsigned",
    Signed.NOT_ASKED: "signed reviews whose signer was not asked for (--allowed-signers)",
    Signed.UNSIGNED: "reviews without a signature",
}
STALE = "reviews that are stale, since something came after (evidence resolve says what)"
_REVIEWED = "SELECT DISTINCT to_idx FROM review ORDER BY to_idx"


def check_reviews(reader: Reader, allowed_signers: str | None) -> Report:
    """Check every review of a case.

    Args:
        reader: A reader of the case.
        allowed_signers: The text of the user's file, as `ssh-keygen -Y verify` reads it.
    """
    report = Report()
    erased = erasures(reader.connection)
    subjects = [to for (to,) in reader.connection.execute(_REVIEWED)]
    signers = None if allowed_signers is None else AllowedSigners.parse(allowed_signers)
    for to, reviews in reviews_of(reader, subjects).items():
        for one in reviews:
            if one.index in erased:
                continue  # its verdict is public, and nothing else is left of it
            _check(reader, to, one, signers, report)
    return report


def _check(
    reader: Reader, to: int, one: Reviewed, signers: AllowedSigners | None, report: Report
) -> None:
    record = reader.record(one.index)
    try:
        _check_state(reader, to, one)
        by = Signed.UNSIGNED if one.as_signed is None else check_signature(one.as_signed, signers)
    except EvidenceError as error:
        report.fail("review", one.id, f"{record.name}: {error}")
    else:
        report.hold("review", "reviews")
        report.counted[_WHOSE[by]] += 1
        if one.stale_by:
            report.counted[STALE] += 1


def _check_state(reader: Reader, to: int, one: Reviewed) -> None:
    """Raises `ProofError` if what the reviewer looked at was not there, or was another log."""
    if one.size is None:
        raise ProofError("It is of a log of unknown size, which doesn't fit what it is of.")
    root = str(one.said.get("root"))  # one that is missing is none that the log had
    check_state(
        one.index, to, one.size, root, lambda size: Frontier.at(size, reader.hash_at).root()
    )
