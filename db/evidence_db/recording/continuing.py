"""No second log by accident: one case for an origin, which goes on from what was signed here."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, KeyFileError, ProofError
from evidence_chain.log.merkle import Frontier
from evidence_chain.regular import read_named
from evidence_chain.wording.plural import counted
from evidence_db.case import Case
from evidence_db.store.keys.key_file import kept_checkpoint, key_path, named_after

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.store.keys.key_file import Kept

_LARGEST = 1 << 16
"""Bytes that are read of a path."""


def refuse_other_log(reader: Reader) -> None:
    """Refuse a log that does not go on from the checkpoint that is kept beside the key.

    Where none is kept, as without the key, this can't be told.

    Raises:
        ProofError: it does not go on from it.
        KeyFileError: what is kept can't be read.
    """
    kept = kept_checkpoint(reader.info().origin)
    if kept is None:
        return
    size = reader.size()
    if size < kept.checkpoint.size:
        raise ProofError(_refusal(kept, f"the log here has {counted(size, 'entry')}"))
    if Frontier.at(kept.checkpoint.size, reader.hash_at).root() != kept.checkpoint.root:
        raise ProofError(_refusal(kept, "the entries here that it covers are others"))


def _refusal(kept: Kept, found: str) -> str:
    covered = counted(kept.checkpoint.size, "entry")
    return (
        "Nothing was recorded or signed, because this log does not go on from the newest "
        f"checkpoint that was signed here: that one covers {covered}, and {found}. So this "
        "is an older copy of the case, or another one of the same origin, and "
        "what is signed in both would make two logs of one name. Go on in the case that was "
        "signed last, or in a copy of it, in a new directory (`evidence copy`). If its entries "
        f"are lost for good, move {kept.path} away: readers who have that checkpoint will see "
        "that the log was begun anew (docs/backup.md)."
    )


def remember_begun(origin: str, root: Path) -> None:
    """Remember beside the key in which directory its case was made.

    Raises:
        KeyFileError: it can't be written.
    """
    path = _begun_path(origin)
    try:
        path.write_bytes(os.fsencode(root))
        path.chmod(0o600)
    except OSError as error:
        raise KeyFileError(
            f"Where the case is can't be kept beside its key, in {path}: {error.strerror}."
        ) from error


def second_case(origin: str) -> str:
    """What to say to somebody who begins a log whose key was there already.

    Its case is likely to be there, too. Signed once, either would be closed for ever: it doesn't go
    on from the other.
    """
    begun = _read_begun(origin)
    there = f"There is a signing key for {origin} already: {key_path(origin)}."
    if begun is not None and _origin_of(begun) == origin:
        there = f"{origin} is the origin of the case in {begun} already."
    return (
        f"{there} Once one of two cases of an origin is signed, nothing more can be recorded in "
        "the other. Go on in the case that is there, or choose another origin for this one; if "
        "that case is gone for good, this one takes its place."
    )


def _begun_path(origin: str) -> Path:
    return named_after(origin, "case")


def _read_begun(origin: str) -> Path | None:
    with suppress(OSError):
        return Path(os.fsdecode(read_named(_begun_path(origin), _LARGEST)))
    return None


def _origin_of(root: Path) -> str | None:
    """The origin of the case in a directory; None where there is none that can be read."""
    with suppress(EvidenceError), Case(root).reader() as reader:
        return reader.info().origin
    return None
