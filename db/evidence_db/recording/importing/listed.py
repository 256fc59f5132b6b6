"""What is to be imported, whichever way it is listed: JSON, a table, or a folder of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_db.recording.importing.case_file import LISTS, read_case_file
from evidence_db.recording.importing.csv_file import read_csv_file
from evidence_db.recording.importing.folder import read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_db.recording.importing.case_file import Item

_TABLES = (".csv", ".tsv")


class Listed(NamedTuple):
    """Lists of what is to be recorded (`case_file`)."""

    directory: Path
    """What the names of files are relative to."""
    lists: dict[str, list[Item]]
    unknown: set[str]
    """Keys and columns that nothing reads."""
    left_out: set[str]
    """Files that are not taken."""


def read_listed(path: Path) -> Listed:
    """The lists of a folder, of a table whose name ends in .csv or .tsv, or else of a case file.

    Raises:
        InputError: it can't be read, or is malformed.
    """
    unknown, left_out = set[str](), set[str]()
    if path.is_dir():
        lists, left_out = read_folder(path)
        return Listed(path, _all(lists), unknown, left_out)
    read = read_csv_file if path.suffix.lower() in _TABLES else read_case_file
    lists, unknown = read(path)
    return Listed(path.parent, _all(lists), unknown, left_out)


def _all(lists: dict[str, list[Item]]) -> dict[str, list[Item]]:
    return {name: lists.get(name, []) for name in LISTS}
