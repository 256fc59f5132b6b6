"""What is to be published, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from evidence_chain.edition.note import EditionNote
    from evidence_chain.log.key import VerifierKey
    from evidence_db.publishing.gate.gate import Line
    from evidence_db.publishing.leaks.report import Searched
    from evidence_db.publishing.policy import Policy
    from evidence_db.publishing.withholding.decisions import Decision
    from evidence_db.publishing.withholding.selection import Selection


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be published, and how it came through the gate."""

    target: Path
    made: str
    """`YYYY-MM-DDTHH:MM:SSZ`: the publisher's word."""
    selection: Selection
    policy: Policy
    gate: Sequence[Line] = ()
    size: int | None = None
    """Entries of the log that went through the gate, if it is held to that."""
    site: Callable[[Unsealed], None] | None = None
    """Writes pages into the edition, if they are asked for."""
    despite: Sequence[str] = ()
    """References of preserved files that are disclosed though what is withheld stands in them."""
    decided: Sequence[Decision] | None = None
    """What was decided until it went through the gate, if it is held to that and the policy."""


class Unsealed(NamedTuple):
    """An edition of which all is written but what seals it, for whoever writes its pages."""

    path: Path
    said: Mapping[str, Any]
    """What edition.json will say."""
    put: Callable[[str, bytes], None]
    """Writes a file below `data/site/`, by its name there."""
    progress: Callable[[str, int, int], None]


class Published(NamedTuple):
    """An edition that was written."""

    note: EditionNote
    counts: Mapping[str, int]
    claims: int
    files: int
    size: int
    key: VerifierKey
    """Whose signature it has."""
    everywhere: Sequence[str]
    """The fields that are withheld in every record."""
    searched: Searched
    """What the search for what is withheld found."""
    subjects: Sequence[str] = ()
    """The ids of the claims that it publishes, and of the files that it hands out."""
    removed: Sequence[Path] = ()
    """What killed runs had left beside the target."""
