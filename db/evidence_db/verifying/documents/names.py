"""What an e-mail or archive calls the files within it, against what their records call them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from evidence_chain.digest import b3
from evidence_chain.errors import EvidenceError
from evidence_chain.extract import contents

if TYPE_CHECKING:
    from evidence_chain.verify.report import Report
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files
    from evidence_db.verifying.queries import Audit


def check_names(reader: Audit, files: Files, record: Record, report: Report) -> None:
    """The files that were preserved out of one are called as they are called there.

    What was preserved by itself before has the name that it had then. What was recorded at another
    time than the file that it was in may have been added by hand, under a name of its own.
    """
    taken = [reader.stored(index) for index in reader.taken_out_of(record.index)]
    if not taken:
        return
    media_type = str(record.body.get("media_type"))
    try:
        with files.local(str(record.body.get("blake3"))) as path:
            within = contents(path, media_type, everything=True).parts
    except EvidenceError as error:
        for one in taken:
            report.miss("filename", one.id, f"{one.name}: the file that it was in: {error}")
        return
    names = defaultdict[object, set[str]](set)
    for part in within:
        names[b3(part.content).hex()].add(part.name)
    for one in taken:
        called, recorded = names.get(one.body.get("blake3")), one.body.get("filename")
        if called is None or recorded is None:
            continue
        if recorded in called:
            report.hold("filename", "files")
            continue
        at_once = one.body.get("recorded_at") == record.body.get("recorded_at")
        note = report.fail if at_once else report.miss
        there = ", ".join(repr(name[:200]) for name in sorted(called))
        said = f"{record.body.get('filename')} calls it {there}, and its record"
        note("filename", one.id, f"{one.name}: {said} {str(recorded)[:200]!r}.")
