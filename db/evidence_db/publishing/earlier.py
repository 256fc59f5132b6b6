"""The editions that were published of a case: `editions.json` in it."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_chain.edition import note as notes
from evidence_chain.edition.bag import NOTE
from evidence_chain.errors import FormatError, ProofError, StorageError
from evidence_chain.log import b64
from evidence_chain.log.merkle import Frontier
from evidence_chain.regular import read_named
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evidence_chain.edition.note import EditionNote
    from evidence_db.reading.reader import Reader

FILE = "editions.json"
NEXT = "editions.next.json"
"""What the file will say once an edition is in its place."""
LARGEST = 64 << 20


@contextmanager
def publishing(root: Path) -> Iterator[None]:
    """Nobody else publishes from the case in `root` meanwhile.

    Raises:
        StorageError: somebody does.
    """
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(descriptor, root)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, root: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StorageError(
            f"Another edition of the case in {root} is being published. Wait until it is there, "
            "so that this one names it."
        ) from error


def settle(root: Path) -> None:
    """Find out whether an edition that was being put in its place got there, and keep it then.

    Raises:
        StorageError: what is kept of editions can't be read or written.
    """
    for one in _read(root / NEXT)[-1:]:
        if _is_there(one):
            _replace(root)
    (root / NEXT).unlink(missing_ok=True)


def _is_there(one: Mapping[str, Any]) -> bool:
    """Whether an edition stands where it was to be put."""
    try:
        note, _ = notes.read(read_named(Path(one["where"], NOTE), notes.LARGEST))
    except (OSError, FormatError):
        return False
    return bool(b64.encode(note.digest) == one["note"])


def earlier_editions(root: Path) -> list[dict[str, Any]]:
    """The editions of the case in `root`, ascending by when they were made.

    Each has `made`, `size`, `root` and `note` as edition.json has them, and `where` it was put;
    those that this version made also have what they withhold, and `subjects`, the ids of what they
    published.

    Raises:
        StorageError: what is kept of them can't be read.
    """
    return _read(root / FILE)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        said = json.loads(read_named(path, LARGEST))
        return sorted(said, key=lambda one: one["made"])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(
            f"What is kept of the earlier editions in {path} can't be read: {error}. Restore it "
            "from a copy: without it no edition can show that it goes on from them."
        ) from error


def check_earlier(reader: Reader, editions: list[dict[str, Any]]) -> None:
    """Every earlier edition is a beginning of this log.

    Raises:
        ProofError: one isn't: the log was changed since, or is another case's.
    """
    size = reader.size()
    for one in editions:
        within = one["size"] <= size
        root = Frontier.at(one["size"], reader.hash_at).root() if within else b""
        if b64.encode(root) != one["root"]:
            raise ProofError(
                f"The edition of {one['made']} ({counted(one['size'], 'entry')}) is no beginning "
                "of this log, so nothing was published: readers of both would find two logs of one "
                "name. Run `evidence verify`, and restore the case from a copy."
            )


@contextmanager
def remembered(
    root: Path, note: EditionNote, where: Path, said: Mapping[str, Any], subjects: Sequence[str]
) -> Iterator[None]:
    """Keep an edition that is put in its place meanwhile, whoever is killed when.

    Args:
        root: Where the case is.
        note: The edition's.
        where: Its place.
        said: What its edition.json says: of that is kept what it withholds.
        subjects: The ids of what it publishes.

    Raises:
        StorageError: it can't be kept.
    """
    doing = f"Keeping in {root} that the edition was made"
    temporary = root / f".{FILE}.{os.getpid()}"
    try:
        with open(temporary, "w", encoding="utf-8", opener=_private) as file:
            kept = _kept(note, where, said) | {"subjects": [*subjects]}
            json.dump([*earlier_editions(root), kept], file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(root / NEXT)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StorageError(f"{doing}: {error.strerror}. Nothing was published.") from error
    try:
        yield
    except BaseException:
        settle(root)
        raise
    _replace(root)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _replace(root: Path) -> None:
    try:
        (root / NEXT).rename(root / FILE)
    except OSError as error:
        raise StorageError(
            f"The edition is in its place, but {root / FILE} could not be written: "
            f"{error.strerror}. The next `evidence publish` tries again."
        ) from error


def _kept(note: EditionNote, where: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "made": note.made,
        "size": note.size,
        "root": b64.encode(note.root),
        "note": b64.encode(note.digest),
        "where": str(where.resolve()),
        "everywhere": said["everywhere"],
        "withheld": [{"idx": one["idx"], "fields": one["fields"]} for one in said["withheld"]],
    }
