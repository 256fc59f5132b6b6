"""What a user brings to a check of an edition, and every check that there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import FormatError, UnreachedError
from evidence_chain.verify.report import CHECKS, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.place import Place
    from evidence_chain.log.key import VerifierKey
    from evidence_chain.log.witness.policy import TrustPolicy

_STEPS = {
    "layout": (2, "Files and names are those that an edition has, and nothing else is there."),
    "note": (3, "The note of the edition is one, and fits the edition's files and log."),
    "manifest": (3, "The bag's tag files are written as they must be and fit each other."),
    "payload": (3, "A file has the SHA-256 that the manifest lists."),
}
_LOG = {
    name: (4, CHECKS[name][1])
    for name in (
        *("entry", "log", "tree-root", "seen", "rules", "commitment", "file", "file-sha256"),
        *("stream", "crop", "passage", "match", "extraction"),
    )
}
_COMPARED = {
    "disclosure": (4, "What is disclosed gives away nothing that has to be withheld with it."),
    "database": (5, "evidence.db says what the log says, and holds nothing else."),
    "tile": (5, "The tiles are those of the log."),
    "checkpoint": (5, "The checkpoints that must be there are, and are those of the log."),
    "proof": (5, "Each published claim has its proof, and the proof holds."),
    "edition": (5, "What edition.json says is what the log says."),
}
_SIGNED = {
    "edition-signature": (6, "The edition's note is signed by the key in force."),
    "signature": (6, "A checkpoint is signed by the keys in force, and by no other of the log."),
    "succession": (6, "Each change of keys follows from the one before."),
    "review": (6, "A review is of what it says, and its signature holds."),
    "timestamp": (6, "A time-stamp is of its checkpoint, by an authority that you trust."),
    "cosignature": (6, "A witness that you named signed the checkpoint."),
}
EDITION_CHECKS = _STEPS | _LOG | _COMPARED | _SIGNED
"""Every check of an edition by name: its step in section 9, and what it means when it holds."""

MOST = 100_000
"""Findings after which no more is looked for."""
Progress = Callable[[str, int, int], None]
"""Told what is being checked, how much of it is done, and how much there is."""


class Look(NamedTuple):
    """What a look at a database showed that found nothing wrong."""

    named: bytes
    """What `Register.named_all` gives if the log has the ids and kinds of the database's rows."""
    missed: tuple[str, ...]
    """What could not be compared."""


class Rows(NamedTuple):
    """How the database of an edition is compared with its log."""

    look: Callable[[Place, Sequence[str]], Look | None]
    """A look that needs nothing of other steps, so that it is taken beside them; it is given the
    paths of the checkpoints and time-stamps."""
    report: Callable[[Place, Sequence[str], Register, Look | None, Report], None]
    """Reports what the look showed; tells what is wrong, if anything is."""


def refuse_endless(report: Report) -> None:
    """Go no further where more is wrong than anybody reads.

    Raises:
        FormatError: more than `MOST` checks failed, or could not be made.
        UnreachedError: none of them failed.
    """
    if len(report.findings) > MOST:
        told = f"More than {MOST:,} checks failed or could not be made, so no more were made."
        raise FormatError(told) if report.failed else UnreachedError(told)


def new_report() -> Report:
    """An empty report on an edition."""
    return Report(table=EDITION_CHECKS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked to be checked, and what they bring to it."""

    key: VerifierKey | None = None
    """The key that they know the log by."""
    seen: Mapping[str, bytes | Place] = field(default_factory=dict)
    """What they saw before, by its name: a checkpoint, the note of an edition, or one whole."""
    allowed_signers: str | None = None
    """Whose signatures under reviews they know, as `ssh-keygen` has it."""
    authorities: bytes | None = None
    """Certificates of time-stamping authorities that they trust, as PEM."""
    witnesses: tuple[str, ...] = ()
    """Verifier keys of witnesses."""
    policy: TrustPolicy | None = None
    """Whose cosignatures the newest checkpoint needs, and how many."""
    everything: bool = False
    """Go on after a failure in step 2 or 3."""
    files: int | None = None
    """Files that an edition may have, if more than usual."""
    workers: int | None = None

    def key_for(self, origin: str) -> VerifierKey | None:
        """The key that they know a log by: the one that they gave, else that of their policy."""
        if self.key is not None or self.policy is None:
            return self.key
        return self.policy.key_of(origin)
