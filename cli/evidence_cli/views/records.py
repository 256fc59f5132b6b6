"""Records in a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import flat, paint, say
from evidence_cli.views.erased import badge
from evidence_db.reading.notices.erasures import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_cli.session import Session
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_CALLED = ("statement", "text", "title", "filename")
_WIDTH = 72


def show_records(session: Session, reader: Reader, records: Iterable[Record]) -> None:
    """Answer with records: JSON, ids alone, or a line each."""
    lines = [_Line.of(reader, record) for record in records]

    def tell() -> None:
        for line in lines:
            say(line.text())
        if not lines:
            say("Nothing found.")

    session.answer([line.json() for line in lines], [line.record.id for line in lines], tell)


@dataclass(frozen=True, slots=True)
class _Line:
    record: Record
    ended: bool
    ends: dict[str, str]
    """What a link or retraction joins: relation, and ids by `from` and `to`."""

    @classmethod
    def of(cls, reader: Reader, record: Record) -> _Line:
        ends = {}
        if joined := reader.ends(record.index):
            relation, from_, to = joined
            ends = {"relation": relation, "to": reader.record(to).id}
            if from_ is not None:
                ends["from"] = reader.record(from_).id
        return cls(record, reader.is_ended(record.index), ends)

    def json(self) -> dict[str, Any]:
        return {
            "id": self.record.id,
            "index": self.record.index,
            "kind": self.record.kind,
            "ended": self.ended,
            "erased": as_json(self.record.erased),
            **self.ends,
            "fields": self.record.body,
        }

    def text(self) -> str:
        gone = paint(" (no longer counts)", fg="yellow") if self.ended else ""
        kind = self.record.kind.removeprefix("evidence/")
        words = badge(as_json(self.record.erased)) or self._words()
        return f"{paint(self.record.id[:8], bold=True)}  {kind:14}  {words}{gone}"

    def _words(self) -> str:
        body = self.record.body
        if self.ends:
            from_, to = self.ends.get("from", "")[:8], self.ends["to"][:8]
            why = flat(body.get("note") or body.get("reason") or "")
            return f"{from_} {self.ends['relation']} {to}".strip() + (f": {why}" if why else "")
        words = flat(next((body[name] for name in _CALLED if body.get(name)), ""))
        slug = f"{flat(body['slug'])} · " if body.get("slug") else ""
        return slug + (words if len(words) <= _WIDTH else words[: _WIDTH - 1] + "…")
