"""Who did what with records: handed over, received, verified, exported, published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain import kinds
from evidence_chain.errors import InputError
from evidence_chain.values import ACTIONS
from evidence_db.recording.adding import Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.recording.writer import Writer

MOST = 50_000
"""Records that one event names: an edition's line of the log may have 16 MiB."""
LONGEST = 10_000
"""Characters of a note."""


def record_custody(
    writer: Writer, actor: str, action: str, subjects: Sequence[str], note: str
) -> Recorded:
    """Put an event of custody into the log.

    Args:
        writer: An open transaction.
        actor: Who did it.
        action: One of `evidence_chain.values.ACTIONS`.
        subjects: The ids of the records that it is about; none for the whole case. Of more than
            `MOST` the first are named, and the note says so.
        note: What was done, in words.

    Raises:
        InputError: something is empty, too long, or no such action.
        RuleError: a subject is no entry of the log.
    """
    if action not in ACTIONS:
        raise InputError(f"{action!r} is no action; there are {', '.join(ACTIONS)}.")
    if not actor.strip() or not note.strip():
        raise InputError("An event of custody needs who did it, and what was done.")
    if len(note) > LONGEST:
        raise InputError(f"What was done is told in {LONGEST:,} characters at most.")
    named = list(dict.fromkeys(subjects))
    if len(named) > MOST:
        note = f"{note} (Of {len(named):,} records the first {MOST:,} are named.)"
    values = {"actor": actor, "action": action, "subjects": named[:MOST], "note": note}
    added = writer.add(kinds.CUSTODY, values)
    return Recorded(added.index, added.id, new=True)
