"""Where the benchmarks work, how large they are, and the cases that they share."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.measure import Run, job

if TYPE_CHECKING:
    from pathlib import Path

PER_RECORD = 12_000
"""Bytes of disk that a record takes at most: twice in a database, once in SQLite's journal."""
PER_LINKED_RECORD = 18_000
"""The same of a record with its links, once in the database and once in SQLite's journal."""
FULL_RECORDS = 1_000_000
FULL_LINKS = (30, 300)
FULL_ROUNDS = 3
PUBLISHED = (100_000, 2_000, 1 << 20)
"""Records, preserved files and the size of each, of the case that is published."""
READ = (10_000, 200, 1 << 20)
"""The same of the edition that is checked in a browser."""
LARGE, MEDIUM, SMALL = (1, 4 << 30), (10_000, 100_000), (200_000, 2_000)
"""Number of preserved files, and the size of each in bytes."""
_PER_PASSAGE = 9
"""Passages that share one preserved file in the invented case."""


@dataclass
class Workbench:
    """Sizes, a directory, and cases in it that are made when they are first asked for."""

    directory: Path
    records: int
    links: tuple[int, ...]
    files: float
    """Share of the full number of files, and of the size of the large one."""
    rounds: int
    """How often what is short is repeated."""
    _imports: dict[int, Run] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether this is the size that the aims are meant for."""
        enough = self.records >= FULL_RECORDS and self.files >= 1 and self.rounds >= FULL_ROUNDS
        return enough and self.links == FULL_LINKS

    @property
    def share(self) -> float:
        """How large this run is, of the size that the aims are meant for."""
        return min(1.0, self.files, self.records / FULL_RECORDS)

    @property
    def sizes(self) -> list[int]:
        """Records of the cases: a thousandth of the largest, if that has room, and a tenth."""
        least = least_records(self.links)
        return sorted({max(least, self.records // part) for part in (1000, 10, 1)})

    def turns(self, most: int) -> int:
        """How often what is over in a moment is repeated; once, where everything is."""
        return most * self.rounds if self.rounds > 1 else 1

    def case(self, records: int) -> str:
        """The directory of a case of so many records."""
        self.imported(records)
        return str(self.directory / f"case-{records}")

    def imported(self, records: int) -> Run:
        """How long the bulk import took that made the case of so many records."""
        if records not in self._imports:
            root = self.directory / f"case-{records}"
            self._imports[records] = job(
                "importing:import_records", root=str(root), records=records, links=self.links
            )
        return self._imports[records]

    def scaled(self, count: int, size: int) -> tuple[int, int]:
        """Number and size of files as they are measured in this run."""
        if count == 1:
            return 1, max(1, int(size * self.files))
        return max(1, int(count * self.files)), size

    def remove(self, name: str) -> None:
        """Remove a directory that is no longer needed."""
        shutil.rmtree(self.directory / name)


def least_records(links: tuple[int, ...]) -> int:
    """Records that the claims with these numbers of links take."""
    return sum(1 + 2 * count + -(-count // _PER_PASSAGE) for count in links)
