"""Step 8: the passages of a preserved file, against its text stream and a fresh extraction."""

from __future__ import annotations

from contextlib import ExitStack
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from evidence_chain.digest import b3
from evidence_chain.entry import Entry, parse
from evidence_chain.errors import EvidenceError
from evidence_chain.verify.fresh_extraction import check_afresh
from evidence_chain.verify.passage import FIELDS, check_passage
from evidence_chain.verify.record import Opened
from evidence_chain.verify.report import Report
from evidence_db.store.files import DamagedError, TooLargeError, size_of, why_not
from evidence_db.verifying.documents.headers import check_headers
from evidence_db.verifying.documents.names import check_names
from evidence_db.verifying.documents.signatures import check_signatures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from evidence_chain.extract import TextStream
    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files
    from evidence_db.verifying.queries import Audit

    Draw = Callable[[Path, str], TextStream]
    Batch = tuple[int, list[int], bool]
    """A preserved file, passages in it, and whether what its record says can be trusted."""
    Looked = tuple[int, Report]
    """A preserved file by the index of its record, and what was found of it."""


def check_documents(
    reader: Audit,
    case: Case,
    documents: Sequence[Batch],
    *,
    rendered: bool,
    files: Files | None = None,
) -> Report:
    """Check preserved files with the passages in them, one after the other.

    They are read from `files`, which may have some of the case's nearer than the case.
    """
    report = Report()
    for _, found in look_at_each(reader, case, documents, rendered=rendered, files=files):
        report.merge(found)
    return report


def look_at_each(
    reader: Audit,
    case: Case,
    documents: Sequence[Batch],
    *,
    rendered: bool,
    files: Files | None = None,
) -> list[Looked]:
    """The same, with what was found of each."""
    looked: list[Looked] = []
    files = files or case.files
    for artifact, passages, trusted in documents:
        report = check_document(
            reader, files, artifact, passages, afresh=trusted, rendered=rendered
        )
        if passages and not trusted:
            name = reader.stored(artifact).name
            report.miss("extraction", name, f"{name}: its values can't be trusted.")
        looked.append((artifact, report))
    return looked


def check_document(
    reader: Audit,
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
    streams = Streams(files)
    records = map(reader.stored, passages)
    opened = sorted((_opened(reader, one) for one in records), key=_stream_named)
    checked = [one for one in opened if check_placed(one, streams, report)]
    record = reader.stored(artifact)
    if afresh:
        check_with_file(files, record, checked, report, rendered=rendered)
        check_names(reader, files, record, report)
    if rendered:
        from evidence_db.verifying.documents.rendered import check_rendered

        for one in checked:
            check_rendered(files, one, report)
        if afresh:
            from evidence_db.verifying.documents.shown import check_shown

            check_shown(files, record, checked, report)
    return report


class Streams:
    """Preserved text streams by their digest, of which the last ones are remembered."""

    def __init__(self, files: Files) -> None:
        self.text = lru_cache(maxsize=4)(partial(intact_stream, files))
        """The text; `None` if it is missing, or is not what was preserved."""
        self._files = files

    def lacking(self, digest: str) -> str:
        """What is wrong with a text that there is not."""
        return "is not intact" if self._files.exists(digest) else "is not here"


def check_placed(opened: Opened, streams: Streams, report: Report) -> bool:
    """Check one passage against its preserved text stream; whether it discloses what that takes."""
    if withheld := [name for name in FIELDS if opened.values.get(name) is None]:
        report.miss("passage", opened.id, f"{opened.name} withholds {', '.join(withheld)}.")
        return False
    stream = streams.text(_stream_named(opened))
    if stream is None:
        lacking = streams.lacking(_stream_named(opened))
        report.miss("passage", opened.id, f"{opened.name}: its text stream {lacking}.")
    else:
        check_passage(opened, stream, report)
    return True


def _stream_named(opened: Opened) -> str:
    return str(opened.values.get("extracted"))


def _opened(reader: Audit, record: Record) -> Opened:
    """The record; with all that it seals where something of it is withheld, or was never there."""
    entry = Entry(record.kind, {}, {})
    if not record.body.keys() >= {"match", "marks"}:
        entry = parse(reader.row(record.index).entry.encode())
    return Opened(record.index, record.id, entry, record.body)


def intact_stream(files: Files, digest: str) -> str | None:
    """A preserved text stream; `None` if it is missing, or is not what was preserved."""
    try:
        return files.read(digest).decode()
    except (OSError, ValueError, DamagedError, TooLargeError):
        return None


def check_with_file(
    files: Files,
    record: Record,
    passages: list[Opened],
    report: Report,
    *,
    rendered: bool = False,
) -> None:
    """Check what records say of a preserved file, and of passages in it, against the file itself.

    Args:
        files: The preserved files.
        record: The record of the file.
        passages: The evidence records, whose commitments hold.
        report: Takes the findings.
        rendered: Whether to compare pictures too.
    """
    check_type(files, record, report)
    if passages:
        check_drawn(files, record, passages, report, rendered=rendered)
        check_headers(files, record, passages, report)
        check_signatures(files, record, passages, report)


def check_type(files: Files, record: Record, report: Report) -> None:
    """The file is of the type by its content that its record says, so that the right text is drawn.

    A file that can't be read, or has another size, is told elsewhere.
    """
    from evidence_chain.extract import HEAD, TAIL, sniff

    recorded, name = record.body.get("media_type"), record.body.get("filename")
    if not isinstance(recorded, str) or not isinstance(name, str):
        return
    try:
        with files.there(str(record.body.get("blake3"))) as file:
            size = size_of(file)
            if size != record.body.get("size"):
                return
            head = file.read(HEAD)
            file.seek(max(0, size - TAIL))
            found = sniff(head, name, file.read(TAIL))
    except (OSError, ValueError):
        return
    if recorded in (found, sniff(head, name)):
        report.hold("type", "files")
    else:
        detail = f"by its content it is {found}, and its record says {recorded}."
        report.fail("type", record.id, f"{record.name}: {detail}")


def check_drawn(
    files: Files,
    record: Record,
    passages: list[Opened],
    report: Report,
    draw: Draw | None = None,
    *,
    rendered: bool = False,
) -> None:
    """Draw the text anew, once for all passages of the file; by `draw`, if that is given."""
    from evidence_chain.extract import extract
    from evidence_db.verifying.documents.seen import Placed, check_seen

    file, media_type = str(record.body.get("blake3")), str(record.body.get("media_type"))
    with ExitStack() as stack:
        try:
            path = stack.enter_context(files.checked(file, record.body.get("size")))
            fresh = (draw or extract)(path, media_type)
        except (EvidenceError, OSError) as error:
            for opened in passages:
                report.miss("extraction", opened.id, f"{opened.name}: {why_not(error)}.")
            return
        digest = b3(fresh.encoded).hex()
        placed = []
        for opened in passages:
            same = opened.values["extracted"] == digest
            if places := check_afresh(opened, fresh, report, same=same):
                placed.append(Placed(opened, places))
        check_seen(path, media_type, fresh, placed, report, rendered=rendered)
