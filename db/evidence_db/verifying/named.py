"""Which preserved files the records of a case name, and what else lies among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import StorageError
from evidence_db.store.incoming import PREFIX
from evidence_db.verifying.erasing import read_unfinished
from evidence_db.verifying.queries import Audit

UNFINISHED = (
    "An erasing was cut short: what was erased may still lie in the case's directory. Complete it "
    "with `evidence erase --finish`."
)
UNNAMED = "files among the preserved ones that no record names (evidence tidy)"

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.verify.report import Report
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.store.files import Files


def named_files(reader: Reader) -> dict[str, int | None]:
    """The BLAKE3 of every file that a record names, in hex, and its size where that is recorded.

    Files of documents, text streams, and pictures of passages.
    """
    audit = Audit(reader.connection)
    named: dict[str, int | None] = {digest: None for _, digest in audit.streams()}
    named |= {digest: None for _, digest in audit.crops()}
    named |= {blake3: size for _, _, blake3, _, size in audit.preserved()}
    return {digest: size for digest, size in named.items() if is_hex_digest(digest)}


def check_directory(case: Case, reader: Reader, report: Report) -> None:
    """No erasing was cut short, and what lies among the preserved files is counted."""
    try:
        begun = read_unfinished(case.erasing)
    except StorageError as error:
        report.fail("erasure", case.erasing.name, str(error))
    else:
        if begun is not None and begun.is_recorded(reader):
            report.fail("erasure", case.erasing.name, UNFINISHED)
    count_unnamed(case.files, reader, report)


def count_unnamed(files: Files, reader: Reader, report: Report) -> None:
    """Count what lies among the preserved files and is none: who crashed may have left it.

    It changes no outcome, since nothing rests on it. What others are writing is not counted.
    """
    if not files.root.is_dir():
        return
    named = named_files(reader)
    shards = [path for path in files.root.iterdir() if not path.name.startswith(PREFIX)]
    there = [one for shard in shards for one in _in(shard)]
    if unnamed := sum(files.digest_of(path) not in named for path in there):
        report.counted[UNNAMED] = unnamed


def _in(shard: Path) -> list[Path]:
    is_shard = len(shard.name) == 2 and shard.is_dir() and not shard.is_symlink()
    return list(shard.iterdir()) if is_shard else [shard]
