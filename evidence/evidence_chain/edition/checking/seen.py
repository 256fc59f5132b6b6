"""What the user saw before: a checkpoint, or another edition, of the same log (`--seen`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.edition import note as notes
from evidence_chain.edition.checking.compare import roots_at
from evidence_chain.errors import EvidenceError, FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.checkpoint import parse as parse_checkpoint
from evidence_chain.log.note import SignedNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.note import EditionNote
    from evidence_chain.verify.report import Report


def check_seen(
    seen: Mapping[str, bytes],
    register: Register,
    note: EditionNote | None,
    said: Mapping[str, Any] | None,
    report: Report,
) -> None:
    """Each is a beginning of this log; and an edition is this one, or one that it names."""
    for name, data in seen.items():
        try:
            origin, size, root, digest = _read(data)
            if note is not None and origin != note.origin:
                raise ProofError(f"it is of the log {origin}.")
            if roots_at(register, [size]).get(size) != root:
                raise ProofError("this log doesn't go on from what it says.")
            earlier = {one["note"] for one in (said or {}).get("earlier", ())}
            if digest is not None and not (
                (note is not None and note.digest == digest) or b64.encode(digest) in earlier
            ):
                raise ProofError(
                    "this edition doesn't name it among the earlier ones. It may be a newer one "
                    "than this, or one that its publisher would rather not name."
                )
        except EvidenceError as error:
            report.fail("seen", name, f"Seen before, {name}: {error}")
        else:
            report.hold("seen", "seen before")


def _read(data: bytes) -> tuple[str, int, bytes, bytes | None]:
    """Origin, size and root; and the digest of an edition's note."""
    if len(data) > notes.LARGEST:
        raise FormatError("it is too large to be a checkpoint or the note of an edition.")
    text = SignedNote.parse(data).text
    if text.startswith(notes.FIRST_LINE):
        edition = notes.parse(text)
        return edition.origin, edition.size, edition.root, edition.digest
    checkpoint = parse_checkpoint(text)
    return checkpoint.origin, checkpoint.size, checkpoint.root, None
