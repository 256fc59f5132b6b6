"""Finding a passage in a preserved file before it is recorded (docs/format.md, section 7)."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError, InputError, PassageError
from evidence_chain.extract import SIGN_OFF, Mark, MarkKind, TextStream, regions
from evidence_chain.parallel import chunks
from evidence_chain.text import (
    RULES_VERSION,
    SAME,
    STANDS,
    Difference,
    Match,
    Status,
    make_selectors,
    match,
)
from evidence_chain.text.clauses import clauses
from evidence_db.store.files import blake3_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files, Incoming

PICTURES = 50
"""Passages whose pictures are made at once: their sum is bounded."""
_OVER = 2000
"""Characters by which a passage may run over the end of its page or clause, besides its own."""
_RFC_8118 = "http://tools.ietf.org/rfc/rfc8118"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was looked for and may be recorded."""

    artifact: int
    match: Match
    fields: dict[str, Any]
    kept: list[Incoming] = field(default_factory=list)
    """The text stream, unless the preserved file itself is one, and pictures of the passage."""
    unseen: str | None = None
    """Why there is no picture of the passage, where there should be one."""
    outside_clause: str | None = None
    """Why the clause that was named doesn't hold it, if so."""

    @property
    def paged(self) -> bool:
        """Whether the file has pages, so that a page could be checked."""
        return any(mark["kind"] == MarkKind.PAGE for mark in self.fields["marks"])

    @property
    def notes(self) -> list[str]:
        """What is to be known of it, by the comparison and by what is marked in the stream."""
        return list(self.fields["match"]["notes"])

    @property
    def accepted(self) -> bool:
        """Whether it may be published without a person's sign-off."""
        unmarked = SIGN_OFF.isdisjoint(self.notes)
        return self.match.accepted and unmarked and self.outside_clause is None


@dataclass(frozen=True, slots=True)
class Where:
    """What a person says of where a passage stands."""

    at: int | None = None
    """Where it begins, in code points."""
    page: int | None = None
    clause: str | None = None


