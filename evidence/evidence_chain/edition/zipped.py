"""An edition in a ZIP, which is unpacked nowhere but for a file that a program needs."""

from __future__ import annotations

import stat
import weakref
import zipfile
from contextlib import contextmanager
from io import BufferedReader, BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO

from evidence_chain.edition.fetched import fetched
from evidence_chain.edition.layout import LOG, UNREADABLE, Found, is_part
from evidence_chain.errors import FormatError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD = 2 << 30
"""Bytes of the log that are held in memory when it is read out of a ZIP."""
_LIST = 160 << 20
"""Bytes of the list of files that a ZIP has at its end: those of a million files."""


class _Listed(BufferedReader):
    """A ZIP of which the list of files is read only if there is room for it."""

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, which `zipfile` takes from the ZIP itself.

        Raises:
            BadZipFile: they are more than a list of files has.
        """
        if size is not None and size > _LIST:
            raise zipfile.BadZipFile(f"its list of files has more than {_LIST >> 20} MiB")
        return super().read(size)


class Zipped:
    """An edition in a ZIP, at its top or in the one folder that it has."""

    forks, is_far = False, False

    def __init__(self, path: Path, largest: int = 16 << 30) -> None:
        self._file = path
        self._log = b""
        try:
            listed = _Listed(path.open("rb", buffering=0))
            weakref.finalize(self, listed.close)
            self._archive = zipfile.ZipFile(listed)
        except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
            raise FormatError(f"The ZIP {path} can't be read: {error}.") from error
        members = self._archive.infolist()
        self._top = _top_of([member.filename for member in members])
        self._members = {member.filename.removeprefix(self._top): member for member in members}
        self._twice = len({member.filename for member in members}) < len(members)
        if sum(member.file_size for member in members) > largest:
            raise FormatError(
                f"The ZIP {path} would unpack to more than {largest >> 30} GiB. Unpack it yourself "
                "where there is room, and check the directory."
            )

    def walk(self, most: int) -> Iterator[Found]:
        """Its members, up to one more than `most`."""
        if self._twice:
            yield Found("", "ZIP that has two files of one name")
        folders = {path.rpartition("/")[0] for path in self._members if not path.endswith("/")}
        above = {"", *(whole for one in folders for whole in accumulate(one.split("/"), _joined))}
        for path, member in list(self._members.items())[: most + 1]:
            if not member.is_dir():
                yield Found(path, _sort_of(member), member.file_size)
            elif path.removesuffix("/") not in above:
                yield Found(path.removesuffix("/"), "empty directory")

    def open(self, path: str) -> BinaryIO:
        """A member, read as it is unpacked and no further than its size."""
        if path == LOG and path in self._members:
            self._log = self._log or self._unpacked(path)
            return BytesIO(self._log)
        return self._opened(path)

    @contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """A member, unpacked into a file that nobody else can read."""
        size = self._members[path].file_size if path in self._members else 0
        with self._opened(path) as file, fetched(path, file, size) as copy:
            yield copy

    def _unpacked(self, path: str) -> bytes:
        """A member that is gone through more than once, and out of order."""
        if self._members[path].file_size > HELD:
            raise StorageError(
                f"Reading the edition: {path} is larger than {HELD >> 30} GiB, which is too large "
                "to be read in a ZIP. Unpack it yourself, and check the directory."
            )
        try:
            with self._opened(path) as file:
                return file.read()
        except UNREADABLE as error:
            raise StorageError(f"Reading the edition: {path} can't be read: {error}.") from error

    def _opened(self, path: str) -> BinaryIO:
        try:
            return self._archive.open(self._members[path])  # type: ignore[return-value]
        except (KeyError, OSError, RuntimeError, ValueError, NotImplementedError) as error:
            raise StorageError(f"Reading the edition: {path} can't be read: {error}.") from error
        except zipfile.BadZipFile as error:
            raise StorageError(f"Reading the edition: {path} is damaged: {error}.") from error


def _sort_of(member: zipfile.ZipInfo) -> str:
    """What a member of a ZIP is, of which only plain files can be in an edition."""
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return "link or device"
    if member.flag_bits & 1:
        return "encrypted file"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "file packed otherwise than by Deflate"
    return "file"


def _joined(one: str, other: str) -> str:
    return f"{one}/{other}"


def _top_of(names: list[str]) -> str:
    """The folder that everything in a ZIP lies in, with its slash, if there is one."""
    if "bagit.txt" in names or not names:
        return ""
    top = names[0].split("/")[0] + "/"
    is_one = is_part(top[:-1]) and all(name.startswith(top) for name in names)
    return top if is_one else ""
