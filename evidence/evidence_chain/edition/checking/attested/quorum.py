"""Step 6: cosignatures, by single witnesses and by a policy that says how many there must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, UncheckedError
from evidence_chain.log.cosignature import WitnessKey, cosigned_at
from evidence_chain.log.witness.policy import ASKS_NOBODY, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.log.note import SignedNote
    from evidence_chain.log.witness.policy import Cosigned, TrustPolicy
    from evidence_chain.verify.report import Report


def check_witness(witness: str, notes: Mapping[int, SignedNote], report: Report) -> None:
    """Whether one witness cosigned any of these checkpoints, given by their sizes."""
    try:
        key = WitnessKey.parse(witness)
    except EvidenceError as error:
        report.miss("cosignature", witness, str(error))
        return
    times = {}
    for size, note in notes.items():
        try:
            if time := cosigned_at(note, key):
                times[size] = time
        except UncheckedError as error:
            report.miss("cosignature", f"checkpoint {size}", str(error))
        except EvidenceError as error:
            report.fail("cosignature", f"checkpoint {size}", str(error))
    for size, time in times.items():
        report.hold("cosignature", "checkpoints")
        report.counted[f"checkpoint {size:,} seen by {key.name} at {told(time)}"] += 1
    if not times:
        report.miss("cosignature", key.name, f"The witness {key.name} cosigned no checkpoint here.")


def check_quorum(
    notes: Mapping[int, SignedNote], origin: str, policy: TrustPolicy, report: Report
) -> None:
    """Whether a quorum cosigned the newest of a log's checkpoints, given by their sizes."""
    if refusal := policy.refusal(origin):
        report.fail("cosignature", "log", refusal)
    for size, note in notes.items():
        name = f"checkpoint {size}"
        try:
            _note(size, policy.cosigned(note), report, is_newest=size == max(notes))
        except UncheckedError as error:
            report.miss("cosignature", name, str(error))
        except EvidenceError as error:
            report.fail("cosignature", name, str(error))
    if not notes:
        report.miss("cosignature", "log", "There is no checkpoint that a witness could cosign.")


def _note(size: int, found: Cosigned, report: Report, *, is_newest: bool) -> None:
    if found.times:
        report.counted[f"checkpoint {size:,} {found}"] += 1
    if is_newest and not found.asks:
        report.counted[ASKS_NOBODY] += 1
    elif is_newest and found.met:
        report.hold("cosignature", "checkpoints")
    elif is_newest:
        detail = f"The newest checkpoint is {found}, which is no quorum of the policy."
        report.miss("cosignature", f"checkpoint {size}", detail)
