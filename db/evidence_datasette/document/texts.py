"""The text of a preserved file, as far as it is here and is what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.digest import b3, is_hex_digest
from evidence_chain.errors import InputError
from evidence_db.verifying.documents.passages import intact_stream

if TYPE_CHECKING:
    from evidence_chain.extract import Mark, TextStream
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

STREAMS = 20
"""Text streams of one file that are told apart: one for each extractor that passages named."""
PLAIN = ("text/plain", "text/markdown")
"""Media types whose file is its own text stream."""
_STREAMS = """
SELECT extracted, count(*), min(idx) FROM evidence
WHERE artifact_idx = ? AND extracted IS NOT NULL
GROUP BY extracted ORDER BY min(idx) LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class NamedStream:
    """A text that may be shown of a file."""

    blake3: str
    records: int
    """How many passages stand in it."""
    index: int | None
    """The first record that seals its digest; `None` if none does: the file's own text, or one
    that was drawn and not quoted from yet."""


class Text(NamedTuple):
    """A text that is what its digest says."""

    text: str
    marks: list[Mark] | None
    """What the extractor marked in it; `None` if that is not known here."""


def streams_of(case: Case, reader: Reader, document: Record) -> list[NamedStream]:
    """The texts that records name, the first to be recorded first.

    If there is none: a plain file itself, else what was drawn when the file was preserved.

    None at all if the file is withheld: its text is withheld with it (docs/format.md, section 7).
    """
    if not is_hex_digest(blake3 := document.body.get("blake3")):
        return []
    rows = reader.connection.execute(_STREAMS, (document.index, STREAMS))
    found = [NamedStream(*row) for row in rows]
    if not found and document.body.get("media_type") in PLAIN:
        return [NamedStream(str(blake3), 0, None)]
    if not found and (drawn := _drawn(case, document)) is not None:
        return [NamedStream(b3(drawn.encoded).hex(), 0, None)]
    return found


def chosen_of(there: list[NamedStream], digest: str) -> NamedStream | None:
    """The text that was asked for by the beginning of its digest, else the first.

    Raises:
        InputError: there is no such text.
    """
    fitting = [stream for stream in there if stream.blake3.startswith(digest)]
    if digest and not fitting:
        raise InputError(f"No passage of this document stands in a text {digest[:64]!r}.")
    return fitting[0] if fitting else None


def text_of(case: Case, document: Record, stream: NamedStream) -> Text | None:
    """A text with its marks, `None` if it is missing or is not what was recorded (not intact)."""
    found = intact_stream(case.files, stream.blake3)
    if found is not None:
        return Text(found, marks_of(case, document, stream.blake3, found))
    kept = _drawn(case, document)
    if kept is None or stream.index is not None or b3(kept.encoded).hex() != stream.blake3:
        return None
    return Text(kept.text, kept.marks)


def marks_of(case: Case, document: Record, digest: str, text: str) -> list[Mark] | None:
    """What the extractor marked in a text of this digest; `None` if that is not known here."""
    if digest == document.body["blake3"]:
        return []
    kept = _drawn(case, document)
    return kept.marks if kept is not None and kept.text == text else None


def _drawn(case: Case, document: Record) -> TextStream | None:
    """The text that was drawn of a file and kept beside it, by the extractor of today."""
    blake3, media_type = str(document.body.get("blake3")), str(document.body.get("media_type"))
    return case.streams.kept(blake3, media_type)


def extractor_of(reader: Reader, stream: NamedStream) -> Any:  # noqa: ANN401
    """What drew a text, as the first record of it says."""
    return None if stream.index is None else reader.record(stream.index).body.get("extractor")


def may_be_sent(document: Record) -> bool:
    """Whether a preserved file may be handed out: its record discloses which one it is."""
    return is_hex_digest(document.body.get("blake3"))


def is_here(case: Case, document: Record) -> bool:
    """Whether the file may be handed out and lies among the preserved files."""
    return may_be_sent(document) and case.files.exists(document.body["blake3"])
