"""The editions that were published of a case: `editions.json` in it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import ProofError, StorageError
from evidence_chain.log import b64
from evidence_chain.log.merkle import Frontier
from evidence_chain.regular import read_named

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.edition.note import EditionNote
    from evidence_db.reading.reader import Reader

FILE = "editions.json"
LARGEST = 64 << 20


def earlier_editions(root: Path) -> list[dict[str, Any]]:
    """The editions of the case in `root`, ascending by when they were made.

    Each has `made`, `size`, `root` and `note` as edition.json has them, and `where` it was put.

    Raises:
        StorageError: what is kept of them can't be read.
    """
    path = root / FILE
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
                f"The edition of {one['made']} ({one['size']:,} entries) is no beginning of this "
                "log, so nothing was published: readers of both would find two logs of one name. "
                "Run `evidence verify`, and restore the case from a copy."
            )


def remember(root: Path, note: EditionNote, where: Path) -> None:
    """Keep an edition that was published.

    Raises:
        StorageError: it can't be written.
    """
    path, temporary = root / FILE, root / f".{FILE}.{os.getpid()}"
    kept = [*earlier_editions(root), _kept(note, where)]
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StorageError(
            f"The edition is written, but {path} could not be: {error.strerror}. Publish it again "
            "before the next one, so that the next one names it."
        ) from error


def _kept(note: EditionNote, where: Path) -> dict[str, Any]:
    return {
        "made": note.made,
        "size": note.size,
        "root": b64.encode(note.root),
        "note": b64.encode(note.digest),
        "where": str(where.absolute()),
    }
