"""An edition in a bucket: listed once, and read from there object by object.

Its log is held in memory where it is small. What a program needs as a file is fetched into a
temporary directory that nobody else can read, and is gone afterwards.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from io import BufferedReader, BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import uuid4

from evidence_chain.edition.bag import TAGS
from evidence_chain.edition.fetched import fetched
from evidence_chain.edition.layout import DATABASE, LOG, Found, unreadable
from evidence_chain.errors import FormatError, InputError
from evidence_chain.objects.asking import ForeignNameError, StoreError
from evidence_chain.objects.ranges import Reader
from evidence_chain.objects.reading import Objects

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from evidence_chain.objects.address import Address

HELD = 64 << 20
"""Bytes up to which the log is held in memory; of a larger one what is needed is fetched."""
_READ_IN_PIECES = (LOG, DATABASE)
"""The files that are gone through several times, or by several machines."""
Known = tuple[int, str]
"""Size and tag of an object, as it was when it was first read."""


class Bucket:
    """An edition under an address; credentials come from the environment of each process.

    Args:
        address: Where it is.
        known: Objects that were read before, and must be the same still.
    """

    forks, is_far = False, True

    def __init__(self, address: Address, known: tuple[tuple[str, Known], ...] = ()) -> None:
        self.address = address
        self._objects = Objects(address)
        self._known = dict(known)
        self._found: list[Found] = []
        self._log: bytes | None = None
        self._checked = uuid4()
        """By which other processes know that a task is of the same check as another one."""

    def __reduce__(self) -> tuple[object, ...]:
        """For another process: it has to read the same log, and asks for it once."""
        known = tuple((path, self._known[path]) for path in _READ_IN_PIECES if path in self._known)
        return _again, (self.address, known, self._checked)

    def walk(self, most: int) -> Iterator[Found]:
        """All objects under the address, up to one more than `most`, listed once.

        Raises:
            StorageError: they can't be listed.
            InputError: none of them is of an edition.
            FormatError: one has a name that no file can have.
        """
        if not self._found:
            self._found = self._listed(most)
            names = {one.path for one in self._found}
            if len(self._found) <= most and not names & {*TAGS, LOG}:
                raise InputError(
                    f"There is no edition at {self.address}: neither edition.note nor bagit.txt "
                    "lies there. Name the prefix under which edition.note is."
                )
            for path in names.intersection(_READ_IN_PIECES):
                self._reader(path)
        yield from self._found

    def _listed(self, most: int) -> list[Found]:
        found: list[tuple[str, int]] = []
        try:
            for one in self._objects.listed():
                found.append(one)
                if len(found) > most:
                    break
        except ForeignNameError as error:
            raise FormatError(
                f"{self.address} holds {error.strerror}, which no edition has, and by which the "
                "list of what is there breaks off."
            ) from error
        except OSError as error:
            raise unreadable(str(self.address), error) from error
        folders = {above for path, _ in found for above in _above(path)}
        names: set[str] = set()
        listed: list[Found] = []
        for path, size in found:
            if path in names:
                listed.append(Found(path, "object with a name that another has, too"))
            elif size or path not in folders:  # else it marks a folder
                listed.append(Found(path, "file", size))
            names.add(path)
        return listed

    def open(self, path: str) -> BinaryIO:
        """An object, of which a piece is fetched when it is read; each time the same one."""
        reader = self._reader(path)
        if path != LOG or reader.size > HELD:
            return cast("BinaryIO", BufferedReader(reader))
        if self._log is None:
            self._log = BufferedReader(reader).read()
        return BytesIO(self._log)

    def _reader(self, path: str) -> Reader:
        try:
            reader = Reader(self._objects, path, self._known.get(path))
        except StoreError:
            raise
        except OSError as error:
            raise unreadable(path, error) from error
        if reader.tag is not None:
            self._known[path] = reader.size, reader.tag
        return reader

    @contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """An object as it is now, as a file that nobody else can read."""
        with self.open(path) as file:
            size = file.seek(0, 2)
            file.seek(0)
            with fetched(path, file, size) as copy:
                yield copy


@lru_cache(1)
def _again(address: Address, known: tuple[tuple[str, Known], ...], _: UUID) -> Bucket:
    """The same edition in another process, for one task of a check after the other."""
    return Bucket(address, known)


def _above(path: str) -> Iterator[str]:
    """The folders that a path is in, and the empty one."""
    yield ""
    yield from accumulate(path.split("/")[:-1], "{}/{}".format)
