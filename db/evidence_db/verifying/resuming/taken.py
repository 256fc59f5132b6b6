"""How much was taken over from an earlier verification, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence_chain.wording.moment import instant
from evidence_chain.wording.plural import counted


@dataclass
class Taken:
    """What was not read, because an earlier verification read it."""

    files: int = 0
    """Preserved files, text streams and pictures of passages."""
    documents: int = 0
    """Preserved files of which neither passages nor the type were looked at."""
    passages: int = 0
    """The passages in those."""
    first: int | None = None
    """The oldest look at one of them, in seconds since 1970."""
    last: int | None = None

    def add(self, at: int, *, files: int = 0, documents: int = 0, passages: int = 0) -> None:
        """Count what was looked at then."""
        self.files, self.documents = self.files + files, self.documents + documents
        self.passages += passages
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)

    def __str__(self) -> str:
        """What was not checked, and why not, for a finding."""
        if self.first is None or self.last is None:
            return "nothing was taken over."
        of = ""
        if self.documents:
            inside = f" and {counted(self.passages, 'passage')} there" if self.passages else ""
            of = f", nor the type of {self.documents:,}{inside}"
        since = instant(self.first)
        until = f" to {instant(self.last)}" if self.last != self.first else ""
        return (
            f"the digests of {counted(self.files, 'file')} were not checked in this run{of}. A "
            f"verification that broke off found that they hold ({since}{until}), and by size, "
            "times and place on the disk, or tag in the store, they are the same since. Bytes can "
            "be changed all the same: `evidence verify` reads them all."
        )

    def as_json(self) -> dict[str, Any]:
        """The numbers by name, and the times in UTC."""
        return {
            "files": self.files,
            "documents": self.documents,
            "passages": self.passages,
            "first": None if self.first is None else instant(self.first),
            "last": None if self.last is None else instant(self.last),
        }
