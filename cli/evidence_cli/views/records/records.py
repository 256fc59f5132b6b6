"""Records in a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.entry import is_evidence
from evidence_chain.wording.moment import dated
from evidence_chain.wording.plural import counted, size_of
from evidence_cli.terminal import flat, paint, say
from evidence_cli.views.records.erased import badge
from evidence_db.reading.notices.erasures import as_json
from evidence_db.reading.showing import in_words, joined
from evidence_db.resolving.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_cli.session import Session
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_WIDTH = 72


def show_records(
    session: Session, reader: Reader, records: Iterable[Record], *, with_links: bool = True
) -> None:
    """Answer with records: JSON, ids alone, or a line each; people see links if they are asked for.

    Args:
        session: Whose command it is.
        reader: A reader of the case.
        records: The records.
        with_links: Whether links have lines, too.
    """
    lines = [Line.of(reader, record) for record in records]
    shown = [line for line in lines if with_links or not line.is_link]

    def tell() -> None:
        for line in shown:
            say(line.text())
        if not lines:
            say("Nothing found.")
        if left := len(lines) - len(shown):
            say(f"{counted(left, 'link')} not shown: evidence list link")

    session.answer([line.json() for line in lines], [line.record.id for line in lines], tell)


@dataclass(frozen=True, slots=True)
class Line:
    """A record as a list has it."""

    record: Record
    ended: bool
    ends: dict[str, str]
    """What a link or retraction joins: relation, and ids by `from` and `to`."""
    passages: int | None
    """How many passages of a preserved file are recorded; `None` of another record."""

    @classmethod
    def of(cls, reader: Reader, record: Record) -> Line:
        """The line of a record."""
        ends = joined(reader, record)
        held = record.kind == "artifact" and record.erased is None
        passages = len(reader.passages_in(record.index)) if held else None
        return cls(record, reader.is_ended(record.index), ends, passages)

    @property
    def is_link(self) -> bool:
        """Whether it is a link that says something."""
        return self.record.kind == "link" and self.record.erased is None

    @property
    def doubts(self) -> list[str]:
        """Why a person must look at a passage before it is published, such as `altered`."""
        is_passage = is_evidence(self.record.kind) and "match" in self.record.body
        return sign_off(self.record.body["match"]) if is_passage else []

    def json(self) -> dict[str, Any]:
        """The line as JSON has it."""
        return {
            "id": self.record.id,
            "index": self.record.index,
            "kind": self.record.kind,
            "ended": self.ended,
            "erased": as_json(self.record.erased),
            **self.ends,
            **({} if self.passages is None else {"passages": self.passages}),
            "fields": self.record.body,
        }

    def text(self) -> str:
        """The line for people."""
        gone = paint(" (no longer counts)", fg="yellow") if self.ended else ""
        kind = self.record.kind.removeprefix("evidence/")
        words = badge(as_json(self.record.erased)) or self._words()
        about = f"  ({about})" if (about := ", ".join(self._about())) else ""
        doubts = paint(f" [{flat(', '.join(self.doubts))}]", fg="red") if self.doubts else ""
        return f"{paint(self.record.id[:8], bold=True)}  {kind:14}  {words}{about}{doubts}{gone}"

    def _about(self) -> Iterator[str]:
        """Who said it and when; of a file its date, its size, and what is quoted from it."""
        body = self.record.body
        for said in (body.get("speaker"), dated(body.get("date")), body.get("published")):
            if said:
                yield flat(said)
        if type(size := body.get("size")) is int and self.passages is not None:
            yield size_of(size)
            yield counted(self.passages, "passage")

    def _words(self) -> str:
        return cut(flat(in_words(self.record, self.ends)))


def cut(words: str) -> str:
    """Words on a line of a list; an ellipsis stands for the rest."""
    return words if len(words) <= _WIDTH else words[: _WIDTH - 1] + "…"
