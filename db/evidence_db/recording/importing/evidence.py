"""The evidence of a case file, by the same checks as `evidence add` has (`capturing`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_db.reading.references import refuse_erased
from evidence_db.recording.adding import add_link, add_passage
from evidence_db.recording.importing.case_file import needed, reference
from evidence_db.recording.passages.document import preserved, received
from evidence_db.recording.passages.found import PassageRefusedError
from evidence_db.recording.passages.outline import Where
from evidence_db.recording.preserving.capturing import request_in
from evidence_db.recording.silence import check_silence
from evidence_db.recording.translating import KIND as TRANSLATION
from evidence_db.recording.translating import add_translation
from evidence_db.recording.wanted import Wanted, check_type, with_headers
from evidence_db.recording.writer import now

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from contextlib import ExitStack

    from evidence_chain.kinds import Kind
    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.recording.adding import Recorded
    from evidence_db.recording.importing.case_file import Item, Problems
    from evidence_db.recording.passages.document import Document
    from evidence_db.recording.passages.found import Passage
    from evidence_db.recording.writer import Writer

_LEFT_OUT = (
    "Correct the passage; or leave it out here, and record it with that status by "
    "`evidence quote … --as-altered`."
)
SILENCE = "evidence/no-response"


@dataclass(frozen=True, slots=True)
class _Found:
    item: Item
    kind: Kind
    values: dict[str, Any]
    passage: Passage


class Passages:
    """Looks for all passages first, so that all that are not there are told at once.

    Args:
        case: The case.
        writer: An open transaction.
        problems: Where what is wrong is noted.
        id_of: The id of what the case file, or the case, calls so.
        new: The keys of documents that this import received.
        stack: Closes documents in the end.
        first: Whether the first of several places is taken.
    """

    def __init__(
        self,
        case: Case,
        writer: Writer,
        problems: Problems,
        id_of: Callable[[str], str],
        new: Container[str],
        stack: ExitStack,
        *,
        first: bool,
    ) -> None:
        self._case = case
        self._writer = writer
        self._problems = problems
        self._id_of = id_of
        self._new = new
        self._stack = stack
        self._first = first
        self._documents: dict[str, Document] = {}
        self._found: list[_Found] = []
        self._translations: list[tuple[Item, dict[str, Any]]] = []

    def look_for(self, item: Item, kind: Kind, values: dict[str, Any]) -> None:
        """Find the passage of an item.

        Raises:
            InputError: the document is not of the kind's type or says otherwise than the item,
                or the passage stands there repeatedly.
            PassageError: it does not stand there.
            ExtractionError: the text of the document can't be had.
        """
        key, document = needed(item, "key", "evidence"), reference(item, "document")
        if kind is TRANSLATION and document is None:
            needed(item, "translates", "evidence")
            needed(item, "text", "evidence")
            needed(item, "language", "evidence")
            self._translations.append((item, values))
            return
        document = needed(item, "document", "evidence")
        if document in self._problems.keys:
            self._problems.keys.add(key)
            return
        source = self._document(document)
        values = self._checked(item, kind, values, source)
        passage = self._find(source, item, kind)
        self._found.append(_Found(item, kind, values, passage))

    def record(self) -> Iterator[tuple[Item, Recorded, Passage | None]]:
        """Record what was found, with pictures of it, and then translations."""
        pictured = {id(one): passage for one, passage in self._pictured()}
        for one in self._found:
            with self._problems.of("evidence", one.item):
                passage = pictured[id(one)]
                recorded = add_passage(self._writer, one.kind, passage, one.values)
                yield one.item, recorded, passage
        for item, values in self._translations:
            if item["translates"] in self._problems.keys:
                continue
            with self._problems.of("evidence", item):
                said = {**values, "text": item["text"]}
                of = self._record(item["translates"])
                yield item, add_translation(self._case, self._writer, of, said), None

    def _pictured(self) -> Iterator[tuple[_Found, Passage]]:
        by_document: dict[str, list[_Found]] = {}
        for one in self._found:
            by_document.setdefault(one.item["document"], []).append(one)
        for document, found in by_document.items():
            passages = self._documents[document].pictured([one.passage for one in found])
            yield from zip(found, passages, strict=True)

    def link(self, item: Item, *names: str) -> Iterator[Recorded]:
        """Link what was recorded to what the item names as `derives_from`, `answers` and so on."""
        for name in names:
            with self._problems.of("evidence", item):
                to = reference(item, name)
                if to is not None and to not in self._problems.keys:
                    yield self._link(item["key"], name.replace("_", "-"), to)

    def places(self, document: str, passage: Passage) -> list[int]:
        """Where a passage stands that stands there repeatedly."""
        return self._documents[document].places(str(passage.fields["text"]))

    def keep_texts(self) -> None:
        """Keep the text streams that were drawn, once all is recorded."""
        for document in self._documents.values():
            body = document.record.body
            self._case.streams.keep(str(body["blake3"]), str(body["media_type"]), document.text)

    def _document(self, key: str) -> Document:
        if key not in self._documents:
            record = self._record(key)
            if record.kind != "artifact":
                raise InputError(f"In the case file, {key!r} is no document.")
            opened = received if key in self._new else preserved
            self._documents[key] = self._stack.enter_context(opened(self._case, record))
        return self._documents[key]

    def _record(self, key: str) -> Record:
        id_ = self._id_of(key)
        self._writer.flush()
        place = self._writer.place(id_)
        if place is None:
            raise InputError(f"In the case file, {key!r} is not recorded.")
        record = self._writer.reader.record(place.index)
        refuse_erased(record)
        return record

    def _checked(
        self, item: Item, kind: Kind, values: dict[str, Any], source: Document
    ) -> dict[str, Any]:
        """The fields of an item, with what the document itself says; they must not disagree."""
        mail = source.record
        media_type, filename = str(mail.body["media_type"]), str(mail.body["filename"])
        check_type(kind, media_type, filename, reported=bool(item.get("derives_from")))
        if kind.from_document is None or media_type not in kind.media_types:
            return values
        content = self._case.files.read(str(mail.body["blake3"]))
        signed = any(field.name == "dkim" for field in kind.own)
        wanted = Wanted(
            kind, mail.id, values=values, read_signatures=_unchecked if signed else None
        )
        values = with_headers(wanted, content, media_type).values
        if kind.name == SILENCE:
            until = needed(item, "until", "evidence")
            values["until"] = check_silence(self._writer.reader, mail, until, values)
        return values

    def _find(self, source: Document, item: Item, kind: Kind) -> Passage:
        text, clause = _words(source, item, kind), item.get("clause")
        where = Where(item.get("start"), _page(item), str(clause) if clause else None)
        near = source.outline.near(text, where)
        if "start" in item and "end" in item:
            near = item["start"], item["end"]
        try:
            passage = source.find(text, near, clause=where.clause)
        except PassageRefusedError as error:
            raise PassageRefusedError(error.filename, error.match, _LEFT_OUT) from error
        if "ambiguous" in passage.notes and not self._first:
            there = ", ".join(map(str, source.places(text)))
            raise InputError(
                f"The passage stands {passage.match.occurrences} times in "
                f"{source.record.body.get('filename')}, at {there}. Say which place is meant by "
                "`start`, or take the first of each by --first."
            )
        return passage

    def _link(self, key: str, relation: str, to: str) -> Recorded:
        id_ = self._id_of(to)
        place = self._writer.place(id_)
        if relation == "answers" and place is not None and place.kind == "artifact":
            id_ = request_in(self._case, self._writer, self._record(to)).id
        return add_link(self._writer, relation, self._id_of(key), id_)


def _words(source: Document, item: Item, kind: Kind) -> str:
    """The passage: as the item has it, else the head of a request, or the whole message."""
    if item.get("text") or kind.from_document is None:
        return needed(item, "text", "evidence")
    return source.head() if kind.name == SILENCE else source.message()


def _page(item: Item) -> int | None:
    page = str(item.get("page") or "")
    return int(page) if page.isdecimal() and len(page) < 9 and not item.get("clause") else None


def _unchecked(message: bytes) -> list[Any]:
    """What is known of an e-mail's signatures without a key."""
    from evidence_chain.mail import check

    return check(message, [], now())
