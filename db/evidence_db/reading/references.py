"""How people name a record: by a unique beginning of its id, a claim's short name, or a file."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_chain.errors import InputError
from evidence_chain.pattern import pattern
from evidence_db.reading.names import called, like
from evidence_db.reading.records import missing
from evidence_db.store.files import blake3_of
from evidence_db.store.incoming import refuse_address
from evidence_db.store.tables.schema import READABLE, kinds_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files

MIN_PREFIX = 4
_PLACE = pattern(r"@([0-9]{1,15})")
ID = pattern(rf"[0-9a-fA-F]{{{MIN_PREFIX},64}}")
"""What may be the beginning of an id."""
_HINT = (
    f" `evidence list` shows ids, of which the first {MIN_PREFIX} digits or more are enough, and "
    "short names; a file has to be added first, as it is now."
)
_NO_FILE = " There is no such file here either: look whether its path is right."

_LONGEST = 40
"""Of what a record is called where it is named beside others."""

ANY = "record"
"""Stands for any kind; `evidence` stands for every kind of evidence."""


def find_record(
    reader: Reader, reference: str, wanted: str = ANY, *, files: Files | None = None
) -> Record:
    """The one record that `reference` names.

    Args:
        reader: A reader of the case.
        reference: A unique beginning of an id, a claim's short name, `@N` for entry N, what
            `evidence list` calls a record, or, where `files` are given, the path of a file that
            is preserved among them.
        wanted: The kind it should be of, `evidence`, or `record` for any.
        files: The preserved files of the case, where paths are meant for this machine's own.

    Raises:
        InputError: it names nothing, several records, or one of another kind; or a file or
            passage that was erased, where `files` are given.
    """
    if not reference.strip():
        raise InputError("There are no words to find a record by. `evidence list` shows them all.")
    found = [reader.record(index) for index in _candidates(reader, reference, files)]
    if found:
        chosen = choose(found, reference, wanted)
        if files is not None and wanted in ("artifact", "evidence"):
            refuse_erased(chosen)
        return chosen
    _check_whole(reader)
    refuse_address(reference)
    hint = _close(reader, reference) or (_unknown(reference) if files else "")
    return choose((), reference, wanted, hint)


def refuse_erased(record: Record) -> None:
    """Refuse to go on with a record of which nothing is left.

    Raises:
        InputError: it was erased.
    """
    if record.erased is not None:
        raise InputError(
            f"{record.name} was erased (entry {record.erased.index}), so there is nothing left of "
            "it to go on with."
        )


def choose(found: Iterable[Record], reference: str, wanted: str = ANY, hint: str = "") -> Record:
    """The one record of the wanted kind among those that a reference may name.

    Raises:
        InputError: there is none, there are several, or those there are of another kind.
    """
    known = {record.index: record for record in found}
    fitting = [record for record in known.values() if _fits(record.kind, wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        listed = "; ".join(describe(record) for record in fitting[:5])
        raise InputError(f"{reference!r} names several records: {listed}. Give more of the id.")
    if known:
        other = describe(next(iter(known.values())))
        raise InputError(f"{reference!r} names {other}, but {_needed(wanted)} is needed here.")
    raise InputError(f"Nothing in this case is called {reference!r}.{hint}")


def find_claim(reader: Reader, words: str, files: Files | None = None) -> Record:
    """The one claim that `words` names: a reference, or words of its statement.

    Raises:
        InputError: no claim or several fit.
    """
    exact = reader.claim_called(words)
    if exact is not None:
        return reader.record(exact)
    if ID.fullmatch(words) or _PLACE.fullmatch(words):
        return find_record(reader, words, "claim", files=files)
    from evidence_db.reading.searching import claims_with

    found = [reader.record(index) for index in claims_with(reader, words)]
    if len(found) == 1:
        return found[0]
    if found:
        slugs = ", ".join(str(record.body.get("slug")) for record in found[:10])
        raise InputError(f"Several claims hold the words {words!r}: {slugs}. Name one of them.")
    _check_whole(reader)
    hint = _close(reader, words) or (
        " `evidence list claim` shows them all; `evidence claim SHORT-NAME STATEMENT` records one."
    )
    raise InputError(f"No claim holds the words {words!r}.{hint}")


def _check_whole(reader: Reader) -> None:
    """What is not found may have been here: no entry is damaged, or lacks its row in the tables.

    Raises:
        StorageError: one is, or does.
    """
    damaged = "SELECT idx FROM entry WHERE typeof(id) <> 'text' OR typeof(entry) <> 'text'"
    if (strange := reader.connection.execute(damaged).fetchone()) is not None:
        raise missing(strange[0])
    for table in READABLE:
        lost = reader.connection.execute(
            f"SELECT idx FROM entry WHERE kind LIKE ? AND idx NOT IN (SELECT idx FROM {table})",  # noqa: S608
            (kinds_in(table),),
        ).fetchone()
        if lost is not None:
            raise missing(lost[0])


def describe(record: Record) -> str:
    """A record in a few words: kind, short id, and what it is called."""
    body = record.body
    names = ("slug", "filename", "title", "text", "action")
    called = " ".join(str(next((body[name] for name in names if body.get(name)), "")).split())
    if len(called) > _LONGEST:
        called = f"{called[: _LONGEST - 1].rstrip()}…"
    return f"{record.kind} {record.id[:8]} {called}".strip()


def _candidates(reader: Reader, reference: str, files: Files | None) -> list[int]:
    if place := _PLACE.fullmatch(reference):
        index = int(place[1])
        return [index] if index < reader.size() else []
    if (claim := reader.claim_called(reference)) is not None:
        return [claim]
    found = reader.starting_with(reference.lower()) if ID.fullmatch(reference) else []
    if found:
        return [place.index for place in found]
    preserved = [] if files is None else _preserved(reader, Path(reference), files)
    named = [] if preserved else _standing(reader, called(reader, reference))
    if named and files is not None and Path(reference).is_file():
        raise InputError(
            f"The file {reference} here is not in this case, where another of that name is: "
            f"{describe(reader.record(named[0]))}. Name that one by its id, or add the file that "
            "is here with `evidence add artifact`."
        )
    return preserved or named


def _close(reader: Reader, reference: str) -> str:
    """The claims whose short names are like what was typed, as a hint; empty if none is."""
    close = like(reader, reference)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def _unknown(reference: str) -> str:
    """What to do about a name that is neither a record's nor like one: it may be a path."""
    path = Path(reference)
    if _digest(path) is not None:
        return (
            " There is such a file here, which is not in this case: preserve it first, `evidence "
            f"add artifact {shlex.quote(reference)}`."
        )
    if path.is_dir():
        return " There is a folder of that name here: `evidence import` preserves all files in one."
    return _NO_FILE if len(path.parts) > 1 else _HINT


def _standing(reader: Reader, indexes: list[int]) -> list[int]:
    """Those that stand, if any does."""
    return [index for index in indexes if not reader.is_ended(index)] or indexes


def _preserved(reader: Reader, path: Path, files: Files) -> list[int]:
    """The standing records of a file, named by its path here or among the preserved files."""
    digest = files.digest_of(path.absolute()) or _digest(path)
    if digest is None:
        return []
    return _standing(reader, reader.artifacts_of(digest))


def _digest(path: Path) -> str | None:
    try:
        return blake3_of(path.resolve()) if path.is_file() else None
    except OSError:
        return None  # it may be no path at all, but a word that is too long for one


def _fits(kind: str, wanted: str) -> bool:
    return wanted in (ANY, kind) or (wanted == "evidence" and is_evidence(kind))


def _needed(kind: str) -> str:
    return "evidence" if kind == "evidence" else f"{'an' if kind[0] in 'aio' else 'a'} {kind}"
