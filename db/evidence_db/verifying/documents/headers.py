"""What an e-mail says of itself (sender, date, subject …), against what records say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.kinds import evidence_kind
from evidence_db.store.files import DamagedError, TooLargeError, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files

    Read = Callable[[bytes], Mapping[str, str | None]]


def check_headers(files: Files, record: Record, passages: list[Opened], report: Report) -> None:
    """Each record says of its e-mail what that says of itself.

    What a record says, and its e-mail doesn't, is the word of whoever recorded it: not checked.
    """
    media_type = record.body.get("media_type")
    read = {one.index: _reader_of(one, media_type) for one in passages}
    if not any(read.values()):
        return
    try:
        message = files.read(str(record.body.get("blake3")))
    except (OSError, DamagedError, TooLargeError) as error:
        for opened in passages:
            report.miss("headers", opened.id, f"{opened.name}: its e-mail: {why_not(error)}.")
        return
    for opened in passages:
        if reader := read[opened.index]:
            try:
                found = reader(message)
            except ExtractionError as error:
                report.miss("headers", opened.id, f"{opened.name}: its e-mail: {error}")
                continue
            _compare(opened, found, report)


def _reader_of(opened: Opened, media_type: object) -> Read | None:
    """What reads the fields of this kind off its document, if it is one that says them."""
    try:
        kind = evidence_kind(opened.entry.kind) if opened.entry else None
    except InputError:  # a kind of somebody else's package, which is not installed here
        return None
    return kind.from_document if kind and media_type in kind.media_types else None


def _compare(opened: Opened, found: Mapping[str, str | None], report: Report) -> None:
    held = 0
    for name, there in found.items():
        recorded = opened.values.get(name)
        if recorded == (there or None):
            held += 1
        elif there:
            detail = f"the e-mail says {name} {there[:200]!r}, and its record {recorded!r}."
            report.fail("headers", opened.id, f"{opened.name}: {detail}")
        elif name in opened.values:
            detail = f"{name} {recorded!r} is the recorder's word: the e-mail says nothing of it."
            report.miss("headers", opened.id, f"{opened.name}: {detail}")
    report.hold("headers", "fields", held)
