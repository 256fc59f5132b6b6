"""What the case says of the place where a quotation stands: its records, claims and document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.rules import SPEAKS
from evidence_chain.text import STANDS, Status, match
from evidence_db.proofreading.context.remarks import remarks
from evidence_db.proofreading.context.speaker import (
    SENDER,
    SPEAKER,
    compare_speaker,
    is_named,
    is_speaker,
)
from evidence_db.proofreading.outcome import Held, Looked, Outcome
from evidence_db.proofreading.signed_off import OF_PLACES, settle
from evidence_db.proofreading.spanning import FEWEST, SPANS, slices_of, spanning, touches
from evidence_db.proofreading.standing import Stands, bare, reasons, recording, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evidence_chain.text import Match
    from evidence_db.proofreading.readings import Wanted
    from evidence_db.proofreading.texts import Text, Texts
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

    Hidden = Callable[[int, str], str | None]

_WORST = ("differs", "not-compared", "same")
_MOST_TYPED = 2000
"""Characters of a quotation that a command is made for."""


class _Holds(NamedTuple):
    """A record that holds a quotation, and the match at its place."""

    record: Record
    stands: Stands


class Places:
    """Answers of the records and documents of one case.

    Args:
        texts: its texts.
        hidden: why editions withhold a field of a record, given its index; `None` if they don't.
    """

    def __init__(self, texts: Texts, hidden: Hidden = lambda *_: None) -> None:
        self._hidden = hidden
        self._texts = texts
        self._reader: Reader = texts.reader
        self._load = cache(self._stream)
        self._records = cache(self._records_in)
        self._called = cache(self._names)

    def stands(self, one: Wanted, places: list[Stands], held: int) -> Looked:
        """A quotation that stands in documents: in records first, those that count before all.

        Args:
            one: the quotation.
            places: where it stands.
            held: how many texts have its letters.
        """
        holding = [held for stands in places for held in self._holding(stands)]
        if not holding:
            return self._spanning(one, places, held) or self._unrecorded(one, places, held)
        holding.sort(key=lambda held: self._later(one, held.record, reasons(held.stands)))
        first = holding[0]
        looked = self._looked(one, first.stands, Outcome.RECORDED, held)
        looked.records = [self._held(held.record) for held in holding]
        settle(self._reader, looked, first.stands, [first.record])
        looked.look = list(dict.fromkeys([*looked.look, *self._ends_of(first.record)]))
        self._compare(looked, first.record)
        for other in holding:
            self._withheld(looked, other.record)
        return looked

    def _later(
        self, one: Wanted, record: Record, reasons: Sequence[str] = ()
    ) -> tuple[bool, bool, bool, int]:
        """What puts a record behind others that hold the same."""
        named = is_speaker(one.quotation, record.body)
        return self._ended(record) is not None, not named, bool(reasons), record.index

    def _spanning(self, one: Wanted, places: list[Stands], held: int) -> Looked | None:
        """A quotation that no record holds whole, and several do, one after the other."""
        for stands in places:
            records = [one for one in self._records(stands.text.artifact) if touches(stands, one)]
            if len(records) < FEWEST:
                continue
            records.sort(key=lambda record: self._later(one, record))
            text = stands.text
            stream = self._load(text.artifact, text.letters.of, text.sealed)
            taken = spanning(stands, records, stream)
            if taken:
                return self._spanned(one, stands, taken, held)
        return None

    def _spanned(self, one: Wanted, stands: Stands, records: list[Record], held: int) -> Looked:
        looked = self._looked(one, stands, Outcome.RECORDED, held)
        looked.notes.append(SPANS)
        looked.records = [self._held(record) for record in records]
        settle(self._reader, looked, stands, records)
        said = []
        for record in records:
            looked.look += self._ends_of(record)
            self._compare(looked, record)
            said.append(looked.speaker)
            self._withheld(looked, record)
        looked.look = list(dict.fromkeys(looked.look))
        looked.speaker = min(filter(None, said), key=lambda told: _WORST.index(told.outcome))
        return looked

    def differs(self, one: Wanted, text: Text, found: Match) -> Looked:
        """A quotation that stands nowhere, and what is nearest to it."""
        looked = Looked(one, Outcome.DIFFERS, str(found.status), list(found.notes))
        looked.document = self._document(text.artifact)
        stream = self._load(text.artifact, text.letters.of, text.sealed)
        looked.there = "\n".join(stream[start:end] for start, end in found.fragments)
        looked.difference = [dict(step._asdict()) for step in found.difference if step.kind]
        looked.kinds = found.kinds
        holding = [
            record
            for record in self._records(text.artifact)
            if any(
                start < end_ and start_ < end
                for start, end in found.fragments
                for start_, end_ in slices_of(record)
            )
            and record.body.get("extracted") == text.letters.of
        ]
        looked.records = [self._held(record) for record in holding]
        for record in holding[:1]:
            looked.look += self._ends_of(record)
            self._compare(looked, record)
            self._withheld(looked, record)
        return looked

    def _withheld(self, looked: Looked, record: Record) -> None:
        """Say whom the article names, and editions of the case don't."""
        for one in filter(None, (record, self._translated(record))):
            for field in (SPEAKER, SENDER):
                why = self._hidden(one.index, field)
                if why is not None and is_named(looked.wanted.quotation, one.body, field):
                    told = f"its {field} is withheld from editions: {why}"
                    looked.withheld = list(dict.fromkeys([*looked.withheld, told]))

    def _unrecorded(self, one: Wanted, places: list[Stands], held: int) -> Looked:
        places = sorted(places, key=lambda stands: (bool(reasons(stands)), stands.text.artifact))
        first = places[0]
        looked = self._looked(one, first, Outcome.UNRECORDED, held)
        artifact = self._reader.record(first.text.artifact)
        looked.look += self._ends_of(artifact)
        typed = first.reading.text
        if len(typed) <= _MOST_TYPED and not first.reading.notes:
            looked.command = recording(artifact, " ".join(typed.split()))
        looked.speaker = compare_speaker(one.quotation, {})._replace(why="no record holds it")
        return looked

    def _looked(self, one: Wanted, stands: Stands, outcome: Outcome, places: int) -> Looked:
        found = stands.found
        edited = found.status in (Status.ELIDED, Status.BRACKETED)
        looked = Looked(one, Outcome.EDITED if edited else outcome, str(found.status))
        looked.notes = [*found.notes, *stands.reading.notes]
        looked.look = reasons(stands)
        if stands.before:
            looked.remarks.append(f"before it, the document has “{stands.before} …”")
        looked.omitted, looked.inserted = list(found.omitted), list(found.inserted)
        looked.document = self._document(stands.text.artifact)
        looked.also_in = places - 1
        return looked

    def _holding(self, stands: Stands) -> list[_Holds]:
        """The records of a document that hold a quotation as a whole, and how it stands there."""
        text = stands.text
        found = []
        for record in self._records(text.artifact):
            if record.body.get("extracted") != text.letters.of:
                continue
            slices = slices_of(record)
            if not slices:
                continue
            near = slices[0][0], slices[-1][1]
            there, words = stands.found, stands.bare
            if there.occurrences > 1 and not within(words, [near]):
                stream = self._load(text.artifact, text.letters.of, text.sealed)
                there = match(stands.reading.text, stream, near=near)
                words = bare(there, stream)
            if there.status in STANDS and within(words, slices):
                found.append(_Holds(record, stands._replace(found=_placed(there), bare=words)))
        return found

    def _compare(self, looked: Looked, record: Record) -> None:
        """Put what the sentence says beside what the record says."""
        quotation = looked.wanted.quotation
        source = self._translated(record) or record
        looked.speaker = compare_speaker(quotation, source.body)
        statements = [
            str(self._reader.record(index).body.get("statement") or "")
            for _, index in self._claims(record)
        ]
        own, others = self._called(_artifact(self._reader, source))
        spoken = f"{looked.speaker.article} {looked.speaker.record}"
        others = [one for one in others if one not in spoken]
        looked.remarks += remarks(quotation, source.body, own, others, [*filter(None, statements)])

    def _held(self, record: Record) -> Held:
        held = Held(record.id, record.kind, ended=self._ended(record))
        for relation, index in self._claims(record):
            claim = self._reader.record(index)
            held.claims.append((relation, str(claim.body.get("slug") or claim.id[:8])))
        translated = self._translated(record)
        held.translates = translated.id if translated else None
        return held

    def _claims(self, record: Record) -> list[tuple[str, int]]:
        return [
            (link.relation, link.to)
            for link in self._reader.links(record.index)
            if link.from_ == record.index
            and link.relation in SPEAKS
            and not self._reader.is_ended(link.index)
            and not self._reader.is_ended(link.to)
        ]

    def _translated(self, record: Record) -> Record | None:
        for link in self._reader.links(record.index):
            if link.relation == "translates" and link.from_ == record.index:
                return self._reader.record(link.to)
        return None

    def _ends_of(self, record: Record) -> list[str]:
        """Whether a record, or the document that it stands in, was retracted or replaced."""
        found = [self._ended(record)] if self._ended(record) else []
        artifact = self._reader.place(str(record.body.get("artifact")))
        if artifact and (ended := self._ended(self._reader.record(artifact.index))):
            found.append(f"document-{ended}")
        return [one for one in found if one]

    def _ended(self, record: Record) -> str | None:
        if self._reader.retractions(record.index):
            return "retracted"
        return "replaced" if self._reader.is_ended(record.index) else None

    def _records_in(self, artifact: int) -> list[Record]:
        found = []
        for index in self._reader.passages_in(artifact):
            record = self._reader.record(index)
            if record.body.get("text") is not None:
                found.append(record)
        return found

    def _document(self, artifact: int) -> tuple[str, str]:
        record = self._reader.record(artifact)
        name = record.body.get("title") or record.body.get("filename") or record.id[:8]
        return record.id, str(name)

    def _stream(self, artifact: int, of: str, sealed: bool) -> str:
        from evidence_db.proofreading.texts import Text
        from evidence_db.store.letters import Letters

        return self._texts.load(Text(artifact, Letters(b"", of), sealed)).text

    def _names(self, artifact: int | None) -> tuple[list[str], list[str]]:
        """What a document and its publisher are called, and what all others are."""
        own, others = list[str](), list[str]()
        rows = self._reader.connection.execute("SELECT idx FROM artifact ORDER BY idx").fetchall()
        for (index,) in rows:
            body = self._reader.record(index).body
            names = [str(body[name]) for name in ("title", "publisher") if body.get(name)]
            (own if index == artifact else others).extend(names)
        return own, others


def _artifact(reader: Reader, record: Record) -> int | None:
    place = reader.place(str(record.body.get("artifact")))
    return place.index if place else None


def _placed(found: Match) -> Match:
    """The same, since a record says which of several places is meant."""
    from dataclasses import replace

    return replace(found, notes=[note for note in found.notes if note not in OF_PLACES])
