"""What a preserved file gives away, asked once for each content."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError, StorageError
from evidence_chain.inspect import Inspection, inspect
from evidence_db.store.files import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files

_KEPT = 64
_kept: OrderedDict[tuple[str, str], Inspection] = OrderedDict()
_lock = Lock()


def inspect_preserved(files: Files, document: Record) -> Inspection:
    """Look into a preserved file, which is what its digest says.

    What could not be looked into at all is among what is `unchecked`.

    Args:
        files: The preserved files of the case.
        document: The record of the file.

    Raises:
        StorageError: the file is not here, or is not intact.
    """
    digest, name = str(document.body.get("blake3")), called(document)
    with _checked(files, document, digest) as path:
        with _lock:
            if (known := _kept.get((digest, name))) is not None:
                return known
        try:
            found = inspect(path, name)
        except ExtractionError as error:
            return Inspection(str(document.body.get("media_type")), [], [str(error)])
    with _lock:
        _kept[digest, name] = found
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


def called(document: Record) -> str:
    """What a file is called."""
    return str(document.body.get("filename") or document.id[:8])


@contextmanager
def _checked(files: Files, document: Record, digest: str) -> Iterator[Path]:
    stack = ExitStack()
    try:
        path = stack.enter_context(files.checked(digest, document.body.get("size")))
    except OSError as error:
        raise StorageError(
            f"The preserved file of {document.name} can't be inspected: {error.strerror}. Put it "
            "back: `evidence add artifact FILE`."
        ) from error
    except DamagedError as error:
        raise StorageError(
            f"The preserved file of {document.name} is not intact, so it is not inspected. Restore "
            "it from a copy, and run `evidence verify`."
        ) from error
    with stack:
        yield path
