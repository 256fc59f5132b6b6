"""Records in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import flat, paint, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_cli.session import Session
    from evidence_db.reading import Reader, Record

_CALLED = ("statement", "text", "title", "filename", "reason", "note")


def show_records(session: Session, reader: Reader, records: Iterable[Record]) -> None:
    """Answer with records: JSON, ids alone, or a line each."""
    found = [(record, reader.is_ended(record.index)) for record in records]
    session.answer(
        [_summary(record, ended) for record, ended in found],
        [record.id for record, _ in found],
        lambda: _tell(found),
    )


def _summary(record: Record, ended: bool) -> dict[str, Any]:
    return {
        "id": record.id,
        "index": record.index,
        "kind": record.kind,
        "ended": ended,
        "fields": record.body,
    }


def _tell(found: list[tuple[Record, bool]]) -> None:
    if not found:
        say("Nothing found.")
    for record, ended in found:
        slug = f"{flat(record.body['slug'])} · " if record.body.get("slug") else ""
        gone = paint(" (no longer counts)", fg="yellow") if ended else ""
        kind = record.kind.removeprefix("evidence/")
        say(f"{paint(record.id[:8], bold=True)}  {kind:14}  {slug}{_words(record)}{gone}")


def _words(record: Record) -> str:
    words = next((record.body[name] for name in _CALLED if record.body.get(name)), "")
    line = flat(words)
    return line if len(line) <= 72 else line[:71] + "…"
