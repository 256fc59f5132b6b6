"""Steps 1, 2 and 4: checkpoints, who signed them, and what they and the reader saw before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, FormatError
from evidence_chain.log.checkpoint import Checkpoint, open_checkpoint
from evidence_chain.log.cosignature import is_cosignature
from evidence_chain.log.note import SignedNote
from evidence_db.store.keys.key_file import kept_checkpoint, known_verifier, signed_before

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from evidence_chain.log.key import VerifierKey
    from evidence_chain.verify.report import Report
    from evidence_db.reading.attested.keys import LogKeys
    from evidence_db.reading.records import Signed

NO_KEY = (
    "The signer is unknown: you gave no verifier key (--key) and have no key of your own for "
    "this origin. Ask the publisher for it by another way than this copy came."
)
KEPT = "the newest checkpoint signed here, kept beside the key"
_OLDER = (
    " So this is an older copy of the case, or another one of the same origin: go on in the case "
    "that was signed last (docs/backup.md)."
)


def expected_key(origin: str, given: VerifierKey | None, report: Report) -> VerifierKey | None:
    """The verifier key that the user gave, else that of their own signing key."""
    if given is not None:
        return given
    try:
        return known_verifier(origin)
    except EvidenceError as error:
        report.miss("signature", "signer", str(error))
        return None


def read_checkpoint(
    note: str | bytes, origin: str, keys: Sequence[VerifierKey], size: int | None = None
) -> tuple[Checkpoint, bool]:
    """Read a checkpoint of this log, and whether these keys are known to have signed it.

    Args:
        note: The signed note.
        origin: The name of the log.
        keys: The signers that are expected, if any: two at a change of keys.
        size: The size that it is stored under, if it is stored.

    Raises:
        FormatError: it is no checkpoint, of another log, or stored under another size.
        ProofError: a signature does not hold, or is another key's.
    """
    checkpoint, signed = open_checkpoint(note, None)
    for key in keys:
        _, signed = open_checkpoint(note, key)
    if size not in (None, checkpoint.size):
        raise FormatError(f"It is stored as that of size {size} but says otherwise.")
    if checkpoint.origin != origin:
        raise FormatError(f"It is of {checkpoint.origin}, and the case is {origin}.")
    return checkpoint, signed


def check_checkpoints(
    stored: Sequence[Signed], keys: LogKeys, report: Report
) -> dict[int, Checkpoint]:
    """Step 2: the signature of every checkpoint. Returns those that can be read, by size."""
    readable, origin = {}, keys.origin
    found: set[bytes] = set()
    for size, note in stored:
        name = f"checkpoint {size}"
        try:
            checkpoint, signed = read_checkpoint(note, origin, keys.of_stored(size), size)
        except EvidenceError as error:
            report.fail("signature", name, str(error))
            continue
        readable[size] = checkpoint
        found |= _check_lines(note, keys, size, report)
        if signed:
            report.hold("signature", "checkpoints")
        else:
            report.miss("signature", name, NO_KEY)
    if len(found - keys.ids) > (0 if keys.ids else 1):
        named = ", ".join(sorted(key_id.hex() for key_id in found))
        detail = f"The checkpoints are signed by several keys of one name, {origin}: {named}."
        report.fail("signature", "checkpoints", detail)
    return readable


def _check_lines(note: str, keys: LogKeys, size: int, report: Report) -> set[bytes]:
    """Name the lines of others on a checkpoint. Returns the ids of the keys of the log's name."""
    signatures = SignedNote.parse(note).signatures
    own = [one.key_id for one in signatures if one.name == keys.origin]
    others = [one for one in signatures if one.name != keys.origin]
    if strange := sorted({one.name for one in others if not is_cosignature(one)}):
        detail = f"It bears lines of others, which nobody checks here: {', '.join(strange)[:200]}."
        report.miss("signature", f"checkpoint {size}", detail)
    if len(own) != len(keys.of_stored(size) or own):
        detail = f"It has {len(own)} signatures by keys of the log, not those in force at its size."
        report.fail("signature", f"checkpoint {size}", detail)
    return set(own)


