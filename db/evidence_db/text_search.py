"""The kept text of preserved files, and the search through it."""

from __future__ import annotations

import json
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extractor_for
from evidence_db.reading.finding import best_place
from evidence_db.reading.records import readable, stored
from evidence_db.store.files import DamagedError, TooLargeError

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

DOCUMENTS = 400
"""Documents that one search looks at at most."""
BYTES = 16 << 20
"""Bytes of text that one search looks through at most; a longer text is not searched."""
STREAMS = 3
"""Texts of one document that are tried: one for each extractor that passages named."""
_STREAMS = """
SELECT artifact_idx, extracted FROM json_each(?) AS wanted
CROSS JOIN evidence ON artifact_idx = wanted.value
WHERE extracted IS NOT NULL GROUP BY artifact_idx, extracted ORDER BY min(idx)
"""
_AT_ONCE = 50
"""Documents whose texts are asked for at once."""
_NEWEST = """
SELECT entry.idx, entry.id, artifact.body FROM entry LEFT JOIN artifact USING (idx)
WHERE entry.kind = 'artifact' AND entry.idx < ? ORDER BY entry.idx DESC LIMIT ?
"""


class Known(StrEnum):
    """Whence it is known that a text is that of a document."""

    RECORDED = "recorded"
    """A record of a passage seals the text's digest."""
    FILE = "file"
    """The file is its own text, and is what was recorded."""
    DRAWN = "drawn"
    """This machine drew it and kept it. Nothing seals it: who may write there may change it."""


class Unsearched(StrEnum):
    """Why a document is not searched."""

    WITHHELD = "withheld"
    NOT_DRAWN = "not-drawn"
    NOT_HERE = "not-here"
    """The file or its text is missing, or is not what was recorded."""
    UNREADABLE = "unreadable"
    """Nothing here draws text from it."""
    TOO_LONG = "too-long"


class Held(NamedTuple):
    """The text of a document, as far as it is here."""

    text: str
    known: Known
    blake3: str


class Hit(NamedTuple):
    """A document that holds all the words, and where most of them stand together."""

    document: Record
    held: Held
    start: int


class Looked(NamedTuple):
    """What a search through documents found, and where the next one goes on, if it does."""

    hits: list[Hit]
    documents: int
    """How many were searched."""
    unsearched: dict[Unsearched, list[int]]
    before: int | None


def look_through(case: Case, reader: Reader, wanted: list[str], before: int | None) -> Looked:
    """Search whole documents, the newest first, up to `DOCUMENTS` of them or `BYTES`.

    What has no text here is counted with the reason. No text is drawn for a search.
    """
    hits: list[Hit] = []
    unsearched: dict[Unsearched, list[int]] = {}
    read = count = searched = 0
    last = reader.size() if before is None else before
    newest = reader.connection.execute(_NEWEST, (last, DOCUMENTS + 1)).fetchall()
    streams: dict[int, list[str]] = {}
    for number, (artifact, id_, body) in enumerate(newest):
        if count == DOCUMENTS or read > BYTES:
            return Looked(hits, searched, unsearched, last)
        count, last = count + 1, artifact
        if body is None:
            unsearched.setdefault(Unsearched.WITHHELD, []).append(artifact)
            continue
        if artifact not in streams:
            some = newest[number : number + _AT_ONCE]
            streams = _streams_of(reader, [index for index, *_ in some])
        document = readable(stored(artifact, id_, "artifact", body))  # as nobody amended it
        held = _text_of(case, document, streams[artifact])
        if isinstance(held, Unsearched):
            unsearched.setdefault(held, []).append(artifact)
            continue
        searched, read = searched + 1, read + len(held.text.encode())
        if (start := best_place(held.text, wanted)) is not None:
            hits.append(Hit(reader.record(artifact), held, start))
    return Looked(hits, searched, unsearched, None)


def text_of(case: Case, reader: Reader, artifact: int) -> Held | Unsearched:
    """The text of a document that can be had without drawing it, or why there is none.

    That of a withheld file is withheld with it (docs/format.md, section 7), wherever it lies.
    """
    return _text_of(case, reader.record(artifact), _streams_of(reader, [artifact])[artifact])


def _streams_of(reader: Reader, artifacts: list[int]) -> dict[int, list[str]]:
    """The digests of the texts that passages of each file name, the first to be recorded first."""
    found: dict[int, list[str]] = {artifact: [] for artifact in artifacts}
    for artifact, digest in reader.connection.execute(_STREAMS, (json.dumps(artifacts),)):
        found[artifact].append(digest)
    return found


def _text_of(case: Case, document: Record, recorded: list[str]) -> Held | Unsearched:
    blake3 = document.body.get("blake3")
    if not is_hex_digest(blake3):
        return Unsearched.WITHHELD
    if not recorded:
        return _unrecorded(case, str(blake3), str(document.body.get("media_type")))
    for digest in recorded[:STREAMS]:
        if isinstance(found := _recorded(case, digest), Held):
            return found
    return found


def _recorded(case: Case, digest: str) -> Held | Unsearched:
    content = _intact(case, digest)
    if isinstance(content, Unsearched):
        return content
    try:
        return Held(content.decode(), Known.RECORDED, digest)
    except ValueError:
        return Unsearched.NOT_HERE


def _unrecorded(case: Case, digest: str, media_type: str) -> Held | Unsearched:
    """The text of a file of which no passage is recorded."""
    try:
        extractor = extractor_for(media_type)
        if not extractor.GUARDED:
            content = _intact(case, digest)
            if isinstance(content, Unsearched):
                return content
            return Held(extractor.extract(BytesIO(content)).text, Known.FILE, digest)
    except ExtractionError:
        return Unsearched.UNREADABLE
    if (drawn := case.streams.kept(digest, media_type)) is not None:
        is_long = len(drawn.text) > BYTES
        return Unsearched.TOO_LONG if is_long else Held(drawn.text, Known.DRAWN, digest)
    return Unsearched.NOT_DRAWN if case.files.exists(digest) else Unsearched.NOT_HERE


def _intact(case: Case, digest: str) -> bytes | Unsearched:
    """The content of a preserved file, if it is what its digest says and not too long."""
    try:
        return case.files.read(digest, BYTES)
    except TooLargeError:
        return Unsearched.TOO_LONG
    except (OSError, DamagedError):
        return Unsearched.NOT_HERE
