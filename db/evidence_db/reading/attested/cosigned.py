"""Checkpoints with what witnesses signed under them, and whom the case asks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.regular import read_named
from evidence_db.reading.records import Signed

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.log.witness.policy import TrustPolicy
    from evidence_db.reading.reader import Reader

FILE = "witnesses.policy"
"""Lies in a case, beside its policy, and says which witnesses the newsroom asks."""


def cosignatures(reader: Reader) -> list[tuple[int, str]]:
    """Size and line of every cosignature of a checkpoint, by size, in their order."""
    rows = reader.connection.execute("SELECT size, line FROM cosignature ORDER BY size, n")
    return [(size, str(line)) for size, line in rows]


def cosigned(reader: Reader) -> list[Signed]:
    """All checkpoints with the cosignatures that are kept of them, the smallest first."""
    lines: dict[int, list[str]] = {}
    for size, line in cosignatures(reader):
        lines.setdefault(size, []).append(f"{line}\n")
    return [
        Signed(size, note + "".join(lines.get(size, ()))) for size, note in reader.checkpoints()
    ]


def read_witnesses(root: Path) -> TrustPolicy | None:
    """The witnesses that the case in `root` names; None if it names none.

    Raises:
        InputError: what it says can't be read.
    """
    from evidence_chain.log.witness.policy import LARGEST, TrustPolicy

    path = root / FILE
    try:
        return TrustPolicy.parse(read_named(path, LARGEST))
    except FileNotFoundError:
        return None
    except (OSError, EvidenceError) as error:
        why = f"{error.strerror}." if isinstance(error, OSError) else error
        raise InputError(f"The witnesses in {path} can't be read: {why}") from error


def seen_by_witnesses(reader: Reader, root: Path, last: int) -> dict[str, Any] | None:
    """What the first checkpoint that covers entry `last` and is cosigned is cosigned with.

    By the witnesses that the case itself names: a reader's own say more (`evidence verify
    --policy`). None where it names none, or nothing that can be read.

    Returns:
        `size`, `of` (witnesses that are named), `met` (is it the quorum) and `by`, a list of
        `name` and `time`; without any cosignature, `size` is that of the newest checkpoint.
    """
    from evidence_chain.log.note import SignedNote
    from evidence_chain.log.witness.policy import shown, told

    try:
        policy = read_witnesses(root)
        if policy is None or not policy.witnesses:
            return None
        answer = None
        for one in cosigned(reader):
            if one.size <= last:
                continue
            found = policy.cosigned(SignedNote.parse(one.note))
            by = [{"name": shown(name), "time": told(at)} for name, at in found.times.items()]
            answer = {"size": one.size, "of": found.of, "met": found.met, "by": by}
            if by:
                break
    except EvidenceError:
        return None  # `verify` tells what is wrong
    return answer
