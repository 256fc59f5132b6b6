"""Cosignatures: each is over its checkpoint, and the newest has as many as the user asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, FormatError, UncheckedError
from evidence_chain.log.cosignature import is_cosignature
from evidence_chain.log.note import Signature, SignedNote
from evidence_chain.log.witness.policy import ASKS_NOBODY
from evidence_chain.verify.report import Report
from evidence_db.reading.attested.cosigned import cosignatures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.log.witness.policy import Cosigned, TrustPolicy
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Signed

NOT_ASKED = "lines of others under the checkpoints that were not asked for (--policy)"


def check_cosignatures(
    reader: Reader, readable: Iterable[int], policy: TrustPolicy | None
) -> Report:
    """Check what witnesses signed under the checkpoints of a case.

    Args:
        reader: A reader of the case.
        readable: The sizes of the checkpoints that could be read.
        policy: Whom the user believes; None if they didn't ask.
    """
    report, sizes = Report(), {*readable}
    origin = reader.info().origin
    if policy is not None and (refusal := policy.refusal(origin)):
        report.fail("cosignature", "log", refusal)
    notes = {one.size: SignedNote.parse(one.note) for one in _known(reader, sizes)}
    for size, line in cosignatures(reader):
        try:
            notes[size] = notes[size].with_signature(_read(line, origin))
        except KeyError:
            report.fail("cosignature", f"checkpoint {size}", f"There is no checkpoint {size}.")
        except EvidenceError as error:
            report.fail("cosignature", f"checkpoint {size}", f"A line under it: {error}")
    for size in sorted(notes):
        name = f"checkpoint {size}"
        try:
            if policy is None:
                _count(notes[size], origin, report)
            else:
                _note(name, policy.cosigned(notes[size]), report, is_newest=size == max(notes))
        except UncheckedError as error:
            report.miss("cosignature", name, str(error))
        except EvidenceError as error:
            report.fail("cosignature", name, f"{name}: {error}")
    if policy is not None and not notes:
        report.miss("cosignature", "log", "There is no checkpoint that a witness could cosign.")
    return report


def _known(reader: Reader, sizes: set[int]) -> Iterable[Signed]:
    return (one for one in reader.checkpoints() if one.size in sizes)


def _read(line: str, origin: str) -> Signature:
    """Read a line that is kept as a witness's, which none of the log's own is."""
    signature = Signature.parse(line)
    if signature.name == origin or not is_cosignature(signature):
        raise FormatError(f"{signature.name} is no witness that signed a time and a checkpoint.")
    return signature


def _count(note: SignedNote, origin: str, report: Report) -> None:
    lines = [one for one in note.signatures if one.name != origin]
    if count := sum(map(is_cosignature, lines)):
        report.counted[NOT_ASKED] += count


def _note(name: str, found: Cosigned, report: Report, *, is_newest: bool) -> None:
    if found.times:
        report.counted[f"{name}: {found}"] += 1
    if is_newest and not found.asks:
        report.counted[ASKS_NOBODY] += 1
    elif is_newest and found.met:
        report.hold("cosignature", "checkpoints")
    elif is_newest:
        detail = f"The newest checkpoint is {found}, which is no quorum of the policy."
        report.miss("cosignature", name, detail)
