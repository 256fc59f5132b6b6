"""What is kept beside a case while something of it is erased, so that a crash leaves no half."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import StorageError
from evidence_chain.regular import read_named
from evidence_db.reading.notices.erasures import erasures

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_db.reading.reader import Reader

_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An erasing that was begun."""

    records: list[str]
    """The ids of the records that are erased."""
    files: list[str]
    """The digests of the files that go with them."""

    def is_recorded(self, reader: Reader) -> bool:
        """Whether the log says that they were erased; if it doesn't, nothing was done yet."""
        places = reader.places(self.records)
        return {place.index for place in places.values()} <= erasures(reader.connection).keys()

    def as_json(self) -> str:
        """What is kept."""
        return json.dumps({"records": self.records, "files": self.files})


def read_unfinished(path: Path) -> Unfinished | None:
    """The erasing that is kept at `path`; `None` if none was begun, or all was completed.

    Raises:
        StorageError: what is kept can't be read.
    """
    try:
        said = json.loads(read_named(path, _LARGEST))
        records, files = said["records"], said["files"]
        if records and all(map(is_hex_digest, [*records, *files])):
            return Unfinished(records, files)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = str(error)
    else:
        why = "it names no records and files"
    raise StorageError(
        f"What was being erased is kept in {path}, and can't be read: {why}. Erase the record "
        "again, and remove that file."
    )
