"""Files on their way into a case: copied under a temporary name, digested, synced to the disk.

Each process has a room of its own for them, `artifacts/.incoming-…`, a directory that it locks.
The system lets go of the lock when the process ends, however it ends: a room that nobody has
locked was left by a crash, whatever any clock says.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import shlex
import shutil
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from blake3 import blake3

from evidence_chain.errors import InputError, StorageError
from evidence_chain.extract.sniffing import HEAD, TAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 20
PREFIX = ".incoming-"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A complete, synced copy of a file under a temporary name, not yet part of the case."""

    path: Path
    blake3: str
    sha256: str
    size: int
    head: bytes
    tail: bytes
    """Its last bytes, as many as tell whether it is another type as well."""


class Arrivals:
    """What this process copies into the case whose preserved files are in `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._room = root
        self._lock = -1
        self._owner = 0
        self._inside = 0

    @contextmanager
    def copied(self, chunks: Iterator[bytes], source: Path) -> Iterator[Incoming]:
        """A copy of what `chunks` yields; it is gone at the end unless it was renamed.

        Raises:
            InputError: there is nothing in it.
            StorageError: it can't be written.
        """
        with self._entered(source) as room:
            path = room / os.urandom(8).hex()
            try:
                with writing(path):
                    incoming = _copy(chunks, path, source)
                yield incoming
            finally:
                path.unlink(missing_ok=True)

    @contextmanager
    def _entered(self, source: Path) -> Iterator[Path]:
        """The room of this process, which is there as long as a copy is in it."""
        if not self._inside or self._owner != os.getpid():
            with writing(self.root / source.name):
                self.root.mkdir(mode=0o700, exist_ok=True)
                for left in left_rooms(self.root):
                    shutil.rmtree(left)
                self._room, self._lock = locked_directory(self.root)
            self._owner, self._inside = os.getpid(), 0
        self._inside += 1
        try:
            yield self._room
        finally:
            self._inside -= 1
            if not self._inside:
                with suppress(OSError):
                    self._room.rmdir()
                os.close(self._lock)


def _copy(chunks: Iterator[bytes], path: Path, source: Path) -> Incoming:
    b3, sha, size, head, tail = blake3(), hashlib.sha256(), 0, b"", b""
    with path.open("xb") as copy:
        os.fchmod(copy.fileno(), 0o400)
        for chunk in chunks:
            copy.write(chunk)
            b3.update(chunk)
            sha.update(chunk)
            size += len(chunk)
            head += chunk[: HEAD - len(head)]
            tail = (tail + chunk)[-TAIL:]
        if not size:
            raise InputError(f"{source} is empty: there is nothing to preserve in it.")
        copy.flush()
        os.fsync(copy.fileno())
    return Incoming(path, b3.hexdigest(), sha.hexdigest(), size, head, tail)


def left_rooms(root: Path) -> Iterator[Path]:
    """The rooms that crashes left in `root`, each locked while it is looked at."""
    for path in sorted(root.glob(PREFIX + "*")):
        with claimed(path) as lock:
            if lock is not None:
                yield path


def locked_directory(root: Path) -> tuple[Path, int]:
    """Make a room in `root`, and lock it. Returns it and the descriptor that holds the lock."""
    while True:
        path = root / f"{PREFIX}{os.urandom(8).hex()}"
        path.mkdir(mode=0o700)
        with suppress(FileNotFoundError):  # somebody took it for left before it was locked
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            with suppress(OSError):  # where there are no locks, nothing is taken for left
                fcntl.flock(lock, fcntl.LOCK_EX)
            if is_at(path, lock):
                return path, lock
            os.close(lock)


@contextmanager
def room_in(root: Path) -> Iterator[Path]:
    """A room for what is needed for a moment: in `root`, or where the system has such things.

    The latter where nothing may be written in `root`, as in a case that is only read.
    """
    try:
        path, lock = locked_directory(root)
    except OSError:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="evidence-") as name:
            yield Path(name)
        return
    try:
        yield path
    finally:
        shutil.rmtree(path)
        os.close(lock)


@contextmanager
def claimed(directory: Path) -> Iterator[int | None]:
    """A descriptor that locks a directory; `None` if somebody alive has locked it."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(directory, flags)
    except OSError:
        yield None
        return
    try:
        yield descriptor if _locked(descriptor) and is_at(directory, descriptor) else None
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_at(path: Path, descriptor: int) -> bool:
    """Whether what is open is still what lies at `path`."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def refuse_address(name: str) -> None:
    """Tell who names an address on the web how to preserve it; a path has lost a slash of it.

    Raises:
        InputError: it is one.
    """
    if address := re.match("(https?):/+(.*)", name, re.DOTALL | re.IGNORECASE):
        url = f"{address[1]}://{address[2]}"
        raise InputError(
            f"{url} is an address on the web, and no file or document that is here has it. "
            f"`evidence capture {shlex.quote(url)}` gets the page and preserves it. Or save it "
            "yourself as a web archive (.wacz or .warc), or from the browser as one HTML file or "
            "PDF, and then `evidence add artifact FILE --url ADDRESS`."
        )


def shown_name(path: Path) -> str:
    """The path of a file, bytes that are no text as escapes."""
    return os.fsencode(path).decode(errors="backslashreplace")


def check_name(source: Path) -> None:
    """Raise `InputError` for a name that no record can hold, since its bytes are no text."""
    try:
        source.name.encode()
    except UnicodeEncodeError:
        raise InputError(
            f"The name of the file {shown_name(source)} can't be read: it is not valid UTF-8. "
            "Rename a copy of it, and add that. Nothing was recorded."
        ) from None


@contextmanager
def opened(source: Path) -> Iterator[int]:
    """A descriptor of a regular file that the user named.

    Raises:
        InputError: there is no such file, it is no regular file, or unreadable.
    """
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        refuse_address(str(source))
        raise InputError(f"There is no file {shown_name(source)}. Check the path.") from None
    except OSError as error:
        raise InputError(f"{source} can't be read: {error.strerror}.") from error
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise InputError(f"{source} is a directory. Name the files in it.")
        if not stat.S_ISREG(mode):
            raise InputError(f"{source} is a device or pipe, not a file that can be preserved.")
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Errors of the disk while a file is preserved at `path`, in words."""
    try:
        yield
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else error.strerror
        raise StorageError(
            f"Preserving a file at {path} failed: {reason}. Nothing was recorded."
        ) from error
