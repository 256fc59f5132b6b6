"""Translations: a text of its own, preserved, that derives from what it translates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.kinds import evidence_kind
from evidence_db.recording.adding import Recorded, add_artifact, add_link, add_passage
from evidence_db.recording.passages.document import received

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.recording.writer import Writer

KIND = evidence_kind("translation")


def add_translation(case: Case, writer: Writer, of: Record, said: dict[str, Any]) -> Recorded:
    """Record a translation of a passage (docs/format.md, section 4: `translates`).

    The translation is preserved as a text that derives from the file of the passage, so that
    both count as one origin; the passage stays the evidence.

    Args:
        case: The case.
        writer: An open transaction.
        of: The evidence record that is translated.
        said: `text`, `language`, `translator` and any other field of a translation.

    Raises:
        InputError: a translation of a translation, or one without words.
    """
    if of.kind == KIND.name:
        raise InputError(
            f"{of.id[:8]} is a translation itself. Translate what it translates, or preserve its "
            "text as a document and quote that."
        )
    KIND.check("language", said.get("language"))
    text = str(said["text"]).strip()
    name = f"translation of {of.id[:8]} into {said.get('language') or 'another language'}.txt"
    about = {
        "title": f"Translation of {of.kind.removeprefix('evidence/')} {of.id[:8]}",
        "author": said.get("translator"),
        "language": said.get("language"),
    }
    with case.files.receive_bytes(f"{text}\n".encode(), name) as incoming:
        file = add_artifact(writer, incoming, name, about)
        if artifact := of.body.get("artifact"):
            add_link(writer, "derives-from", file.id, str(artifact))
        writer.flush()
        with received(case, writer.reader.record(file.index)) as source:
            passage = source.find(text)
            recorded = add_passage(writer, KIND, passage, {**said, "text": text})
    add_link(writer, "translates", recorded.id, of.id)
    return recorded
