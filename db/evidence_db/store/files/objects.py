"""Preserved files as objects in a bucket, by `obstore`: named as in a directory, `AB/ABCD…`."""

from __future__ import annotations

import errno
import io
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from blake3 import blake3

from evidence_chain.digest import b3
from evidence_chain.errors import StorageError
from evidence_chain.objects.asking import RangeError, StoreError
from evidence_chain.objects.ranges import PIECE, Reader
from evidence_chain.objects.reading import Objects
from evidence_db.store.files.nearby import local_copy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evidence_chain.objects.address import Address
    from evidence_chain.objects.ranges import Piece
    from evidence_db.store.incoming import Incoming

ONE_REQUEST = 8 << 20
"""Bytes up to which a file is put by one request, which the store refuses if the name is taken."""
_PARTS, _AT_ONCE = 9_000, 4
"""Parts of an upload, and how many of them are under way."""
_STILL = "the store says that it removed a file, and has it still"
CLAIM = "claimed-by"
"""The object by which a case claims a prefix for itself."""


class ObjectStore(Objects):
    """Files in a bucket; a `FileStore`.

    Args:
        address: Where they are. Credentials come from the environment.
        near: A directory in which files may lie for a moment.
    """

    directory = None

    def __init__(self, address: Address, near: Path) -> None:
        super().__init__(address)
        self._near = near

    def __reduce__(self) -> tuple[type[ObjectStore], tuple[Address, Path]]:
        return ObjectStore, (self.address, self._near)

    def claim(self, by: str) -> None:
        """Claim the prefix for a case, once the store has shown that it overwrites nothing.

        Raises:
            StorageError: the store lets a name be taken twice, another case has the prefix, or it
                can't be asked.
        """
        mine = f"{by}\n{os.urandom(16).hex()}\n".encode()
        try:
            if not self._create(CLAIM, mine) and self._whole(CLAIM) != mine:
                raise StorageError(
                    f"{self.address} holds the files of a case already. Name another prefix: what "
                    "one case erases or tidies away, another would miss."
                )
            refused = not self._create(CLAIM, b"A second one.\n")
            if not refused or self._whole(CLAIM) != mine:
                self._delete(CLAIM)
                raise StorageError(
                    f"The store of {self.address} puts an object in the place of another though it "
                    "was told not to (If-None-Match: *). Files that are overwritten are lost, so "
                    "it can't be used."
                )
        except OSError as error:
            raise StorageError(f"{self.address} can't be used: {error.strerror}.") from error

    def unclaim(self) -> None:
        """Give the prefix up again, when the case could not be made. Raises `OSError`."""
        self._delete(CLAIM)

    def put(self, incoming: Incoming) -> bool:
        """Upload a received file, and read back what is there then."""
        digest = incoming.blake3
        try:
            new = self._upload(incoming)
            arrived = self._digest(digest)
        except OSError as error:
            raise StorageError(
                f"Preserving a file at {self.place(digest)} failed: {error.strerror}. Nothing was "
                "recorded."
            ) from error
        if arrived != digest and not new:
            raise StorageError(
                f"{self.place(digest)} is damaged: it is not the file that it is named after. "
                "Restore it from a copy, or remove it and add the file again."
            )
        if arrived != digest:
            with suppress(OSError):
                self.remove(digest)
            raise StorageError(
                f"{self.place(digest)} is not what was sent there. Nothing was recorded; try again."
            )
        return new

    def _upload(self, incoming: Incoming) -> bool:
        """Whether there was none of that name before.

        A large file goes up in parts, for which there is no condition: it is asked for before.
        """
        name = _name(incoming.blake3)
        if incoming.size <= ONE_REQUEST:
            return self._create(name, incoming.path.read_bytes())
        if self.exists(incoming.blake3):
            return False
        with self._asking(self.place(incoming.blake3)) as obstore:
            obstore.put(
                self._store,
                name,
                incoming.path,
                use_multipart=True,
                chunk_size=max(ONE_REQUEST, incoming.size // _PARTS),
                max_concurrency=_AT_ONCE,
            )
        return True

    def size(self, digest: str) -> int:
        """How many bytes a file has."""
        return int(self._head(digest)["size"])

    def version(self, digest: str) -> tuple[int, ...]:
        """Size, time of change and tag of an object."""
        return _version(self._head(digest))

    def exists(self, digest: str) -> bool:
        """Whether there is an object of this name."""
        try:
            self._head(digest)
        except FileNotFoundError:
            return False
        return True

    def read(self, digest: str, start: int, length: int) -> bytes:
        """The bytes of a file from `start` on."""
        try:
            return bytes(self.piece(_name(digest), start, length).content)
        except RangeError:
            return b""

    def open(self, digest: str) -> BinaryIO:
        """A file, of which a piece is fetched when it is read."""
        return cast("BinaryIO", io.BufferedReader(Reader(self, _name(digest))))

    def arriving(self, digest: str) -> tuple[int, Iterator[memoryview]]:
        """How many bytes a file has, and all of them; the first piece was fetched already."""
        first = self.first(_name(digest), PIECE)
        return first.size, self._pieces(_name(digest), first)

    def _pieces(self, name: str, first: Piece) -> Iterator[memoryview]:
        yield first.content
        start = len(first.content)
        while start < first.size:
            piece = self.piece(name, start, PIECE, first.tag).content
            yield piece
            start += len(piece)

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        """A file as it is now, fetched into a file that is removed afterwards."""
        with local_copy(self, digest, self._near) as path:
            yield path

    def list(self) -> Iterator[str]:
        """The names of all that lies under the prefix."""
        return (name for name, _ in self.versions())

    def versions(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The same, with size, time of change and tag."""
        listed = ((str(one["path"]), one) for one in self._listing())
        return ((name, _version(one)) for name, one in listed if name != CLAIM)

    def remove(self, digest: str) -> None:
        """Remove an object. What a bucket keeps of earlier versions it goes on keeping."""
        self._delete(_name(digest))
        if self.exists(digest):
            raise StoreError(errno.EIO, _STILL, self.place(digest))

    def place(self, digest: str) -> str:
        """The address of an object."""
        return f"{self.address}/{_name(digest)}"

    def _create(self, name: str, content: bytes) -> bool:
        """Put an object unless there is one; whether there was none."""
        with self._asking(f"{self.address}/{name}") as obstore:
            taken = obstore.exceptions.AlreadyExistsError, obstore.exceptions.PreconditionError
            try:
                obstore.put(self._store, name, content, mode="create", use_multipart=False)
            except taken:
                return False
        return True

    def _delete(self, name: str) -> None:
        with self._asking(f"{self.address}/{name}") as obstore:
            obstore.delete(self._store, name)

    def _head(self, digest: str) -> Any:  # noqa: ANN401 - obstore's ObjectMeta
        with self._asking(self.place(digest)) as obstore:
            return obstore.head(self._store, _name(digest))

    def _whole(self, name: str) -> bytes:
        return bytes(self.piece(name, 0, PIECE).content)

    def _digest(self, digest: str) -> str:
        state = blake3()
        for piece in self.arriving(digest)[1]:
            state.update(piece)
        return state.hexdigest()


def _version(meta: Any) -> tuple[int, ...]:  # noqa: ANN401 - obstore's ObjectMeta
    tag = int.from_bytes(b3(str(meta["e_tag"]).encode())[:8])
    return int(meta["size"]), int(meta["last_modified"].timestamp()), tag


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
