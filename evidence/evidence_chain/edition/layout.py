"""Which files an edition has, and how they may be called (docs/edition.md, section 1)."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from evidence_chain.edition.bag import NOTE, TAGS
from evidence_chain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 200
"""Bytes of a path."""
UNREADABLE = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile)
"""What reading an open file of an edition may raise."""
LOG, DATABASE, DESCRIPTION = "data/log.jsonl", "data/evidence.db", "data/edition.json"
CHECKPOINT = "data/checkpoint"
VERIFIER, README = "data/verify.html", "data/README.txt"
METADATA = "data/datasette-metadata.json"
SITE = "data/site/"
WORD = (README, VERIFIER, METADATA)
"""The publisher's word: signed, and compared with nothing; so is all of `data/site/`."""
ALWAYS = (*TAGS, LOG, DATABASE, DESCRIPTION, CHECKPOINT, *WORD)
_FURTHER = re.compile(
    r"data/(?:checkpoints/[1-9][0-9]*|timestamps/[1-9][0-9]*-[1-9][0-9]*\.tsr"
    r"|tile/(?:entries|[0-9]|[1-9][0-9])/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?"
    r"|artifacts/([0-9a-f]{2})/\1[0-9a-f]{62}|proofs/[0-9a-f]{64}\.tlog-proof|site/.+)"
)
_PART = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_LEFT_BEHIND = re.compile(
    r"(?i)(?:\.DS_Store|\._.*|\.Spotlight-V100|\.Trashes|\.fseventsd|\.TemporaryItems|\.localized"
    r"|\.AppleDouble|__MACOSX|\.directory|Thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini"
    r"|\$RECYCLE\.BIN|System Volume Information|lost\+found|@eaDir|Icon\r)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at a path of an edition."""

    path: str
    sort: str
    """`file`, `empty directory`, `link`, or what else it is."""
    size: int = 0


def unreadable(what: str, error: OSError) -> StorageError:
    """What is told of what can't be opened."""
    return StorageError(f"Reading the edition: {what} can't be read: {error.strerror}.")


def is_left_behind(path: str) -> bool:
    """Whether an operating system or file manager leaves files of this name."""
    return any(_LEFT_BEHIND.fullmatch(part) for part in path.split("/"))


def is_part(name: str) -> bool:
    """Whether a part of a path may be called so."""
    return _PART.fullmatch(name) is not None


def problems(found: Iterable[Found]) -> Iterator[tuple[str, str]]:
    """Yield path and description of whatever has no place in an edition, or is missing."""
    there = list(found)
    paths = [one.path for one in there]
    for one in there:
        if problem := _misplaced(one):
            yield one.path, problem
    for path in _clashing(paths):
        yield path, "another name differs from it in case alone."
    known = set(paths)
    for path in ALWAYS:
        if path not in known:
            yield path, "it is missing, and no edition is without it."
    for folder in ("data/checkpoints/", "data/tile/"):
        if not any(path.startswith(folder) for path in paths):
            yield folder, "it is missing or empty, and no edition is without it."


def _misplaced(one: Found) -> str | None:
    if is_left_behind(one.path):
        return (
            "an operating system or file manager left it, and it is no part of what was signed. "
            "Remove it and check again."
        )
    if one.sort != "file":
        return f"what is there is no plain file ({one.sort}), and an edition has those alone."
    if problem := _misnamed(one.path):
        return problem
    if one.path in ALWAYS or _FURTHER.fullmatch(one.path):
        return None
    return "no edition has such a file."


def _misnamed(path: str) -> str | None:
    if len(path.encode(errors="replace")) > LONGEST:
        return f"its path has more than {LONGEST} bytes."
    for part in path.split("/"):
        if not is_part(part):
            return "its name has characters, or points at an end, that no name in an edition has."
        if _DEVICE.fullmatch(part):
            return "it is named as a device of Windows."
    return None


def _clashing(paths: Iterable[str]) -> list[str]:
    """Paths, and folders of paths, that equal others but for case."""
    every = {whole for path in paths for whole in accumulate(path.split("/"), "{}/{}".format)}
    counts = Counter(path.casefold() for path in every)
    return sorted(path for path in every if counts[path.casefold()] > 1)


def folder(path: str) -> str:
    """The first folder below `data/` that a path is in, or the path itself."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else path


__all__ = ["ALWAYS", "NOTE", "Found", "folder", "is_left_behind", "problems"]
