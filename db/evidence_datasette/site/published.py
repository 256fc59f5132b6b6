"""Which records of an edition have pages of their own, and under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.digest import is_hex_digest
from evidence_datasette.document.marked_text import CHARACTERS
from evidence_datasette.document.texts import streams_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.rules import Place
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader

ENTRIES = 200
"""Entries of the log, or withheld ones, on a page."""
BEGINNING = 16
"""Digits of a digest by which the texts of one file are told apart."""


class Published:
    """What an edition discloses, by the names of the pages that show it.

    Claims whose statement is disclosed have a page, and so have files, and all records of which
    something is; of what is withheld whole, the pages `withheld/` tell that it is, and why. Names
    come from ids, digests and entries, so that they are the same in each edition of a case, and
    nothing that somebody wrote is in them.
    """

    def __init__(self, case: Case, reader: Reader, said: Mapping[str, Any]) -> None:
        self.case = case
        self.reader = reader
        self.said = said
        self.claims = frozenset(said["claims"])
        self.withheld: dict[int, dict[str, Any]] = {one["idx"]: one for one in said["withheld"]}
        self._stretches: dict[str, dict[str, int]] = {}

    def hides(self, index: int) -> bool:
        """Whether a record is withheld whole."""
        return index in self.withheld and self.withheld[index]["fields"] is None

    def claim(self, id_: str) -> str:
        """The page of a claim."""
        return f"claim/{id_}.html" if id_ in self.claims else self.record(id_)

    def record(self, id_: str) -> str:
        """The page of a record, or what tells that it is withheld."""
        place = self.reader.place(id_)
        if place is None:
            return "log.html"
        return self._withheld(place.index) if self.hides(place.index) else f"record/{id_}.html"

    def _withheld(self, index: int) -> str:
        return f"withheld/{page_start(index)}.html#entry-{index}"

    def document(self, id_: str, at: int = 0, text: str = "") -> str:
        """The page that has a character of a text of a file; of its first text if none is named."""
        place = self.reader.place(id_)
        if place is None or place.kind != "artifact" or self.hides(place.index):
            return self.record(id_)
        if at < CHARACTERS and not text:
            return document_name(id_)
        known = self.stretches(id_, place)
        first = next(iter(known), "")
        if (wanted := text or first) not in known:
            return document_name(id_)
        number = min(at // CHARACTERS, known[wanted] - 1)
        return document_name(id_, "" if wanted == first else wanted, number)

    def stretches(self, id_: str, place: Place) -> dict[str, int]:
        """The texts of a file, by the beginning of their digest, and how many pages each takes."""
        if id_ not in self._stretches:
            document = self.reader.record(place.index)
            self._stretches[id_] = {}
            for stream in streams_of(self.case, self.reader, document):
                found = text_of(self.case, document, stream)
                length = 0 if found is None else len(found.text)
                pages = max(1, -(-length // CHARACTERS))
                self._stretches[id_][stream.blake3[:BEGINNING]] = pages
        return self._stretches[id_]

    def file(self, digest: object) -> str | None:
        """Where a preserved file lies below `data/`, if it is in the edition."""
        if not isinstance(digest, str) or not is_hex_digest(digest):
            return None
        there = self.case.files.exists(digest)
        return f"artifacts/{digest[:2]}/{digest}" if there else None


def page_start(index: int) -> int:
    """The first entry of the page that has this one."""
    return index // ENTRIES * ENTRIES


def document_name(id_: str, text: str = "", number: int = 0, after: int = 0) -> str:
    """The page of a file with a part of its text, or with its passages after an entry."""
    parts = [id_]
    if text or number:
        parts += [text or "first", str(number)]
    if after:
        parts += ["after", str(after)]
    return f"document/{'-'.join(parts)}.html"
