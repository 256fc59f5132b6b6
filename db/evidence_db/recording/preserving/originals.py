"""Captures that a web archive only refers to, looked for in the other archives of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import captures
from evidence_chain.extract.sniffing import WACZ, WARC

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.recording.preserving.containers import Preserved

MAX_ARCHIVES = 50
"""Archives of a case, the newest first, that are searched."""
_NAMED = 20
"""Captures that are told of for themselves."""


def tell_originals(case: Case, preserved: Sequence[Preserved]) -> dict[str, list[str]]:
    """What is to be told of files that were preserved, by the ids of their records.

    Where an archive only says that a page was as before (WARC 1.1, `revisit`), it is said in which
    archive of the case the page itself is.
    """
    found = {one.recorded.id: [*one.held.told] for one in preserved}
    referring = {one.recorded.id: one.held.originals for one in preserved if one.held.originals}
    if referring:
        places = dict(_places(case))
        for id_, originals in referring.items():
            found[id_] += [_told(one, places) for one in originals[:_NAMED]]
    return found


def _places(case: Case) -> Iterator[tuple[tuple[str, str] | str, Record]]:
    """Where each capture is, by its address and date, and by its digest."""
    with case.reader() as reader:
        artifacts = list(reader.listing("artifact"))
    archives = [one for one in artifacts if one.body.get("media_type") in (WARC, WACZ)]
    for record in archives[-MAX_ARCHIVES:]:
        try:
            with case.files.local(str(record.body["blake3"])) as path:
                found = captures(path, str(record.body["media_type"]))
            for url, date, digest in found:
                yield (url, date), record
                if digest:
                    yield digest, record
        except ExtractionError:
            continue  # what can't be read holds no original that could be quoted


def _told(original: tuple[str, str, str], places: dict[tuple[str, str] | str, Record]) -> str:
    url, date, digest = original
    what = f"{url or 'A page that is not named'}, as it was at {date or 'an earlier date'}"
    record = places.get((url, date)) or places.get(digest)
    if record is None:
        return f"{what}, is in no archive of this case: add the archive that holds it."
    return f"{what}, is in {record.body.get('filename')} ({record.id[:8]}): quote from that."
