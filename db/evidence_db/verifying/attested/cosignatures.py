"""Cosignatures: each is over its checkpoint, and the newest has as many as the user asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.edition.checking.attested.quorum import check_quorum
from evidence_chain.errors import EvidenceError, FormatError
from evidence_chain.log.cosignature import is_cosignature
from evidence_chain.log.note import Signature, SignedNote
from evidence_chain.verify.report import Report
from evidence_db.reading.attested.cosigned import cosignatures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.log.witness.policy import TrustPolicy
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
    notes = {one.size: SignedNote.parse(one.note) for one in _known(reader, sizes)}
    for size, line in cosignatures(reader):
        try:
            notes[size] = notes[size].with_signature(_read(line, origin))
        except KeyError:
            report.fail("cosignature", f"checkpoint {size}", f"There is no checkpoint {size}.")
        except EvidenceError as error:
            report.fail("cosignature", f"checkpoint {size}", f"A line under it: {error}")
    if policy is not None:
        check_quorum(dict(sorted(notes.items())), origin, policy, report)
        return report
    for note in notes.values():
        _count(note, origin, report)
    return report


def _known(reader: Reader, sizes: set[int]) -> Iterable[Signed]:
    return [one for one in reader.checkpoints() if one.size in sizes] if sizes else []


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
