"""How people name a record: by a unique beginning of its id, a claim's short name, or a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_chain.errors import InputError
from evidence_db.files import blake3_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.case import Case
    from evidence_db.reading import Reader, Record

MIN_PREFIX = 4
ID = re.compile(rf"[0-9a-fA-F]{{{MIN_PREFIX},64}}")
"""What may be the beginning of an id."""
_HINT = (
    f" `evidence list` shows ids, of which the first {MIN_PREFIX} digits or more are enough, and "
    "short names; a file has to be added first, as it is now."
)

ANY = "record"
"""Stands for any kind; `evidence` stands for every kind of evidence."""


def find_record(case: Case, reader: Reader, reference: str, wanted: str = ANY) -> Record:
    """The one record that `reference` names.

    Args:
        case: The case, whose files may be named by their path.
        reader: A reader of the case.
        reference: A unique beginning of an id, a claim's short name, or the path of a file
            that is preserved.
        wanted: The kind it should be of, `evidence`, or `record` for any.

    Raises:
        InputError: it names nothing, several records, or one of another kind.
    """
    found = [reader.record(index) for index in _candidates(case, reader, reference)]
    return choose(found, reference, wanted, _HINT)


def choose(found: Iterable[Record], reference: str, wanted: str = ANY, hint: str = "") -> Record:
    """The one record of the wanted kind among those that a reference may name.

    Args:
        found: The records that it may name.
        reference: What somebody called it.
        wanted: The kind it should be of, `evidence`, or `record` for any.
        hint: What to do where it names nothing.

    Raises:
        InputError: it names nothing, several records, or one of another kind.
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


def find_claim(case: Case, reader: Reader, words: str) -> Record:
    """The one claim that `words` names: a reference, or words of its statement.

    Raises:
        InputError: no claim or several fit.
    """
    exact = reader.claim_called(words)
    if exact is not None:
        return reader.record(exact)
    if ID.fullmatch(words):
        return find_record(case, reader, words, "claim")
    found = [reader.record(index) for index in reader.claims_with(words)]
    if len(found) == 1:
        return found[0]
    if found:
        slugs = ", ".join(str(record.body.get("slug")) for record in found[:10])
        raise InputError(f"Several claims hold the words {words!r}: {slugs}. Name one of them.")
    raise InputError(f"No claim holds the words {words!r}. `evidence list claim` shows them all.")


def describe(record: Record) -> str:
    """A record in a few words: kind, short id, and what it is called."""
    body = record.body
    called = next(
        (body[name] for name in ("slug", "filename", "title", "text") if body.get(name)), ""
    )
    return f"{record.kind} {record.id[:8]} {called[:40]}".strip()


def _candidates(case: Case, reader: Reader, reference: str) -> list[int]:
    found = [] if (claim := reader.claim_called(reference)) is None else [claim]
    if ID.fullmatch(reference):
        found += [place.index for place in reader.starting_with(reference.lower())]
    return found or _preserved(case, reader, Path(reference))


def _preserved(case: Case, reader: Reader, path: Path) -> list[int]:
    """The standing records of a file, named by its path here or among the preserved files."""
    digest = case.files.digest_of(path.absolute()) or _digest(path)
    if digest is None:
        return []
    records = reader.artifacts_of(digest)
    return [index for index in records if not reader.is_ended(index)] or records


def _digest(path: Path) -> str | None:
    try:
        return blake3_of(path.resolve()) if path.is_file() else None
    except OSError:
        return None  # it may be no path at all, but a word that is too long for one


def _fits(kind: str, wanted: str) -> bool:
    return wanted in (ANY, kind) or (wanted == "evidence" and is_evidence(kind))


def _needed(kind: str) -> str:
    return "evidence" if kind == "evidence" else f"{'an' if kind[0] in 'aio' else 'a'} {kind}"
