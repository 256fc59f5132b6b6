"""Step 8: the passages of a preserved file, against its text stream and a fresh extraction."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from evidence_chain.digest import b3
from evidence_chain.entry import Entry
from evidence_chain.errors import EvidenceError
from evidence_chain.verify.afresh import check_afresh
from evidence_chain.verify.passage import FIELDS, check_passage
from evidence_chain.verify.record import Opened
from evidence_chain.verify.report import Report
from evidence_db.verifying.rendered import check_rendered
from evidence_db.verifying.signatures import check_signatures

if TYPE_CHECKING:
    from evidence_db.files import Files
    from evidence_db.reading import Reader, Record


def check_document(
    reader: Reader,
    files: Files,
    artifact: int,
    passages: list[int],
    *,
    afresh: bool = True,
    rendered: bool = False,
) -> Report:
    """Check the passages that stand in one preserved file.

    Args:
        reader: A reader of the case.
        files: The preserved files.
        artifact: The record of the file.
        passages: The evidence records to check, whose commitments hold.
        afresh: Whether to draw the text from the file anew, too, and to check signatures again.
        rendered: Whether to read the pictures of the passages.
    """
    report = Report()
    by_stream: dict[str, list[Opened]] = defaultdict(list)
    for index in passages:
        opened = _opened(reader.stored(index))
        if withheld := [name for name in FIELDS if opened.values.get(name) is None]:
            report.miss("passage", opened.id, f"{opened.name} withholds {', '.join(withheld)}.")
        else:
            by_stream[str(opened.values["extracted"])].append(opened)
    record = reader.stored(artifact)
    for digest, group in by_stream.items():
        stream = intact_stream(files, digest)
        for opened in group:
            if stream is None:
                report.miss("passage", opened.id, f"{opened.name}: its text stream is not intact.")
            else:
                check_passage(opened, stream, report)
    checked = [opened for group in by_stream.values() for opened in group]
    if afresh and checked:
        _check_afresh(files, record, checked, report)
        check_signatures(files, record, checked, report)
    if rendered:
        for opened in checked:
            check_rendered(files, opened, report)
    return report


def _opened(record: Record) -> Opened:
    return Opened(record.index, record.id, Entry(record.kind, {}, {}), record.body)


def intact_stream(files: Files, digest: str) -> str | None:
    """A preserved text stream; `None` if it is missing, or is not what was preserved."""
    try:
        content = files.read(digest)
        return content.decode() if b3(content).hex() == digest else None
    except (OSError, ValueError):
        return None


def _check_afresh(files: Files, record: Record, passages: list[Opened], report: Report) -> None:
    """Draw the text anew, once for all passages of the file."""
    from evidence_chain.extract import extract

    file, media_type = record.body.get("blake3"), record.body.get("media_type")
    try:
        if not isinstance(file, str) or b3(files.read(file)).hex() != file:
            raise ExtractionImpossibleError("the preserved file is not intact")
        fresh = extract(files.path(file), str(media_type))
    except (EvidenceError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        for opened in passages:
            report.miss("extraction", opened.id, f"{opened.name}: {why}.")
        return
    digest = b3(fresh.encoded).hex()
    for opened in passages:
        check_afresh(opened, fresh, report, same=opened.values["extracted"] == digest)


class ExtractionImpossibleError(EvidenceError):
    """The text can't be drawn anew, because the file is not the preserved one."""
