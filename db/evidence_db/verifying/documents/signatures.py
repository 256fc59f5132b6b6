"""The signatures of e-mails (DKIM), checked again with the keys that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError
from evidence_db.store.files import DamagedError, TooLargeError, why_not

if TYPE_CHECKING:
    from evidence_chain.canonical import Json
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files


def check_signatures(files: Files, record: Record, passages: list[Opened], report: Report) -> None:
    """The signatures are worth what each record says, by the keys that it holds.

    A signature whose key was never given is named as absent: nothing was checked then, or now.
    """
    signed = [opened for opened in passages if opened.values.get("dkim")]
    if not signed:
        return
    from evidence_chain.mail import Outcome, differences, recheck

    try:
        message = files.read(str(record.body.get("blake3")), recorded=record.body.get("size"))
    except (OSError, DamagedError, TooLargeError) as error:
        for opened in signed:
            report.miss("dkim", opened.id, f"{opened.name}: its e-mail: {why_not(error)}.")
        return
    for opened in signed:
        verdicts: Json = opened.values["dkim"]
        try:
            differing = differences(verdicts, recheck(message, verdicts))
        except EvidenceError as error:
            report.miss("dkim", opened.id, f"{opened.name}: {error}")
            continue
        for difference in differing:
            report.fail("dkim", opened.id, f"{opened.name}: {difference}.")
        checked = [one for one in verdicts if one.get("verdict") != Outcome.NOT_CHECKED]
        if not differing:
            report.hold("dkim", "signatures", len(checked))
        if len(checked) < len(verdicts):
            report.absent.append(f"keys for the signatures of {opened.name}")
