"""A person's review of a claim, or their sign-off of a passage (docs/edition.md, section 10)."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
from shutil import which
from typing import TYPE_CHECKING

from evidence_chain import kinds
from evidence_chain.entry import is_evidence
from evidence_chain.errors import InputError, KeyFileError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.merkle import Frontier
from evidence_chain.reviews import NAMESPACE, Review, check_signature, is_principal
from evidence_db.recording.adding import Recorded

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.recording.writer import Writer

_SECONDS = 120
"""How long a signature may take: somebody may have to touch a key."""


@dataclass(frozen=True, slots=True)
class State:
    """The log that a reviewer looks at."""

    size: int
    root: str
    """In base64."""


def state_of(reader: Reader, size: int | None = None) -> State:
    """The log as it stands, or as it stood when it had `size` entries.

    Raises:
        InputError: it never had so many.
        StorageError: a hash of its tree is missing.
    """
    there = reader.size()
    size = there if size is None else size
    if size > there:
        raise InputError(f"The log has {there} entries, so nobody can have looked at {size}.")
    return State(size, b64.encode(Frontier.at(size, reader.hash_at).root()))


def check_reviewable(reader: Reader, record: Record) -> None:
    """Raises `InputError` if a record is none that is reviewed, or doesn't stand."""
    if record.kind != "claim" and not is_evidence(record.kind):
        raise InputError(
            f"{record.name} is not reviewed. A person reviews a claim, or a passage, by its id or "
            "the claim's short name."
        )
    if reader.is_ended(record.index):
        raise InputError(
            f"{record.name} no longer stands: it was retracted or replaced. Review what stands in "
            "its place (`evidence show` tells)."
        )


def prepare(record: Record, state: State, verdict: str, reviewer: str, note: str | None) -> Review:
    """What a reviewer says, as it is signed."""
    return Review(record.id, verdict, reviewer, note, state.size, state.root, None, None)


def sign(review: Review, key: Path) -> Review:
    """The review with a signature by `ssh-keygen`, which asks an agent or a hardware key.

    What is signed is given on its standard input: over a file that is there it signs nothing.

    Args:
        review: What is signed.
        key: A private key of SSH, or the public one of a key that an agent or a device has.

    Raises:
        InputError: the reviewer's name can't stand in a file of allowed signers, or there is no
            `ssh-keygen`.
        KeyFileError: it did not sign.
        ProofError: what it answered does not hold.
    """
    if not is_principal(review.reviewer):
        raise InputError(
            f"Signing a review: the reviewer {review.reviewer!r} has white space, a comma, '*', "
            "'?' or '!', so no file of allowed signers can name them. Give a name without, such "
            "as an address: --as editor@newsroom.example"
        )
    program = which("ssh-keygen")
    if program is None:
        raise InputError("Signing a review needs ssh-keygen, of OpenSSH; install it first.")
    command = [program, "-Y", "sign", "-n", NAMESPACE, "-f", str(key)]
    try:
        made = subprocess.run(  # noqa: S603 - no shell, and the key is the user's own word
            command, input=review.signed_bytes(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise KeyFileError(
            f"Signing with {key}: ssh-keygen did not answer in {_SECONDS} seconds. Nothing was "
            "recorded. Unlock the key or touch the device, and try again."
        ) from error
    if made.returncode or not made.stdout:
        said = made.stderr.decode(errors="replace").strip().splitlines()
        raise KeyFileError(
            f"Signing with {key}: {said[-1] if said else 'ssh-keygen made no signature'}. Nothing "
            "was recorded. Name a private key of SSH, or the .pub of one that your agent has."
        )
    signed = replace(review, signature=made.stdout.decode(errors="replace"))
    try:
        check_signature(signed, None)
    except ProofError as error:
        raise ProofError(
            f"Signing with {key}: what ssh-keygen made does not hold: {error}"
        ) from error
    return signed


def record_review(writer: Writer, review: Review) -> Recorded:
    """Put a review into the log.

    Raises:
        RuleError: what it is of can't be reviewed.
    """
    values = {
        "reviewer": review.reviewer,
        "note": review.note,
        "size": review.size,
        "root": review.root,
        "signature": review.signature,
    }
    added = writer.add(kinds.REVIEW, values, {"to": review.to, "verdict": review.verdict})
    return Recorded(added.index, added.id, new=True)