def check_succession(keys: LogKeys, report: Report) -> None:
    """Step 2: each change of keys follows from the one before."""
    for index, problem in keys.problems:
        detail = f"The change of keys in entry {index}: {problem}"
        report.fail("succession", f"entry {index}", detail)
    if not keys.problems:
        report.hold("succession", "changes of keys", len(keys.changes))


def check_coverage(
    checkpoints: Mapping[int, Checkpoint], stored: int, size: int, report: Report
) -> None:
    """The newest checkpoint covers the whole log, which `stored` checkpoints are said to do."""
    newest = max(checkpoints, default=None)
    if newest is None and stored:
        report.miss("coverage", "log", "None of its checkpoints is one that can be believed.")
    elif newest is None:
        report.miss("coverage", "log", "There is no checkpoint. Sign the log: evidence checkpoint.")
    elif newest < size:
        report.miss(
            "coverage",
            "log",
            f"The newest checkpoint covers {newest} of {size} entries. Sign the log as it "
            "stands: evidence checkpoint.",
        )
    else:
        report.hold("coverage", "logs")


def check_roots(
    check: str,
    checkpoints: Mapping[str, Checkpoint],
    roots: Mapping[int, bytes],
    size: int,
    report: Report,
) -> None:
    """Steps 3 and 4: the log has, at the size of each checkpoint, the root that it signs."""
    for name, checkpoint in checkpoints.items():
        more = _OLDER if name == KEPT else ""
        if checkpoint.size > size:
            detail = f"It covers {checkpoint.size} entries, and the log has {size}."
            report.fail(check, name, detail + more)
        elif checkpoint.size not in roots:
            report.miss(check, name, "The log can't be read as far as that.")
        elif roots[checkpoint.size] != checkpoint.root:
            detail = f"The first {checkpoint.size} entries have another root."
            report.fail(check, name, detail + more)
        else:
            report.hold(check, "checkpoints")


def kept_note(origin: str, report: Report) -> dict[str, bytes]:
    """The newest checkpoint that was signed here, if one is kept, as one that was seen before."""
    try:
        kept = kept_checkpoint(origin)
    except EvidenceError as error:
        report.miss("seen", KEPT, str(error))
        return {}
    return {} if kept is None else {KEPT: kept.note.encode()}


def check_dropped(stored: Collection[int], origin: str, report: Report) -> None:
    """No checkpoint is gone of those that are known to have been signed here.

    One that is newer than all that are stored is told as coverage: who is killed while signing has
    kept it, and not stored it.

    Args:
        stored: The sizes under which checkpoints are stored.
        origin: The log, whose key may be the user's own.
        report: Takes the findings.
    """
    try:
        known = {one.checkpoint.size for one in signed_before(origin)}
    except EvidenceError as error:
        report.miss("seen", KEPT, str(error))
        return
    for size in sorted(known.difference(stored)):
        if size < max(stored, default=0):
            detail = (
                f"A checkpoint of {size:,} entries was signed here, and is not in the case any "
                "more. `evidence checkpoint` puts it back."
            )
            report.fail("seen", f"checkpoint {size}", detail)


def check_seen(seen: Mapping[str, bytes], keys: LogKeys, report: Report) -> dict[str, Checkpoint]:
    """Step 4: read the checkpoints that the user saw before, by the name of their file."""
    readable = {}
    for name, note in seen.items():
        try:
            size = open_checkpoint(note, None)[0].size
            checkpoint, _ = read_checkpoint(note, keys.origin, keys.at(size))
        except EvidenceError as error:
            report.fail("seen", name, f"{name} is no checkpoint of this log: {error}")
        else:
            readable[name] = checkpoint
    return readable
