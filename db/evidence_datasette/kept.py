"""The kept text of preserved files, as the records name it by its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_datasette.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.case import Case
    from evidence_db.reading import Reader

DOCUMENTS = 400
"""Documents that one search looks through at most."""
BYTES = 64 << 20
"""Bytes of text that one search looks through at most."""


class Stream(NamedTuple):
    """The text of a document, which is what its digest says."""

    blake3: str
    text: str


class Hit(NamedTuple):
    """A document that holds all the words, and where the first of them stands."""

    artifact: int
    text: str
    start: int


class Looked(NamedTuple):
    """What a search through documents found, and where the next one goes on, if it does."""

    hits: list[Hit]
    documents: int
    before: int | None


def stream_of(case: Case, reader: Reader, artifact: int) -> Stream | None:
    """The text that passages of a document were found in; `None` if none is kept intact."""
    row = reader.connection.execute(
        "SELECT extracted FROM evidence WHERE artifact_idx = ? AND extracted IS NOT NULL LIMIT 1",
        (artifact,),
    ).fetchone()
    return None if row is None else stream(case, row[0])


def stream(case: Case, blake3: str) -> Stream | None:
    """The text stream with this digest; `None` if it is missing, or is not what was kept."""
    if len(blake3) != 64 or not blake3.isalnum():
        return None
    try:
        content = case.files.read(blake3)
        return Stream(blake3, content.decode()) if b3(content).hex() == blake3 else None
    except (OSError, ValueError):
        return None


def look_through(case: Case, reader: Reader, wanted: list[str], before: int | None) -> Looked:
    """Search whole documents, the newest first, up to `DOCUMENTS` of them or `BYTES`.

    Only documents of which a passage is recorded have a text that is kept.
    """
    patterns = [pattern([word]) for word in wanted]
    hits: list[Hit] = []
    read = count = 0
    last = before
    for artifact in _artifacts(reader, reader.size() if before is None else before):
        if count == DOCUMENTS or read > BYTES:
            return Looked(hits, count, last)
        count, last = count + 1, artifact
        if kept := stream_of(case, reader, artifact):
            read += len(kept.text)
            places = [found.start() for one in patterns if (found := one.search(kept.text))]
            if len(places) == len(patterns):
                hits.append(Hit(artifact, kept.text, min(places)))
    return Looked(hits, count, None)


def _artifacts(reader: Reader, before: int) -> Iterator[int]:
    query = "SELECT idx FROM artifact WHERE idx < ? ORDER BY idx DESC LIMIT ?"
    rows = reader.connection.execute(query, (before, DOCUMENTS + 1))
    return iter([artifact for (artifact,) in rows])