class Document:
    """A preserved file and its text stream, received but not yet part of the case."""

    def __init__(
        self, files: Files, record: Record, text: TextStream, incoming: Incoming | None
    ) -> None:
        self.record = record
        self.text = text
        self._files = files
        self._incoming = incoming
        self._stack = ExitStack()

    def places(self, text: str, limit: int = 20) -> list[int]:
        """Where `text` begins, in code points: the first `limit` places."""
        found, start, left = list[int](), 0, 1
        while left and len(found) < limit:
            there = match(text, self.text.text[start:])
            if there.status not in SAME:
                break
            first, last = there.fragments[0]
            found.append(start + first)
            start, left = start + last, there.occurrences - 1
        return found

    def message(self) -> str:
        """The text without the headers that the stream of a message begins with."""
        _, _, body = self.text.text.partition("\n\n")
        return body.strip()

    def head(self) -> str:
        """The headers that the stream of a message begins with."""
        return self.text.text.partition("\n\n")[0].strip()

    def find(
        self,
        text: str,
        near: tuple[int, int] | None = None,
        *,
        as_altered: bool = False,
        clause: str | None = None,
    ) -> Passage:
        """Look for `text` and return what is to be sealed about where it stands.

        Args:
            text: The passage as typed.
            near: Start and end in code points, to choose among several occurrences.
            as_altered: Accept the nearest passage when it differs, with that status.
            clause: The number of the clause that should hold it.

        Raises:
            PassageError: it does not stand there; `match` of the error shows what does.
        """
        found = match(text, self.text.text, near=near)
        altered = as_altered and found.status is Status.ALTERED
        if found.status is Status.MISSING and self.text.unread:
            raise ExtractionError(
                f"The passage was not found in {self.record.body.get('filename')}, but a part of "
                f"that could not be read ({self.text.unread[:300]}). It may stand there: preserve "
                "that part in another form, too."
            )
        if found.status not in STANDS and not altered:
            raise PassageRefusedError(str(self.record.body.get("filename")), found)
        marks = self.text.marked(found.fragments)
        outside = self._outside_clause(clause, found) if clause else None
        fields = {
            "artifact": self.record.id,
            "text": text,
            "selector": _selectors(self.text, found.fragments),
            "extractor": self.text.extractor,
            "extracted": b3(self.text.encoded).hex(),
            "match": {
                "status": str(found.status),
                "notes": [*found.notes, *_notes(marks), *(["clause-differs"] if outside else [])],
                "rules": RULES_VERSION,
            },
            "marks": [{"kind": mark.kind, "detail": mark.detail} for mark in marks],
            "regions": [],
        }
        kept = [self._incoming] if self._incoming else []
        return Passage(self.record.index, found, fields, kept, outside_clause=outside)

    def pictured(self, passages: Sequence[Passage]) -> list[Passage]:
        """The passages with where each is seen, and pictures that go with them into the case."""
        return [one for some in chunks(passages, PICTURES) for one in self._pictured(some)]

    def near(self, text: str, where: Where) -> tuple[int, int] | None:
        """The slice that `where` may mean: the first place of `text` on a page or in a clause.

        Raises:
            InputError: there is no such page, or the passage doesn't begin on it.
        """
        if where.at is not None:
            return where.at, where.at + len(text)
        pages = [mark for mark in self.text.marks if mark.kind == MarkKind.PAGE]
        wanted = [(page.start, page.end) for page in pages if page.detail == str(where.page)]
        held = [(first, last) for _, first, last in self._clauses(where.clause)]
        if where.page is None or not pages:
            return self._within(text, held)
        if not wanted:
            raise InputError(f"The document has no page {where.page}; it has {len(pages)}.")
        both = [
            (max(first, start), min(last, end))
            for first, last in held
            for start, end in wanted
            if max(first, start) < min(last, end)
        ]
        if near := self._within(text, both) or self._within(text, wanted):
            return near
        elsewhere = self._page_of(text)
        raise InputError(
            f"The passage does not begin on page {where.page}. "
            + (f"It stands on page {elsewhere}." if elsewhere else "Check the page and the text.")
        )

    def _within(self, text: str, slices: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        """The first place of `text` that begins within one of the slices."""
        for start, end in slices:
            there = match(text, self.text.text[start : end + len(text) + _OVER])
            if there.status in STANDS and start + there.fragments[0][0] < end:
                return start + there.fragments[0][0], start + there.fragments[-1][1]
        return None

    @cached_property
    def _numbered(self) -> list[tuple[str, int, int]]:
        """All numbered clauses: by the outline, then by the text."""
        marked = [
            (mark.detail, mark.start, mark.end)
            for mark in self.text.marks
            if mark.kind == MarkKind.CLAUSE
        ]
        return [*marked, *clauses(self.text.text)]

    def _clauses(self, number: str | None) -> list[tuple[str, int, int]]:
        """The clauses of this number; none where no number is given."""
        if number is None:
            return []
        return [one for one in self._numbered if _same_number(one[0], number)]

    def _outside_clause(self, number: str, found: Match) -> str | None:
        """Why the clause of this number doesn't hold the passage, or `None` if it does.

        A document in which no clause is numbered says nothing of it.
        """
        if not self._numbered:
            return None
        start, end = found.fragments[0][0], found.fragments[-1][1]
        wanted = self._clauses(number)
        if any(first <= start and end <= last for _, first, last in wanted):
            return None
        around = [one for one in self._numbered if one[1] <= start < one[2]]
        innermost = min(around, key=lambda one: one[2] - one[1], default=None)
        stands = f"it stands under {innermost[0]}" if innermost else "it stands under no number"
        lacks = "does not hold this passage" if wanted else "was not found in the document"
        return f"Clause {number} {lacks}; {stands}."

    def close(self) -> None:
        """Remove the pictures that no record took over."""
        self._stack.close()

    def _page_of(self, text: str) -> str | None:
        found = match(text, self.text.text)
        if found.status not in STANDS:
            return None
        marks = self.text.marked(found.fragments[:1])
        return next((mark.detail for mark in marks if mark.kind == MarkKind.PAGE), None)

    def _pictured(self, passages: Sequence[Passage]) -> list[Passage]:
        owners = [one for one in passages for _ in one.match.fragments]
        try:
            seen = regions(
                self._files.path(str(self.record.body["blake3"])),
                str(self.record.body["media_type"]),
                self.text,
                [fragment for one in passages for fragment in one.match.fragments],
            )
        except ExtractionError as error:
            return [replace(one, unseen=str(error)) for one in passages]
        for region in seen:
            picture = self._stack.enter_context(
                self._files.receive_bytes(region.picture, "the picture of a passage")
            )
            owners[region.slice].kept.append(picture)
            owners[region.slice].fields["regions"].append(
                {"page": region.page, "boxes": region.boxes, "crop": picture.blake3}
            )
        return list(passages)


def _selectors(text: TextStream, fragments: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """The selectors of fragments, with the page that each begins on."""
    selectors: list[dict[str, Any]] = []
    pages = [mark for mark in text.marks if mark.kind == MarkKind.PAGE]
    for start, end in fragments:
        selectors += make_selectors(text.text, [(start, end)])
        page = next((page.detail for page in pages if page.start <= start < page.end), None)
        if page is not None:
            selectors.append(
                {"type": "FragmentSelector", "conformsTo": _RFC_8118, "value": f"page={page}"}
            )
    return selectors


def _notes(marks: Sequence[Mark]) -> list[str]:
    """The kinds of mark that a person must look at, each once."""
    return list(dict.fromkeys(mark.kind for mark in marks if mark.kind in SIGN_OFF))


def _same_number(one: str, other: str) -> bool:
    return one.strip(" .)§").casefold() == other.strip(" .)§").casefold()


class PassageRefusedError(PassageError):
    """A passage that was not found as typed, with the nearest one if there is any."""

    def __init__(self, filename: str, found: Match) -> None:
        self.match = found
        message = f"{_REASONS[found.status]} ({filename})."
        if found.difference:
            typed, there = marked(found.difference)
            kinds = ", ".join(dict.fromkeys(step.kind for step in found.difference if step.kind))
            message += (
                f"\n  as typed: {typed}\n  it says:  {there}\n  differs in: {kinds}\n"
                "Correct the passage, or record it with that status: --as-altered."
            )
        else:
            message += "\nCheck that this is the right file. Nothing was recorded."
        super().__init__(message)


def marked(difference: Sequence[Difference]) -> tuple[str, str]:
    """The passage as typed and as found, the words in which they differ between >> and <<."""
    typed = "".join(_mark(step.typed, step) + step.typed_gap for step in difference)
    there = "".join(_mark(step.found, step) + step.found_gap for step in difference)
    return " ".join(typed.split()), " ".join(there.split())


def _mark(words: str, step: Difference) -> str:
    return f">>{words}<<" if words and step.kind else words


_REASONS = {
    Status.ALTERED: "The passage does not stand in the file as typed",
    Status.MISSING: "Nothing near this passage stands in the file",
    Status.INVALID: "This passage has no words to look for",
}


@contextmanager
def document(
    case: Case, record: Record, text: TextStream | None = None, *, keep: bool = True
) -> Iterator[Document]:
    """The text stream of a preserved file, ready to look for passages in.

    Args:
        case: The case.
        record: The record of the file.
        text: Its stream, if that was drawn already.
        keep: Whether a stream that is drawn now may be kept for the next time.

    Raises:
        ExtractionError: the file is missing or damaged, or its text could not be had.
    """
    path = intact(case.files, record)
    digest, files = str(record.body["blake3"]), case.files
    if text is None:
        text = case.streams.draw(path, digest, str(record.body["media_type"]), keep=keep)
    with ExitStack() as stack:
        incoming = None
        if b3(text.encoded).hex() != digest:
            name = f"the text of {record.body['filename']}"
            incoming = stack.enter_context(files.receive_bytes(text.encoded, name))
        found = Document(files, record, text, incoming)
        stack.callback(found.close)
        yield found


def intact(files: Files, record: Record) -> Path:
    """The path of a preserved file, which is as it was recorded.

    Raises:
        ExtractionError: the file is missing or damaged.
    """
    digest, name = str(record.body["blake3"]), record.body["filename"]
    try:
        found = blake3_of(files.path(digest))
    except OSError as error:
        raise ExtractionError(
            f"The preserved file of {name} can't be read: {error.strerror}. Restore it from a copy."
        ) from error
    if found != digest:
        raise ExtractionError(
            f"The preserved file of {name} is damaged: its digest is not the recorded one. "
            "Restore it from a copy, and run `evidence verify`."
        )
    return files.path(digest)
