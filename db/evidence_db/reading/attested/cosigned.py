"""Checkpoints with what witnesses signed under them, and whom the case asks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.regular import read_named
from evidence_chain.wording.plural import counted
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


def seen_by_witnesses(reader: Reader, last: int) -> dict[str, Any] | None:
    """What the first checkpoint that covers entry `last` and is cosigned is cosigned with.

    By the witnesses that the case itself names: a reader's own say more (`evidence verify
    --policy`). None where nobody cosigned and nobody is named, or what is there can't be believed,
    which `verify` tells.

    Returns:
        `size`, `of` (witnesses that are named), `met` (is it the quorum), `by`, a list of `name`
        and `time`, and `others`: how many lines of others than the log are there, if nobody is
        named. Without any cosignature, `size` is that of the newest checkpoint. `told` says it in
        a sentence, without its full stop.
    """
    try:
        policy = read_witnesses(reader.path.parent)
        told = None
        for one in cosigned(reader):
            if one.size > last:
                told = _told(one, reader.info().origin, policy)
                if told["by"] or told["others"]:
                    break
    except EvidenceError:
        return None
    return told if told and (told["of"] or told["others"]) else None


def _told(one: Signed, origin: str, policy: TrustPolicy | None) -> dict[str, Any]:
    from evidence_chain.log.cosignature import is_cosignature
    from evidence_chain.log.note import SignedNote
    from evidence_chain.log.witness.policy import shown, told

    note = SignedNote.parse(one.note)
    lines = [line for line in note.signatures if line.name != origin and is_cosignature(line)]
    if policy is None:
        bears = f"bears {counted(len(lines), 'line')} of others than its newsroom"
        said = f"Its checkpoint {bears}, who were not asked for"
        none = {"size": one.size, "of": 0, "met": False, "by": []}
        return none | {"others": len(lines), "told": said}
    found = policy.cosigned(note)
    by = [{"name": shown(name), "time": told(at)} for name, at in found.times.items()]
    by_whom = "".join(f", {one['name']} at {one['time']}" for one in by)
    said = (
        f"All of it is in checkpoint {one.size:,}, cosigned by {len(by):,} of {found.of:,} "
        f"witnesses that the case names{by_whom}: {'a quorum' if found.met else 'no quorum'}"
    )
    told_of = {"size": one.size, "of": found.of, "met": found.met, "by": by, "others": 0}
    return told_of | {"told": said}
