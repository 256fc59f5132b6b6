"""What `evidence inspect --clean` writes: a copy of its own, never the file itself."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.inspect import Inspection, inspect
from evidence_chain.inspect import clean as cleaned_copy
from evidence_cli.terminal import flat, wrapped
from evidence_cli.views.published.inspected import Inspected, remaining

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evidence_cli.session import Session


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy without metadata."""

    path: Path
    left: list[str]
    """What could not be removed."""
    before: Inspection
    """What the original gives away."""
    again: Inspected
    """What the copy still gives away."""
    of: str | None
    """The record of the original, if it has one."""

    @property
    def id(self) -> str | None:
        """The record of the copy, if it is preserved."""
        return self.again.id

    def lines(self) -> Iterator[str]:
        """What came of it, for people."""
        yield ""
        recorded = f", preserved as artifact {self.id[:8]}, derived from it" if self.id else ""
        yield f"Wrote a copy without metadata to {flat(self.path)}{recorded}."
        for one in self.left:
            yield wrapped(one, "  ")
        yield from remaining(self.again.inspection, self.before)
        if self.of and not self.id:
            yield wrapped(
                "So the copy is not preserved in the case. Remove the rest in the program that "
                "made the file, save that, and preserve it: evidence add artifact FILE "
                f"--derives-from {self.of[:8]}",
                "  ",
            )

    def as_json(self) -> dict[str, Any]:
        """The same for `--json`."""
        return {
            "file": str(self.path),
            "id": self.id,
            "left": self.left,
            "findings": [one.as_json() for one in self.again.inspection.reveals],
            "not_checked": self.again.inspection.unchecked,
        }


def clean(session: Session, original: Inspected, to: Path) -> Copy:
    """Write a copy of a file without metadata, and inspect that.

    It is recorded if the file is, unless it still gives something away: what is preserved stays,
    and would keep the gate shut as the file does.

    Raises:
        ExtractionError: nothing here cleans such files, or this one is damaged.
        InputError: the copy can't be written.
    """
    with original.local() as path:
        made = cleaned_copy(path, original.name)
    try:
        descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made.content)
    except OSError as error:
        raise InputError(f"{to} can't be written: {error.strerror}.") from error
    try:
        found = inspect(to, to.name)
    except ExtractionError as error:
        found = Inspection("", [], [str(error)])
    is_clean = not found.reveals and not found.unchecked
    id_ = _record(session, original.id, to) if original.id and is_clean else None
    again = Inspected(str(to), lambda: nullcontext(to), found, id_)
    return Copy(to, made.left, original.inspection, again, original.id)


def _record(session: Session, original: str, path: Path) -> str:
    from evidence_db.recording.adding import add_artifact, add_link

    case = session.case()
    with case.files.receive(path) as incoming, session.writer(case) as writer:
        recorded = add_artifact(writer, incoming, path.name, {})
        if recorded.id != original:
            add_link(writer, "derives-from", recorded.id, original)
    return recorded.id
