"""Step 6, reviews: of what they are, of which state, by whom, and whether something came after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.edition.checking.rules import named
from evidence_chain.edition.description import is_fingerprint
from evidence_chain.errors import EvidenceError, FormatError, ProofError, UncheckedError
from evidence_chain.log import b64
from evidence_chain.reviews.allowed_signers import AllowedSigners
from evidence_chain.reviews.review import Review, Signed, check_signature, is_principal
from evidence_chain.reviews.sshsig import parse
from evidence_chain.reviews.staleness import Chains, Entry, counting

if TYPE_CHECKING:
    from evidence_chain.edition.checking.register import Facts, Register
    from evidence_chain.verify.report import Report

SIGNED = ("note", "reviewer", "root", "size")
"""The disclosed fields that a reviewer's signature covers."""


def check_reviews(register: Register, allowed_signers: str | None, report: Report) -> None:
    """Each review's subject, size, root and signature; and whether it is stale."""
    reviews = list(register.of_kind("review"))
    if not reviews:
        return
    signers = None if allowed_signers is None else AllowedSigners.parse(allowed_signers)
    for number, why in () if signers is None else signers.unread:
        report.counted[f"line {number} of the allowed signers passed over: {why}"] += 1
    chains = Chains(open_entries(register))
    last = counting(_told(register, index, one) for index, one in reviews)
    report.counted["reviews that a later one by the same reviewer replaces"] += len(reviews) - len(
        last
    )
    for index, one in reviews:
        name = named(index, one)
        try:
            _check_state(register, index, one)
            _check_signed(one, signers, report)
        except UncheckedError as error:
            report.miss("review", one.id, f"{name}: {error}")
        except EvidenceError as error:
            report.fail("review", one.id, f"{name}: {error}")
        else:
            report.hold("review", "reviews")
            _tell_stale(index, one, chains, report)


def _told(register: Register, index: int, one: Facts) -> tuple[int, int, str | None]:
    """Index, subject and reviewer of a review, so that the last one of each counts."""
    reviewer = one.values.get("reviewer")
    subject = register.indexes.get(one.open["to"], -1)
    return index, subject, reviewer if isinstance(reviewer, str) else None


def _check_state(register: Register, index: int, one: Facts) -> None:
    """What the reviewer looked at was there, and is what they say.

    Raises:
        ProofError: it wasn't, or isn't.
    """
    size, root = one.values.get("size"), one.values.get("root")
    if root is not None and not is_fingerprint(root):
        raise ProofError("Its root is no base64 of 32 bytes.")
    if type(size) is not int:
        return
    subject = register.find(one.open["to"])
    if size > index or (subject is not None and subject.index >= size):
        raise ProofError(f"It is of the log of {size:,} entries, which doesn't fit what it is of.")
    there = register.root_at(size)
    if root is not None and (there is None or b64.encode(there) != root):
        raise ProofError(f"The log of {size:,} entries had another root than it says.")


def _check_signed(one: Facts, signers: AllowedSigners | None, report: Report) -> None:
    signature = one.values.get("signature")
    if signature is None:
        is_told = "signature" in one.values
        told = "reviews without a signature" if is_told else "reviews whose signature is withheld"
        report.counted[told] += 1
        return
    values: dict[str, Any] = {name: one.values.get(name) for name in SIGNED}
    parse(signature)
    reviewer = one.values.get("reviewer")
    if isinstance(reviewer, str) and not is_principal(reviewer):
        raise FormatError(f"It is signed, and no file of allowed signers can name {reviewer!r}.")
    if not all(name in one.values for name in SIGNED):
        report.counted["signed reviews of which a part is withheld"] += 1
        return
    review = Review(
        to=one.open["to"],
        verdict=one.open["verdict"],
        recorded_at=one.values.get("recorded_at"),
        signature=signature,
        **values,
    )
    by = check_signature(review, signers)
    whose = {
        Signed.GOOD: f"reviews signed by {review.reviewer}",
        Signed.UNKNOWN: "reviews signed by an unknown person",
    }
    report.counted[whose.get(by, "signed reviews whose signer was not asked for")] += 1


def _tell_stale(index: int, one: Facts, chains: Chains, report: Report) -> None:
    size = one.values.get("size")
    if type(size) is not int:
        report.counted["reviews of which it can't be told whether something came after"] += 1
    elif later := chains.stale_by(index, size):
        listed = ", ".join(map(str, later))
        report.counted[f"review in entry {index} is stale: entries {listed} came after it"] += 1


def open_entries(register: Register) -> list[Entry]:
    """The open part of each entry, with what it names by index."""
    return [Entry("") if one is None else _open(register, one) for one in register.facts]


def _open(register: Register, one: Facts) -> Entry:
    def at(id_: object) -> int | None:
        return register.indexes.get(id_) if isinstance(id_, str) else None

    return Entry(
        one.kind,
        to=at(one.open.get("to")),
        from_=at(one.open.get("from")),
        relation=one.open.get("relation"),
        verdict=one.open.get("verdict"),
        artifact=at(one.values.get("artifact")),
    )
