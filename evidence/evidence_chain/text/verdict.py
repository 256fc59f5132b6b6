"""What a comparison of a quote with a stream found (docs/format.md, section 7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

RULES_VERSION = "3"
"""The rules of matching and the folds. A change that could change any verdict is a new version."""


class Status(StrEnum):
    """What the comparison of a quote with a stream found."""

    VERBATIM = "verbatim"
    NORMALISED = "normalised"
    ELIDED = "elided"
    BRACKETED = "bracketed"
    ALTERED = "altered"
    MISSING = "missing"
    INVALID = "invalid"
    UNVERIFIABLE = "unverifiable"


SAME = (Status.VERBATIM, Status.NORMALISED)
"""The statuses that say: these words stand there."""
STANDS = (*SAME, Status.ELIDED, Status.BRACKETED)
"""And these too, but for what the writer marked as left out or put in."""
SIGN_OFF = frozenset(
    {
        "bidi-control",
        "zero-width",
        "short",
        "omits-negation",
        "negation-unsure",
        "hyphen-unsure",
        "omits-number",
        "omits-redaction",
        "source-ellipsis",
        "fragmentary",
        "bracket-negates",
        "bracket-number",
        "bracket-in-word",
        "inserted-words",
        "sentence-goes-on",
        "negation-before",
        "negation-after",
    }
)
"""The notes after which a person must look before the passage is published."""


KINDS = (
    "spliced",
    "negation",
    "partial-number",
    "number",
    "bracket-replaces-words",
    "partial-word",
    "name",
    "confusable",
    "case",
    "words",
    "punctuation",
    "spacing",
)
"""Every kind of difference, the gravest first."""

Op = Literal["same", "dropped", "added", "changed", "omitted"]


class Difference(NamedTuple):
    """One step from the passage as it stands to the quote as it was typed.

    All `typed` with their `typed_gap`, joined without anything between them, are the quote
    without the white space around it; all `found` with their `found_gap` the passage.
    """

    op: Op
    """`dropped`: the quote lacks it; `added`: only the quote has it; `omitted`: the quote has an
    ellipsis there."""
    typed: str
    found: str
    kind: str = ""
    """One of `KINDS`; empty where nothing differs."""
    typed_gap: str = ""
    """White space, or other characters that are not compared, after `typed`."""
    found_gap: str = ""


@dataclass(frozen=True)
class Match:
    """What `match` found. Positions are code points of the stream."""

    status: Status
    fragments: list[tuple[int, int]] = field(default_factory=list)
    """Slices `(start, end)`, in order: one, or for `elided` one for each part that is quoted;
    for `altered` the nearest passage; empty for none."""
    notes: list[str] = field(default_factory=list)
    """`SIGN_OFF`, and `ambiguous`, `outer-quotes`, `terminal-punctuation`, `word-order`,
    `partial-word`, `partial-number`."""
    occurrences: int = 0
    """How many places hold the quote with clean edges; 10,000 stands for more, too."""
    difference: list[Difference] = field(default_factory=list)
    """For `altered`: the quote against the nearest passage, word by word."""
    omitted: list[str] = field(default_factory=list)
    """What the stream has where the quote has an ellipsis, in order."""
    inserted: list[str] = field(default_factory=list)
    """The writer's brackets, in order, as they were typed."""

    @property
    def accepted(self) -> bool:
        """Whether the passage may be published without a person's sign-off."""
        return self.status in STANDS and SIGN_OFF.isdisjoint(self.notes)

    @property
    def kinds(self) -> list[str]:
        """The kinds of the difference, each once, the gravest first."""
        found = {step.kind for step in self.difference}
        return [kind for kind in KINDS if kind in found]
