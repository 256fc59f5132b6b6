"""The texts of a case's documents, read as far as they are here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import TextStream
from evidence_db.store.files import DamagedError, TooLargeError
from evidence_db.store.letters import Letters, keep_letters, kept_letters, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader

_SEALED = """
SELECT DISTINCT extracted FROM evidence
WHERE artifact_idx = ? AND extracted IS NOT NULL ORDER BY extracted
"""


@dataclass(slots=True)
class Text:
    """One text of a document: what is drawn from it now, or what a record sealed."""

    artifact: int
    letters: Letters
    sealed: bool
    """Whether it is among the preserved files, and what is drawn now is another."""


@dataclass(slots=True)
class Texts:
    """All texts of a case."""

    case: Case
    reader: Reader
    unreadable: dict[int, str] = field(default_factory=dict)
    """Why a document can't be looked through, or not all of it, by its record."""
    partly: dict[int, str] = field(default_factory=dict)

    def all(self) -> Iterator[Text]:
        """Every text of every document, drawn once and kept."""
        rows = self.reader.connection.execute("SELECT idx FROM artifact ORDER BY idx").fetchall()
        for (index,) in rows:
            yield from self._of(index)

    def load(self, text: Text) -> TextStream:
        """A text with its marks.

        Raises:
            ExtractionError: it isn't there any more, or the file is damaged.
        """
        record = self.reader.stored(text.artifact)
        if text.sealed:
            return TextStream(self._sealed(text.letters.of))
        digest, media_type = str(record.body["blake3"]), str(record.body["media_type"])
        try:
            self.case.files.open(digest, record.body.get("size")).close()
        except (OSError, DamagedError, TooLargeError) as error:
            raise ExtractionError(
                f"The preserved file of {record.body.get('filename')} is missing or damaged. "
                "Restore it from a copy, and run `evidence verify`."
            ) from error
        return self._draw(digest, media_type)

    def _of(self, index: int) -> Iterator[Text]:
        record = self.reader.stored(index)
        digest, media_type = record.body.get("blake3"), record.body.get("media_type")
        if not is_hex_digest(digest) or not isinstance(media_type, str):
            erased = self.reader.record(index).erased is not None
            self.unreadable[index] = "it was erased" if erased else "it is withheld"
            return
        found: Text | None = None
        try:
            found = Text(index, self._letters(index, str(digest), media_type), sealed=False)
            yield found
        except ExtractionError as error:
            self.unreadable[index] = str(error)
        for (extracted,) in self.reader.connection.execute(_SEALED, (index,)).fetchall():
            if found and extracted == found.letters.of:
                continue
            try:
                stream = TextStream(self._sealed(str(extracted)))
            except ExtractionError as error:
                self.unreadable.setdefault(index, str(error))
                continue
            yield Text(index, letters_of(stream), sealed=True)
            if found is None:
                self.unreadable.pop(index, None)

    def _letters(self, index: int, digest: str, media_type: str) -> Letters:
        if kept := kept_letters(self.case.streams, digest, media_type):
            return kept
        stream = self._draw(digest, media_type)
        if stream.unread:
            self.partly[index] = stream.unread
        found = letters_of(stream)
        if self.case.edition is None:
            keep_letters(self.case.streams, digest, media_type, stream, found)
        return found

    def _draw(self, digest: str, media_type: str) -> TextStream:
        return self.case.draw(digest, media_type, keep=self.case.edition is None)

    def _sealed(self, digest: str) -> str:
        try:
            return self.case.files.read(digest).decode()
        except (OSError, ValueError, DamagedError, TooLargeError) as error:
            raise ExtractionError(
                "A text that records seal is missing or damaged. Run `evidence verify`."
            ) from error
