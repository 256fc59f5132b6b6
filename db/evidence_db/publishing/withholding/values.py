"""What an edition withholds: every value and every file, for whoever searches the edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.digest import is_hex_digest
from evidence_chain.edition.checking.entries import crops_of
from evidence_chain.entry import is_evidence, parse
from evidence_db.reading.every_row import every_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evidence_chain.canonical import Json
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader


class WithheldValue(NamedTuple):
    """A field whose value is in no byte of the edition."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    id: str
    kind: str
    name: str
    value: Json
    decided: bool
    """Whether somebody, or the policy, withholds it: else it belongs to other claims."""

    @property
    def where(self) -> str:
        """The field and its record, in words."""
        return place_called(self.name, self.kind, self.id, self.index)


class WithheldFile(NamedTuple):
    """A preserved file, text stream or picture that is not handed out, nor its digest."""

    blake3: str
    name: str
    """What it is called: the name of the file, or of the one that it was drawn from."""
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    """The first record that names it."""
    decided: bool
    """As of a value."""


class _Line(NamedTuple):
    index: int  # type: ignore[assignment]
    id: str
    kind: str
    body: Mapping[str, Json]
    shown: set[str]


def place_called(name: str, kind: str, id_: str, index: int) -> str:
    """A field of a record, in words that hold none of its values."""
    return f"{name} of {kind} {id_[:8]} (entry {index})"


def withheld_values(reader: Reader, selection: Selection) -> Iterator[WithheldValue]:
    """Every value that an edition of this selection withholds, in the order of the log.

    Raises:
        FormatError: the database has what is no record.
    """
    for line in _lines(reader, selection):
        for name in sorted(line.body.keys() - line.shown):
            decided = selection.is_decided(line.index, name)
            yield WithheldValue(line.index, line.id, line.kind, name, line.body[name], decided)


def disclosed_values(reader: Reader, selection: Selection) -> Iterator[tuple[str, str, Json]]:
    """Every value that an edition of this selection discloses, in the order of the log.

    Each with the name of its field, and that with its record in words before it.

    Raises:
        FormatError: the database has what is no record.
    """
    for line in _lines(reader, selection):
        for name in sorted(line.shown & line.body.keys()):
            where = place_called(name, line.kind, line.id, line.index)
            yield where, name, line.body[name]


def withheld_files(reader: Reader, selection: Selection) -> list[WithheldFile]:
    """Every file, stream and picture whose digest no disclosed field names, each once.

    One that several records name is decided upon if it is in one of them.

    Raises:
        FormatError: the database has what is no record.
    """
    found: dict[str, WithheldFile] = {}
    disclosed: set[str] = set()
    names: dict[str, str] = {}
    for line in _lines(reader, selection):
        if line.kind == "artifact":
            names[line.id] = str(line.body.get("filename"))
        name = names.get(str(line.body.get("artifact")), names.get(line.id, ""))
        for field, digest in _digests(line.kind, line.body):
            if field in line.shown:
                disclosed.add(digest)
                continue
            decided = selection.is_decided(line.index, field)
            before = found.setdefault(digest, WithheldFile(digest, name, line.index, decided))
            found[digest] = before._replace(decided=before.decided or decided)
    return [file for digest, file in found.items() if digest not in disclosed]


def _digests(kind: str, body: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The digests of files that a record names, each with the field that it stands in."""
    if kind == "artifact":
        named = [("blake3", body.get("blake3"))]
    elif is_evidence(kind):
        named = [("extracted", body.get("extracted"))]
        named += [("regions", crop) for crop in crops_of(body)]
    else:
        named = []
    for field, digest in named:
        if is_hex_digest(digest):
            yield field, str(digest)


def _lines(reader: Reader, selection: Selection) -> Iterator[_Line]:
    for row in every_row(reader):
        if not row.body:
            continue
        entry = parse(row.entry.encode())
        body = canonical.decode(row.body.encode(), profile=False)
        if isinstance(body, dict):
            shown = selection.names(row.idx, entry.sealed)
            yield _Line(row.idx, row.id, entry.kind, body, shown)
