"""Erasing: what opens records goes, with all that says the same, and no page or file keeps it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import InputError, RuleError, StorageError
from evidence_chain.wording.plural import counted
from evidence_db.keeping.erasing.closure import Closure, closure_of
from evidence_db.keeping.erasing.finishing import alone, check_room, finish
from evidence_db.keeping.erasing.traces import Trace, Traces
from evidence_db.keeping.tidying import refuse_damaged
from evidence_db.reading.references import describe
from evidence_db.recording.erasing import erase as erase_records
from evidence_db.store.files import sync_directory
from evidence_db.verifying.erasing import Unfinished, read_unfinished
from evidence_db.verifying.named import named_files

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.recording.writer import Added, Writer


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased."""

    closure: Closure
    erasures: list[Added]
    files: list[str]
    """The digests of the files that went with it."""
    values: Traces
    """What is searched for now that it is gone."""


def plan(case: Case, index: int, reason: str, *, with_passages: bool) -> Closure:
    """What would be erased with the record at `index`, before anything is.

    Raises:
        InputError: the reason gives away what is to be erased, or the case is an edition.
        RuleError: the record can't be erased, or not without others that nobody named.
    """
    if case.edition is not None:
        raise InputError(f"{case.edition} is an edition, which nobody changes.")
    with case.reader() as reader:
        closure = closure_of(reader, reader.record(index))
        records = [reader.stored(one) for one in closure.indexes]
        if closure.further and not with_passages:
            listed = "; ".join(
                f"{describe(reader.stored(one))} ({closure.goes[one]})"
                for one in closure.further[:10]
            )
            rest = len(closure.further) - 10
            more = f"; and {rest:,} more" if rest > 0 else ""
            raise RuleError(
                f"{describe(closure.asked)} is not erased without "
                f"{counted(len(closure.further), 'other record')} that would say what it said: "
                f"{listed}{more}. Erase them with it by --with-passages, or one by one before it."
            )
        if Traces(reader, records).stand_in(reason):
            raise InputError(
                "The reason repeats words of what is to be erased, and it stays, and is published. "
                "Say why without them."
            )
    return closure


def erase(case: Case, writer: Writer, closure: Closure, reason: str) -> Erased:
    """Erase records: whole, or not at all, whoever is killed when.

    Args:
        case: The case.
        writer: A transaction that was not begun.
        closure: What `plan` gave.
        reason: Why; it is sealed, and told readers.

    Raises:
        RuleError: what goes with the record has changed meanwhile.
        StorageError: it can't be done, or not be completed now.
    """
    with alone(case):
        finish(case)
        check_room(case)
        found = _erase(case, writer, closure, reason)
        finish(case)
        return found


def _erase(case: Case, writer: Writer, closure: Closure, reason: str) -> Erased:
    try:
        with writer:
            refuse_damaged(writer.reader)
            now = closure_of(writer.reader, writer.reader.record(closure.asked.index))
            if now.indexes != closure.indexes:
                raise RuleError(
                    "Somebody recorded more of what would be erased meanwhile. Nothing was "
                    "erased; look at it again."
                )
            records = [writer.reader.stored(index) for index in closure.indexes]
            before = named_files(writer.reader).keys()
            erasures = erase_records(writer, closure.indexes, reason)
            after = named_files(writer.reader).keys()
            traces = Traces(writer.reader, records, after)
            files = sorted((before | _named_by(records)) - after)
            _begin(case.erasing, Unfinished([one.id for one in records], files))
    except BaseException:
        _give_up(case)
        raise
    return Erased(closure, erasures, files, traces)


def look_for_traces(case: Case, erased: Erased) -> list[Trace]:
    """Where a value of what was erased still stands in the case's directory."""
    with case.reader() as reader:
        return list(erased.values.found(case, reader))


def _named_by(records: list[Record]) -> set[str]:
    """The digests of files that records name."""
    named = (record.body.get(name) for record in records for name in ("blake3", "extracted"))
    return {str(digest) for digest in named if is_hex_digest(digest)}


def _begin(path: Path, what: Unfinished) -> None:
    """Keep what is about to be erased, on the disk, before the log says that it is.

    Raises:
        StorageError: it can't be written.
    """
    written = path.with_name(f"{path.name}.new")
    try:
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(what.as_json())
            file.flush()
            os.fsync(file.fileno())
        written.rename(path)
        sync_directory(path.parent)
    except OSError as error:
        raise StorageError(f"Writing {path}: {error.strerror}. Nothing was erased.") from error


def _give_up(case: Case) -> None:
    """Forget an erasing of which the log says nothing."""
    begun = read_unfinished(case.erasing)
    if begun is not None:
        with case.reader() as reader:
            recorded = begun.is_recorded(reader)
        if not recorded:
            case.erasing.unlink(missing_ok=True)
