"""Finding passages in a preserved file before they are recorded (docs/format.md, section 7)."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import SIGN_OFF, Mark, MarkKind, TextStream, regions
from evidence_chain.extract.stream import times_of
from evidence_chain.spreading.parallel import chunks
from evidence_chain.text import (
    RULES_VERSION,
    STANDS,
    Status,
    make_selectors,
    match,
    occurrences,
    page_selector,
    time_selector,
)
from evidence_db.recording.passages.found import NOT_SEEN, Passage, PassageRefusedError
from evidence_db.recording.passages.outline import Outline
from evidence_db.recording.passages.told import told_of
from evidence_db.store.files import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files
    from evidence_db.store.incoming import Incoming

PICTURES = 50
"""Passages whose pictures are made at once: their sum is bounded."""


class Document:
    """A preserved file and its text stream, received but not yet part of the case."""

    def __init__(
        self,
        files: Files,
        record: Record,
        text: TextStream,
        incoming: Incoming | None,
        content: bytes,
    ) -> None:
        self.record = record
        self.text = text
        self.content = content
        """The bytes of the file, if they were asked for."""
        self.outline = Outline(text)
        self._files = files
        self._incoming = incoming
        self._stack = ExitStack()

    def places(self, text: str, limit: int = 20) -> list[int]:
        """Where `text` begins, in code points: the first `limit` places."""
        return [start for start, _ in occurrences(text, self.text.text, limit)]

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
        left_open = self.text.left_open(found.fragments)
        if found.status in (Status.MISSING, Status.ALTERED) and not altered and left_open:
            raise ExtractionError(
                f"The passage was not found in {self.record.body.get('filename')}, but a part of "
                f"that could not be read ({left_open[:300]}). It may stand there: preserve "
                "that part in another form, too."
            )
        if found.status not in STANDS and not altered:
            raise PassageRefusedError(str(self.record.body.get("filename")), found)
        marks = self.text.marked(found.fragments)
        outside = self.outline.outside_clause(clause, found) if clause else None
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

    def looked_at(self, passage: Passage) -> Passage:
        """The passage with what is seen of it where the file is shown, and a note if it isn't."""
        from evidence_chain.rendering import Sight, look, worst

        media_type = str(self.record.body["media_type"])
        with self._files.local(str(self.record.body["blake3"])) as path:
            looks = look(path, media_type, self.text, passage.match.fragments)
        seen = worst(looks)
        if seen.sight is Sight.DIFFERS:
            passage.fields["match"]["notes"].append(NOT_SEEN)
        return replace(passage, look=seen)

    def close(self) -> None:
        """Remove the pictures that no record took over."""
        self._stack.close()

    def _pictured(self, passages: Sequence[Passage]) -> list[Passage]:
        owners = [one for one in passages for _ in one.match.fragments]
        try:
            with self._files.local(str(self.record.body["blake3"])) as path:
                seen = regions(
                    path,
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
    """The selectors of fragments, with the page that each begins on, or when it is spoken."""
    selectors: list[dict[str, Any]] = []
    pages = [mark for mark in text.marks if mark.kind == MarkKind.PAGE]
    for start, end in fragments:
        selectors += make_selectors(text.text, [(start, end)])
        page = next((page.detail for page in pages if page.start <= start < page.end), None)
        if page is not None:
            selectors.append(page_selector(page))
        elif times := times_of(text, (start, end)):
            selectors.append(time_selector(times))
    return selectors


def _notes(marks: Sequence[Mark]) -> list[str]:
    """The kinds of mark that a person must look at, each once."""
    return list(dict.fromkeys(mark.kind for mark in marks if mark.kind in SIGN_OFF))


@contextmanager
def received(case: Case, record: Record, text: TextStream | None = None) -> Iterator[Document]:
    """A file that this command received, so that its digest is known to be that of its record.

    Args:
        case: The case.
        record: The record of the file, which may not have been committed yet.
        text: Its text stream, if that was drawn already.

    Raises:
        ExtractionError: its text could not be had.
    """
    with _ready(case, record, text or _drawn(case, record, keep=False)) as found:
        yield found


@contextmanager
def preserved(case: Case, record: Record, *, whole: bool = False) -> Iterator[Document]:
    """A file that was preserved before, and is as it was recorded.

    Args:
        case: The case.
        record: The record of the file.
        whole: Whether its bytes are wanted, too, as `content`.

    Raises:
        ExtractionError: the file is missing or damaged, or its text could not be had.
    """
    content = _intact(case.files, record, whole=whole)
    with _ready(case, record, _drawn(case, record, keep=True), content) as found:
        yield found


def _intact(files: Files, record: Record, *, whole: bool) -> bytes:
    """Read a preserved file once, for its digest and, if it is wanted whole, for its content."""
    digest, name = str(record.body["blake3"]), record.body["filename"]
    size = record.body.get("size")
    try:
        if whole:
            return files.read(digest, recorded=size)
        files.open(digest, size).close()
    except OSError as error:
        raise ExtractionError(
            f"The preserved file of {name} can't be read: {error.strerror}. Restore it from a copy."
        ) from error
    except DamagedError as error:
        raise ExtractionError(
            f"The preserved file of {name} is damaged: its digest is not the recorded one. "
            "Restore it from a copy, and run `evidence verify`."
        ) from error
    return b""


def _drawn(case: Case, record: Record, *, keep: bool) -> TextStream:
    digest, media_type = str(record.body["blake3"]), str(record.body["media_type"])
    with told_of(str(record.body["filename"]), case.files.place(digest)):
        return case.draw(digest, media_type, keep=keep)


@contextmanager
def _ready(
    case: Case, record: Record, text: TextStream, content: bytes = b""
) -> Iterator[Document]:
    """The document, and its text stream received unless the file itself is one."""
    with ExitStack() as stack:
        incoming = None
        if b3(text.encoded).hex() != record.body["blake3"]:
            name = f"the text of {record.body['filename']}"
            incoming = stack.enter_context(case.files.receive_bytes(text.encoded, name))
        found = Document(case.files, record, text, incoming, content)
        stack.callback(found.close)
        yield found
