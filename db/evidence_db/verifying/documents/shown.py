"""What is seen of passages where their document is shown, against what their records say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError
from evidence_chain.rendering import SHOWN, Sight, show, worst
from evidence_chain.text import spans
from evidence_db.store.files import why_not

if TYPE_CHECKING:
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files

_TOLD = {"not-seen", "hidden", "deleted"}
"""Notes of a record that says itself that its passage isn't seen."""


def check_shown(files: Files, record: Record, passages: list[Opened], report: Report) -> None:
    """Show a page or a DOCX once, and look for its passages.

    What a program shows otherwise is for a person to judge: it is never more than not checked.
    """
    media_type = str(record.body.get("media_type"))
    if media_type not in SHOWN or not passages:
        return
    try:
        with files.checked(str(record.body.get("blake3")), record.body.get("size")) as path:
            said = [[exact for _, _, exact in spans(one.values["selector"])] for one in passages]
            looks = iter(show(path, media_type, [one for some in said for one in some]))
    except (EvidenceError, OSError) as error:
        for opened in passages:
            report.miss("rendered", opened.id, f"{opened.name}: {why_not(error)}.")
        return
    for opened, pieces in zip(passages, said, strict=True):
        seen = worst([next(looks) for _ in pieces])
        by = f" in {seen.by}" if seen.by else ""
        if seen.sight is Sight.NOT_CHECKED:
            report.miss("rendered", opened.id, f"{opened.name}: not shown{by}: {seen.detail}.")
        elif seen.sight is Sight.SEEN or _tells(opened):
            report.hold("rendered", "passages")
        else:
            detail = f"not seen so{by}: {seen.detail}. Look at the document."
            report.miss("rendered", opened.id, f"{opened.name}: {detail}")


def _tells(opened: Opened) -> bool:
    recorded = opened.values["match"]
    notes = recorded.get("notes") if isinstance(recorded, dict) else None
    return not _TOLD.isdisjoint(map(str, notes if isinstance(notes, list) else []))
