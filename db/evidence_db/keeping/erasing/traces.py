"""Where values of what was erased still stand: in records and files that stay.

Values are searched for as plain bytes: in UTF-8, UTF-16, JSON escapes, percent, base64 and hex.
So are the name and the address in the headers of an e-mail, each by itself.
What is compressed, as the words of a PDF or DOCX are, is not found in this way.
"""

from __future__ import annotations

import base64
import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import quote

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import StorageError
from evidence_db.publishing.leaks.needles.parts import parts_of
from evidence_db.store.files import digest_named, open_regular
from evidence_db.store.tables.schema import READABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files

_OURS = (
    *("recorded_at", "recorded_by", "extractor", "match", "media_type", "language", "artifact"),
    *("role", "boxes", "type", "conformsTo", "status", "kind", "reviewer", "root"),
    *("action", "actor", "subjects", "page", "clause"),
)
"""Fields whose values say nothing of what was recorded, are ids, or a place in a document."""
_PLACE = "FragmentSelector"
"""What has a page or a time in a recording."""
_SHORTEST = 6
"""Characters, white space not counted, that a value has which is searched for."""
_SHORTEST_WIDE = 3
"""The same where one of them is Chinese, Japanese or Korean."""
_LONGEST = 200
"""Characters of a value that are searched for; what begins like it is taken for it."""
_CHUNK = 16 << 20
_WIDE = 0x2E80
"""Where the scripts of East Asia begin in Unicode."""


class Trace(NamedTuple):
    """A place where a value of an erased record stands."""

    where: str
    """A field and its record by kind, id and place, or a file by its path in the case."""
    field: str
    """The field that had the value."""


class Traces:
    """The values of records that are erased, to be searched for when they are gone.

    Args:
        reader: A reader of the case.
        records: The records, with their values.
        kept: The digests of the files that other records name.
    """

    def __init__(
        self, reader: Reader, records: Iterable[Record], kept: Container[str] = ()
    ) -> None:
        self._values: dict[str, str] = {}
        """The field of each value, by the value with small letters and single spaces."""
        self._needles: dict[bytes, str] = {}
        for record in records:
            for name, value in _searched(record):
                if _is_searched(value) and value not in kept and not reader.place(value):
                    self._values.setdefault(_folded(value)[:_LONGEST], name)
                    self._needles |= dict.fromkeys(_forms(value[:_LONGEST]), name)

    def stand_in(self, text: str) -> bool:
        """Whether a text has one of the values."""
        return any(self._in(text))

    def found(self, case: Case, reader: Reader) -> Iterator[Trace]:
        """Every field and file of the case that has one of the values."""
        in_records = False
        for record in _standing(reader):
            for trace in self._in_record(record):
                in_records = True
                yield trace
        for path in _files(case.root):
            if in_records and path.name.startswith(case.database.name):
                continue  # it holds those records
            for name in self._fields_in(str(path), partial(open_regular, path)):
                yield Trace(str(path.relative_to(case.root)), name)
            for name in dict.fromkeys(self._in(path.name)):
                yield Trace(f"the name of a file in {path.parent.name}", name)

        for digest in _elsewhere(case.files):
            place = case.files.place(digest)
            for name in self._fields_in(place, partial(case.files.store.open, digest)):
                yield Trace(place, name)

    def _in_record(self, record: Record) -> dict[Trace, None]:
        """Every field of a record that has a value."""
        return {
            Trace(f"{standing} of {record.name}", name): None
            for standing, text in _strings(record.body)
            for name in self._in(text)
        }

    def _in(self, text: str) -> Iterator[str]:
        folded = _folded(text)
        return (name for value, name in self._values.items() if value in folded)

    def _fields_in(self, place: str, opened: Callable[[], BinaryIO]) -> list[str]:
        """The fields of which a value stands in a file."""
        found: dict[str, None] = {}
        overlap = max(map(len, self._needles), default=0)
        try:
            with opened() as file:
                before = b""
                while self._needles and (chunk := file.read(_CHUNK)):
                    data = before + chunk
                    for searched in {data, data.lower(), b" ".join(data.lower().split())}:
                        for needle, name in self._needles.items():
                            if name not in found and needle in searched:
                                found[name] = None
                    before = data[-overlap:]
        except OSError as error:
            raise StorageError(
                f"The records are erased. Whether a value of them stands in {place} could not be "
                f"looked for: {error.strerror}."
            ) from error
        return sorted(found)


def _searched(record: Record) -> Iterator[tuple[str, str]]:
    """Each string in a record that is searched for, and the names and addresses in it."""
    for name, value in _strings(record.body):
        yield name, value
        yield from ((name, part) for _, part in parts_of(name, value))


def _strings(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Each string in a value, with the name of the field that it is in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict) and value.get("type") != _PLACE:
        for key, inner in value.items():
            if key not in _OURS:
                yield from _strings(inner, name or key)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, name)


def _is_searched(value: str) -> bool:
    bare = "".join(value.split())
    least = _SHORTEST_WIDE if any(ord(one) >= _WIDE for one in bare) else _SHORTEST
    return len(bare) >= least


def _folded(value: str) -> str:
    return " ".join(value.lower().split())


def _forms(value: str) -> Iterator[bytes]:
    """The bytes that a value may stand as; in a file, capital letters are made small, too."""
    plain = value.encode()
    for text in {value, _folded(value)}:
        yield from (text.encode(), json.dumps(text)[1:-1].encode(), quote(text).encode())
        yield from (text.encode("utf-16-le"), text.encode("utf-16-be"))
    yield from (plain.hex().encode(), quote(value).lower().encode(), *_base64(plain))
    if is_hex_digest(value):
        yield from (bytes.fromhex(value), *_base64(bytes.fromhex(value)))


def _base64(data: bytes) -> Iterator[bytes]:
    """What of the base64 of data tells it, wherever in three bytes it begins."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data)
        yield whole[(8 * before + 5) // 6 : 8 * (before + len(data)) // 6]


def _standing(reader: Reader) -> Iterator[Record]:
    """Every record that was not erased, with the values that it seals."""
    for table in READABLE:
        query = f"SELECT idx FROM {table} WHERE body IS NOT NULL ORDER BY idx"  # noqa: S608
        for (index,) in reader.connection.execute(query).fetchall():
            yield reader.stored(index)


def _elsewhere(files: Files) -> Iterator[str]:
    """The files that lie in no directory of this machine, by their digests."""
    if files.store.directory is None:
        yield from filter(None, map(digest_named, files.store.list()))


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path
