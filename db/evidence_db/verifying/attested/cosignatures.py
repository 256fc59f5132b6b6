"""Cosignatures: each is over its checkpoint, and the newest has as many as the user asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, UncheckedError
from evidence_chain.log.cosignature import is_cosignature
from evidence_chain.log.note import SignedNote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.log.witness.policy import Cosigned, TrustPolicy
    from evidence_chain.verify.report import Report
    from evidence_db.reading.records import Signed

NOT_ASKED = "lines of others under the checkpoints that were not asked for (--policy)"


def check_cosignatures(
    stored: Sequence[Signed], origin: str, policy: TrustPolicy | None, report: Report
) -> None:
    """Check what witnesses signed under the checkpoints of a case.

    Args:
        stored: The checkpoints with their cosignatures, the smallest first.
        origin: The name of the log.
        policy: Whom the user believes; None if they didn't ask.
        report: Takes the findings.
    """
    newest = max((one.size for one in stored), default=None)
    for size, text in stored:
        name = f"checkpoint {size}"
        try:
            note = SignedNote.parse(text)
            if policy is None:
                _count(note, origin, report)
            else:
                _note(name, policy.cosigned(note), report, is_newest=size == newest)
        except UncheckedError as error:
            report.miss("cosignature", name, str(error))
        except EvidenceError as error:
            report.fail("cosignature", name, f"{name}: {error}")
    if policy is not None and newest is None:
        report.miss("cosignature", "log", "There is no checkpoint that a witness could cosign.")


def _count(note: SignedNote, origin: str, report: Report) -> None:
    lines = [one for one in note.signatures if one.name != origin]
    if count := sum(map(is_cosignature, lines)):
        report.counted[NOT_ASKED] += count


def _note(name: str, found: Cosigned, report: Report, *, is_newest: bool) -> None:
    if found.times:
        report.counted[f"{name}: {found}"] += 1
    if is_newest and found.met:
        report.hold("cosignature", "checkpoints")
    elif is_newest:
        detail = f"The newest checkpoint is {found}, which is no quorum of the policy."
        report.miss("cosignature", name, detail)
