"""Finding a passage in a preserved file before it is recorded (docs/format.md, section 7)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError, PassageError
from evidence_chain.extract import TextStream, extract
from evidence_chain.text import (
    RULES_VERSION,
    SAME,
    Difference,
    Match,
    Status,
    make_selectors,
    match,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.files import Files, Incoming
    from evidence_db.reading import Record


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was looked for and may be recorded."""

    artifact: int
    match: Match
    fields: dict[str, Any]
    stream: Incoming | None
    """The text stream, unless the preserved file itself is one."""


class Document:
    """A preserved file and its text stream, received but not yet part of the case."""

    def __init__(self, record: Record, text: TextStream, incoming: Incoming | None) -> None:
        self.record = record
        self._text = text
        self._incoming = incoming

    def places(self, text: str, limit: int = 20) -> list[int]:
        """Where `text` begins, in code points: the first `limit` places."""
        found, start = list[int](), 0
        while len(found) < limit:
            there = match(text, self._text.text[start:])
            if there.status not in SAME:
                break
            first, last = there.fragments[0]
            found.append(start + first)
            start += last
        return found

    def message(self) -> str:
        """The text without the headers that the stream of a message begins with."""
        _, _, body = self._text.text.partition("\n\n")
        return body.strip()

    def find(
        self, text: str, near: tuple[int, int] | None = None, *, as_altered: bool = False
    ) -> Passage:
        """Look for `text` and return what is to be sealed about where it stands.

        Args:
            text: The passage as typed.
            near: Start and end in code points, to choose among several occurrences.
            as_altered: Accept the nearest passage when it differs, with that status.

        Raises:
            PassageError: it does not stand there; `match` of the error shows what does.
        """
        found = match(text, self._text.text, near=near)
        altered = as_altered and found.status is Status.ALTERED
        if found.status not in SAME and not altered:
            raise PassageRefusedError(self.record, found)
        fields = {
            "artifact": self.record.id,
            "text": text,
            "selector": make_selectors(self._text.text, found.fragments),
            "extractor": self._text.extractor,
            "extracted": b3(self._text.encoded).hex(),
            "match": {
                "status": str(found.status),
                "notes": list(found.notes),
                "rules": RULES_VERSION,
            },
        }
        return Passage(self.record.index, found, fields, self._incoming)


class PassageRefusedError(PassageError):
    """A passage that was not found as typed, with the nearest one if there is any."""

    def __init__(self, record: Record, found: Match) -> None:
        self.match = found
        message = f"{_REASONS[found.status]} ({record.body.get('filename')})."
        if found.difference:
            typed, there = marked(found.difference)
            message += (
                f"\n  as typed: {typed}\n  it says:  {there}\n"
                "Correct the passage, or record it with that status: --as-altered."
            )
        else:
            message += "\nCheck that this is the right file. Nothing was recorded."
        super().__init__(message)


def marked(difference: Sequence[Difference]) -> tuple[str, str]:
    """The passage as typed and as found, the words in which they differ between >> and <<."""
    typed = [_mark(step.typed, step.op) for step in difference if step.typed]
    there = [_mark(step.found, step.op) for step in difference if step.found]
    return " ".join(typed), " ".join(there)


def _mark(words: str, op: str) -> str:
    return words if op == "same" else f">>{words}<<"


_REASONS = {
    Status.ALTERED: "The passage does not stand in the file as typed",
    Status.MISSING: "Nothing near this passage stands in the file",
    Status.INVALID: "This passage has no words to look for",
}


@contextmanager
def document(files: Files, record: Record) -> Iterator[Document]:
    """The text stream of a preserved file, ready to look for passages in.

    Raises:
        ExtractionError: the file is missing or damaged, or its text could not be had.
    """
    digest, name = record.body["blake3"], record.body["filename"]
    try:
        intact = b3(files.read(digest)).hex() == digest
    except OSError as error:
        raise ExtractionError(
            f"The preserved file of {name} can't be read: {error.strerror}. Restore it from a copy."
        ) from error
    if not intact:
        raise ExtractionError(
            f"The preserved file of {name} is damaged: its digest is not the recorded one. "
            "Restore it from a copy, and run `evidence verify`."
        )
    text = extract(files.path(digest), record.body["media_type"])
    if b3(text.encoded).hex() == digest:
        yield Document(record, text, None)
        return
    with files.receive_bytes(text.encoded, f"the text of {name}") as incoming:
        yield Document(record, text, incoming)
