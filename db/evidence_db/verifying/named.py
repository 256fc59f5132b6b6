"""Which preserved files the records of a case name, and what else lies among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import StorageError
from evidence_chain.objects.asking import StoreError
from evidence_db.store.files import digest_named
from evidence_db.verifying.erasing import read_unfinished
from evidence_db.verifying.queries import Audit

UNFINISHED = (
    "An erasing was cut short: what was erased may still lie in the case's directory. Complete it "
    "with `evidence erase --finish`."
)
UNNAMED = "files among the preserved ones that no record names (evidence tidy)"
UNLISTED = "what else lies in the store of the files, which could not be listed"

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.verify.report import Report
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader


def named_files(reader: Reader) -> dict[str, int | None]:
    """The BLAKE3 of every file that a record names, in hex, and its size where that is recorded.

    Files of documents, text streams, and pictures of passages.
    """
    audit = Audit(reader.connection)
    named: dict[str, int | None] = {digest: None for _, digest in audit.streams()}
    named |= {digest: None for _, digest in audit.crops()}
    named |= {blake3: size for _, _, blake3, _, size in audit.preserved()}
    return {digest: size for digest, size in named.items() if is_hex_digest(digest)}


def check_directory(case: Case, reader: Reader, names: Iterable[str], report: Report) -> None:
    """No erasing was cut short, and what lies among the preserved files, by name, is counted."""
    check_unfinished(case, reader, report)
    count_unnamed(names, reader, report)


def check_unfinished(case: Case, reader: Reader, report: Report) -> None:
    """No erasing was cut short."""
    try:
        begun = read_unfinished(case.erasing)
    except StorageError as error:
        report.fail("erasure", case.erasing.name, str(error))
    else:
        if begun is not None and begun.is_recorded(reader):
            report.fail("erasure", case.erasing.name, UNFINISHED)


def count_unnamed(names: Iterable[str], reader: Reader, report: Report) -> None:
    """Count what lies among the preserved files and is none: who crashed may have left it.

    It changes no outcome, since nothing rests on it. What others are writing is not counted.
    """
    named = named_files(reader)
    try:
        unnamed = sum(digest_named(name) not in named for name in names)
    except (StoreError, PermissionError):
        report.absent.append(UNLISTED)
        return
    if unnamed:
        report.counted[UNNAMED] = unnamed
