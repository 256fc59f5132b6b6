"""What a user asks to be verified, and what was not asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evidence_chain.log.key import VerifierKey
    from evidence_chain.log.witness.policy import TrustPolicy


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked to be verified, and what they bring to it."""

    key: VerifierKey | None = None
    """The signer that they expect; that of their own signing key if there is none."""
    seen: Mapping[str, bytes] = field(default_factory=dict)
    """Checkpoints that they saw before, by the name of their file."""
    all_digests: bool = False
    rendered: bool = False
    """Read the pictures of passages, and compare them with what the text layer says."""
    allowed_signers: str | None = None
    """Whose keys sign reviews, as a file of `ssh-keygen` says it."""
    authorities: bytes | None = None
    """The certificates of time-stamps' authorities that they trust, in PEM."""
    witnesses: TrustPolicy | None = None
    """Whose cosignatures they ask for, and how many."""
    block_headers: Sequence[bytes] = ()
    """Headers of blocks of Bitcoin that they believe in, for proofs of OpenTimestamps."""
    claim: int | None = None
    """Check the files and passages that this claim rests on, and no others."""

    def key_for(self, origin: str) -> VerifierKey | None:
        """The key that they know a log by: the one that they gave, else that of their policy."""
        if self.key is not None or self.witnesses is None:
            return self.key
        return self.witnesses.key_of(origin)


def absent(wanted: Wanted, *, seen: bool, stamped: bool) -> list[str]:
    """What nobody asked for, or brought, so that it wasn't looked at."""
    absent = ["cosignatures of witnesses (--policy)"] if wanted.witnesses is None else []
    if not stamped and wanted.authorities is None:
        absent.insert(0, "time-stamps")
    elif wanted.authorities is None:
        absent.insert(0, "whose the time-stamps are (--tsa-root)")
    if not seen:
        absent.append("checkpoints seen before (--seen)")
    if not wanted.all_digests:
        absent.append("SHA-256 of the files (--all-digests)")
    if not wanted.rendered:
        absent.append("what is seen of passages in pictures and pages (--rendered)")
    return absent
