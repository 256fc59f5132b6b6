"""What is left to do for documents: those not held, those not quoted from, those unanswered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.wording.moment import dated
from evidence_db.publishing.gate.requests import unanswered
from evidence_db.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.reading.reader import Reader

_NOT_HELD = """
SELECT idx FROM original WHERE NOT EXISTS (
    SELECT 1 FROM link WHERE link.to_idx = original.idx AND relation = 'preserves'
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = link.idx)
) ORDER BY idx
"""
_NOT_QUOTED = """
SELECT idx FROM artifact
WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.artifact_idx = artifact.idx
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = evidence.idx))
AND NOT EXISTS (SELECT 1 FROM link JOIN artifact AS other
    ON other.idx IN (link.from_idx, link.to_idx) AND other.idx <> artifact.idx
    WHERE artifact.idx IN (link.from_idx, link.to_idx) AND relation = 'derives-from')
ORDER BY idx
"""
"""What was unpacked from another file, or had others unpacked from it, is not listed."""


def tasks_of_documents(reader: Reader) -> Iterator[Task]:
    """What the documents of a case ask for."""
    for waiting in unanswered(reader):
        record, doubtful = waiting.request, waiting.doubtful
        to = str(record.body.get("recipient") or record.body.get("speaker") or record.id[:8])
        sent = dated(record.body.get("date"))
        open_ = [one.record.id[:8] for one in doubtful if not one.is_final]
        yield Task(
            "requests",
            record.id,
            record.id[:8],
            " ".join([f"To {to}{f', sent {sent}' if sent else ''}.", *(f"{d}." for d in doubtful)]),
            f"evidence review {open_[0]} --approve"
            if open_
            else f"evidence add response-email FILE --answers {record.id[:8]}",
        )
    for index in _standing(reader, _NOT_HELD):
        record = reader.record(index)
        title = str(record.body.get("title") or record.id[:8])
        yield Task(
            "originals",
            record.id,
            record.id[:8],
            title,
            f"evidence add artifact FILE --preserves {record.id[:8]}",
        )
    for index in _standing(reader, _NOT_QUOTED):
        record = reader.record(index)
        name = str(record.body.get("title") or record.body.get("filename") or record.id[:8])
        yield Task(
            "unquoted", record.id, record.id[:8], name, f'evidence quote {record.id[:8]} "…"'
        )


def _standing(reader: Reader, query: str) -> Iterator[int]:
    indexes = [index for (index,) in reader.connection.execute(query)]
    for index in indexes:
        if not reader.is_ended(index) and reader.record(index).erased is None:
            yield index
