"""Step 6, reviews: of what they are, of which state, by whom, and whether something came after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.edition.checking.attested.reviewers import By, Recorders
from evidence_chain.edition.description import is_fingerprint
from evidence_chain.errors import EvidenceError, FormatError, ProofError, UncheckedError
from evidence_chain.reviews.allowed_signers import AllowedSigners
from evidence_chain.reviews.review import (
    Review,
    Signed,
    check_signature,
    check_state,
    is_principal,
)
from evidence_chain.reviews.sshsig import parse
from evidence_chain.reviews.staleness import Chains, counting
from evidence_chain.reviews.staleness import Entry as Told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.entry import Entry
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

MOST = 2_000_000
"""Records that are gone through to tell which reviews are stale: some 20 seconds."""
LISTED = 20
"""Entries that are named of those that came after a review."""
SIGNED = ("note", "reviewer", "root", "size")
"""The disclosed fields that a reviewer's signature covers."""


def check_reviews(register: Register, allowed_signers: str | None, report: Report) -> None:
    """Each review's subject, size, root and signature; and whether it is stale."""
    reviews = {
        one.index: (one, entry) for one, entry in register.opened(register.of_kind("review"))
    }
    if not reviews:
        return
    signers = None if allowed_signers is None else AllowedSigners.parse(allowed_signers)
    for number, why in () if signers is None else signers.unread:
        report.counted[f"line {number} of the allowed signers passed over: {why}"] += 1
    verdicts = {index: entry.open["verdict"] for index, (_, entry) in reviews.items()}
    chains, recorders = Chains(OpenEntries(register, verdicts)), Recorders(register)
    last = counting(_told(register, one) for one, _ in reviews.values())
    report.counted["reviews that a later one by the same reviewer replaces"] += len(reviews) - len(
        last
    )
    for one, entry in reviews.values():
        try:
            _check_state(register, one)
            _check_signed(one, entry, signers, report)
        except UncheckedError as error:
            report.miss("review", one.id, f"{one.name}: {error}")
        except EvidenceError as error:
            report.fail("review", one.id, f"{one.name}: {error}")
        else:
            report.hold("review", "reviews")
            _tell_stale(one, chains, report)
            report.counted[_whose(one, chains, recorders, register)] += 1


def _told(register: Register, one: Opened) -> tuple[int, int, str | None]:
    """Index, subject and reviewer of a review, so that the last one of each counts."""
    reviewer, subject = one.values.get("reviewer"), register.named(one.index, "to")
    known = reviewer if isinstance(reviewer, str) else None
    return one.index, -1 if subject is None else subject, known


def _check_state(register: Register, one: Opened) -> None:
    """What the reviewer looked at was there, and is what they say.

    Raises:
        ProofError: it wasn't, or isn't.
    """
    size, root = one.values.get("size"), one.values.get("root")
    if root is not None and not is_fingerprint(root):
        raise ProofError("Its root is no base64 of 32 bytes.")
    if type(size) is not int:
        return
    check_state(one.index, register.named(one.index, "to"), size, root, register.root_at)


def _check_signed(
    one: Opened, entry: Entry, signers: AllowedSigners | None, report: Report
) -> None:
    signature = one.values.get("signature")
    if signature is None:
        is_told = "signature" in one.values
        told = "reviews without a signature" if is_told else "reviews whose signature is withheld"
        report.counted[told] += 1
        return
    if not isinstance(signature, str):
        raise FormatError("Its signature is no text.")
    values: dict[str, Any] = {name: one.values.get(name) for name in SIGNED}
    parse(signature)
    reviewer = one.values.get("reviewer")
    if isinstance(reviewer, str) and not is_principal(reviewer):
        raise FormatError(f"It is signed, and no file of allowed signers can name {reviewer!r}.")
    if not all(name in one.values for name in SIGNED):
        report.counted["signed reviews of which a part is withheld"] += 1
        return
    review = Review(
        to=entry.open["to"],
        verdict=entry.open["verdict"],
        recorded_at=one.values.get("recorded_at"),
        signature=signature,
        **values,
    )
    if signers is not None and "recorded_at" not in one.values:
        report.counted["signed reviews of which it is withheld when they were recorded"] += 1
        signers = None
    by = check_signature(review, signers)
    whose = {
        Signed.GOOD: f"reviews signed by {review.reviewer}",
        Signed.UNKNOWN: "reviews signed by an unknown person",
    }
    report.counted[whose.get(by, "signed reviews whose signer was not asked for")] += 1


def _tell_stale(one: Opened, chains: Chains, report: Report) -> None:
    size = one.values.get("size")
    if type(size) is not int:
        report.counted["reviews of which it can't be told whether something came after"] += 1
    elif chains.visited > MOST:
        detail = (
            f"{one.name}: there are too many reviews of too many records to tell what came after"
        )
        report.miss("review", one.id, detail)
    elif later := chains.stale_by(one.index, size):
        listed = ", ".join(map(str, later[:LISTED]))
        more = f" and {len(later) - LISTED:,} more" if len(later) > LISTED else ""
        entries = "entry" if len(later) == 1 else "entries"
        told = f"review in entry {one.index} is stale: {entries} {listed}{more} came after it"
        report.counted[told] += 1


def _whose(one: Opened, chains: Chains, recorders: Recorders, register: Register) -> By:
    """Whether the reviewer recorded something of what they looked at."""
    subject, size = register.named(one.index, "to"), one.values.get("size")
    if subject is None or type(size) is not int or chains.visited > MOST:
        return By.UNKNOWN
    return recorders.by(one.values.get("reviewer"), chains.of(subject, size))


class OpenEntries:
    """The open part of each entry, with what it names by index."""

    def __init__(self, register: Register, verdicts: Mapping[int, str]) -> None:
        self._register = register
        self._verdicts = verdicts

    def __len__(self) -> int:
        return self._register.size

    def __getitem__(self, index: int) -> Told:
        shape, named = self._register.shape(index), self._register.named
        if shape is None:
            return Told("")
        return Told(
            shape.kind,
            to=named(index, "to"),
            from_=named(index, "from"),
            relation=shape.relation,
            verdict=self._verdicts.get(index),
            artifact=named(index, "artifact"),
        )
