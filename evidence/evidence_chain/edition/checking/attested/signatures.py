"""Step 6: who signed the edition and its checkpoints, and which keys the log had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError
from evidence_chain.log.note import verify
from evidence_chain.log.succession import Succession
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.edition.checking.compare import Stored
    from evidence_chain.edition.checking.register import Register
    from evidence_chain.log.key import VerifierKey
    from evidence_chain.log.note import SignedNote
    from evidence_chain.verify.report import Report

_CHANGED = (
    "So it may be somebody else's. If its publisher changed keys after it was made, the key before "
    "checks it; and a later edition tells whether this was one of theirs: evidence check LATER "
    "--key … --seen THIS."
)
"""What is told of an edition that another key signed: an earlier one of its publisher, or not."""


def check_succession(
    register: Register, origin: str, sizes: Iterable[int], key: VerifierKey | None, report: Report
) -> Succession | None:
    """The keys that the log had, one after the other; `None` if that can't be told.

    Without a key from the user, or with one that is none of the log's, nobody is known to have
    signed anything.
    """
    changes = [(one.index, entry.open) for one, entry in register.opened(register.of_kind("key"))]
    succession = Succession.of(origin, changes)
    problems = list(succession.problems(sizes))
    for index, problem in problems:
        report.fail(
            "succession", f"entry {index}", f"The change of keys in entry {index}: {problem}"
        )
    if problems:
        return None
    report.hold("succession", "changes of keys", len(changes))
    if not changes:
        succession = Succession(origin, first=key)
    if key is None:
        return succession
    if key.name != origin or key not in succession.keys:
        detail = f"The key that you gave, {key}, is none of this log's. {_CHANGED}"
        report.fail("edition-signature", "edition.note", detail)
        return None
    return succession


def check_note(
    signed: SignedNote, size: int, succession: Succession, *, is_known: bool, report: Report
) -> None:
    """The note of the edition is signed by the key in force at its size."""
    key = succession.in_force(size)
    if not is_known or key is None:
        detail = "Nobody gave the verifier key, so who signed this edition is unknown (--key)."
        report.miss("edition-signature", "edition.note", detail)
        return
    if problem := _unsigned(signed, [key], {(key.name, key.key_id)}):
        others = {one.key_id for one in signed.signatures if one.name == key.name} - {key.key_id}
        if others and not succession.changes:
            problem = (
                f"it is signed by another key of that name (key id {min(others).hex()}), not by "
                f"the one that you gave ({key.key_id.hex()}). {_CHANGED}"
            )
        report.fail("edition-signature", "edition.note", f"The note of the edition: {problem}")
    else:
        report.hold("edition-signature", "notes")


def check_checkpoints(
    stored: Stored, succession: Succession, *, is_known: bool, report: Report
) -> None:
    """Each checkpoint has the signatures that it must have, and no other of the log's keys."""
    own = {(key.name, key.key_id) for key in succession.keys}
    for size, signers in succession.signers(stored.notes):
        note = stored.notes[size]
        if not is_known or not signers:
            detail = f"The checkpoint of {counted(size, 'entry')}: its signer is unknown (--key)."
            report.miss("signature", f"checkpoint {size}", detail)
        elif problem := _unsigned(note, signers, own):
            detail = f"The checkpoint of {counted(size, 'entry')}: {problem}"
            report.fail("signature", f"checkpoint {size}", detail)
        else:
            report.hold("signature", "checkpoints")


def _unsigned(
    note: SignedNote, keys: list[VerifierKey], of_log: set[tuple[str, bytes]]
) -> str | None:
    """Why a note isn't signed by each of these keys once, and by no other of the log's."""
    try:
        holding = verify(note, keys)
    except EvidenceError as error:
        return str(error)
    for key in keys:
        if key not in holding:
            return (
                f"it has no signature by {key.name} (key id {key.key_id.hex()}), the key in force."
            )
    own = [one for one in note.signatures if (one.name, one.key_id) in of_log]
    if len(own) != len(keys):
        return f"it has {len(own)} signatures by keys of {keys[0].name}, not {len(keys)}."
    return None
