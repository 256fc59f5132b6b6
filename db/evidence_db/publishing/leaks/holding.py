"""Where a leak stands, as whoever publishes knows it: a field of a record, or a preserved file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.edition import layout
from evidence_chain.edition.checking.documents import path_of
from evidence_db.publishing.leaks.drawn import DRAWN, Document
from evidence_db.publishing.leaks.forms.folding import fold
from evidence_db.publishing.leaks.needles.disclosed import strings
from evidence_db.publishing.withholding.values import disclosed_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from evidence_db.case import Case
    from evidence_db.publishing.leaks.needles.needles import Needles, Target
    from evidence_db.publishing.leaks.scanning import Hit
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader

OF_RECORDS = (layout.LOG, layout.DATABASE)
"""The files that hold the fields of records."""


class Holding:
    """What an edition of a selection holds, and what people call it."""

    def __init__(self, case: Case, reader: Reader, selection: Selection) -> None:
        self.streams = case.streams
        """Texts that were drawn from its files before."""
        self._reader = reader
        self._selection = selection
        self.called: dict[str, str] = {}
        """Preserved files and their texts by path: `minutes.pdf (2f31c0aa)`."""
        self._documents: dict[str, Document] = {}
        for (index,) in reader.connection.execute("SELECT idx FROM artifact ORDER BY idx"):
            body = reader.record(index).body
            digest = str(body.get("blake3"))
            if "blake3" not in selection.names(index, body):
                continue
            named = "filename" in selection.names(index, body)
            name = str(body.get("filename")) if named and body.get("filename") else "the file"
            called = f"{name} ({reader.record(index).id[:8]})"
            document = Document(path_of(digest), str(body.get("media_type")), digest)
            if self._documents.setdefault(document.path, document) is document:
                self.called[document.path] = called
            for passage in reader.passages_in(index):
                extracted = path_of(str(reader.record(passage).body.get("extracted")))
                self.called.setdefault(extracted, f"the text of {called}")

    def documents(self, paths: Collection[str]) -> list[Document]:
        """The preserved files that are handed out."""
        return [one for path, one in self._documents.items() if path in paths]

    def places(self, needles: Needles, hits: Sequence[Hit]) -> dict[Hit, list[str]]:
        """What to call the places of hits: none where only the path tells it."""
        wanted = {hit.target for hit in hits if hit.path in OF_RECORDS}
        fields = self._fields(needles, wanted) if wanted else {}
        return {hit: self._of(hit, fields) for hit in hits}

    def _of(self, hit: Hit, fields: dict[Target, list[str]]) -> list[str]:
        if hit.path in OF_RECORDS:
            return fields.get(hit.target, [])
        called = self.called.get(hit.path)
        if called is None:
            return []
        return [f"the text of {called}" if DRAWN in hit.forms else called]

    def _fields(self, needles: Needles, wanted: Collection[Target]) -> dict[Target, list[str]]:
        """The disclosed fields that hold each target."""
        parts: dict[Target, list[str]] = {}
        for part, of in needles.parts.items():
            for number, _ in of:
                if (target := needles.targets[number]) in wanted:
                    parts.setdefault(target, []).append(part)
        found: dict[Target, list[str]] = {}
        for where, text in self._texts():
            for target, all_of in parts.items():
                if all(part in text for part in all_of):
                    found.setdefault(target, []).append(where)
        return {target: list(dict.fromkeys(places)) for target, places in found.items()}

    def _texts(self) -> Iterator[tuple[str, str]]:
        for where, _, value in disclosed_values(self._reader, self._selection):
            for text in strings(value):
                yield where, fold(text)
