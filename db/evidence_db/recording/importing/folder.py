"""A folder of documents, each of which is preserved under its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.edition.layout import is_left_behind
from evidence_chain.errors import InputError

if TYPE_CHECKING:
    from evidence_db.recording.importing.case_file import Item

MOST = 10_000
"""Files that one folder may have, with those in folders within it."""


def read_folder(path: Path) -> tuple[dict[str, list[Item]], set[str]]:
    """The lists of a case file that a folder amounts to, and the files that are left out.

    Left out are what an operating system leaves, hidden files, and links, which may lead anywhere.

    Raises:
        InputError: it can't be read, holds no file, or more than `MOST`.
    """
    documents: list[Item] = []
    left: set[str] = set()
    for folder, folders, names in os.walk(path, onerror=_raise):
        left |= {_relative(path, folder, name) for name in folders if _is_left_out(folder, name)}
        folders[:] = sorted(name for name in folders if not _is_left_out(folder, name))
        for name in sorted(names):
            file = _relative(path, folder, name)
            if _is_left_out(folder, name):
                left.add(file)
            else:
                documents.append({"key": file, "file": file})
        if len(documents) > MOST:
            raise InputError(f"The folder {path} has more than {MOST:,} files. Divide it.")
    if not documents:
        raise InputError(f"The folder {path} has no file that could be preserved.")
    return {"documents": documents}, left


def _relative(path: Path, folder: str, name: str) -> str:
    return (Path(folder) / name).relative_to(path).as_posix()


def _is_left_out(folder: str, name: str) -> bool:
    is_link = (Path(folder) / name).is_symlink()
    return is_link or name.startswith(".") or is_left_behind(name)


def _raise(error: OSError) -> None:
    raise InputError(f"{error.filename} can't be read: {error.strerror}.") from error
