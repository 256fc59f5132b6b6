"""The cases of millions of records: made once, kept in a directory, and used again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.measure import job

if TYPE_CHECKING:
    from pathlib import Path

PER_RECORD = 2_400
"""Bytes of disk that a record takes with its file, its rows and its share of the journal."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A directory of such cases, and how large they are."""

    directory: Path
    large: int
    """Records of the larger case."""
    small: int
    rounds: int
    """How often what is short is repeated."""

    def case(self, records: int) -> Path:
        """The directory of a case of about so many records, which is made where it is missing."""
        root = self.directory / f"case-{records}"
        if not root.is_dir():
            making = root.with_name(f"{root.name}.part")
            job("scaled.making:make_scaled", root=str(making), records=records)
            making.rename(root)
        return root

    def missing(self) -> int:
        """Bytes of disk that are needed for the cases that are still to be made."""
        wanted = (self.small, self.large)
        return PER_RECORD * sum(n for n in wanted if not (self.directory / f"case-{n}").is_dir())
