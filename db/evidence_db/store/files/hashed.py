"""What came of hashing preserved files, in the same words wherever they lie."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.objects.asking import StoreError
from evidence_chain.verify.report import Outcome
from evidence_db.store.files.interface import LARGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.store.intact import Expected

NO_DIGEST = "what its record names is no digest"
_OTHER = "its content is not what was preserved"
_UNREAD = "it was not read, because its size is not the recorded one"


@dataclass(slots=True)
class Hashed:
    """What came of hashing some files."""

    held: Counter[str] = field(default_factory=Counter)
    """How many files are as expected, by check."""
    problems: list[tuple[Expected, Outcome, str]] = field(default_factory=list)
    asked: Sequence[Expected] = ()
    """All of them, where that is told."""

    def tells_size(self, one: Expected, size: int) -> bool:
        """Whether a file needn't be read, because its size alone tells what is said of it."""
        if one.size is None:
            if size > LARGEST:
                long = f"it has {size:,} bytes, and {LARGEST:,} are the most that are read of it"
                self.problems.append((one, Outcome.NOT_CHECKED, long))
            return size > LARGEST
        if size == one.size:
            return False
        self.problems.append((one, Outcome.FAILED, _OTHER))
        if one.sha256 is not None:
            second = one._replace(check="file-sha256")
            self.problems.append((second, Outcome.NOT_CHECKED, _UNREAD))
        return True

    def compare(self, one: Expected, blake3: str, sha256: str | None) -> None:
        """Note what the digests of a file say, in hex; that by SHA-256 if it is expected."""
        if blake3 != one.blake3:
            self.problems.append((one, Outcome.FAILED, _OTHER))
        else:
            self.held[one.check] += 1
        if one.sha256 is None:
            return
        if sha256 == one.sha256:
            self.held["file-sha256"] += 1
        else:
            second = one._replace(check="file-sha256")
            said = "its SHA-256 is not the recorded one"
            self.problems.append((second, Outcome.FAILED, said))

    def tell(self, one: Expected, error: OSError) -> None:
        """Note why a file could not be read: nothing is known of one that isn't reached."""
        if isinstance(error, FileNotFoundError):
            self.problems.append((one, Outcome.NOT_CHECKED, "the file is not there"))
        elif isinstance(error, PermissionError):
            self.problems.append((one, Outcome.NOT_CHECKED, "access to the file was denied"))
        elif isinstance(error, StoreError):
            self.problems.append((one, Outcome.NOT_CHECKED, f"{error.strerror}"))
        else:
            self.problems.append((one, Outcome.FAILED, f"{error.strerror}"))

    def add(self, other: Hashed) -> None:
        """Take over what came of others."""
        self.held.update(other.held)
        self.problems += other.problems
