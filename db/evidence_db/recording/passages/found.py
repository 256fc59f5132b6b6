"""A passage that was found, with what is to be sealed of it, or the reason why it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import PassageError
from evidence_chain.extract import SIGN_OFF, MarkKind
from evidence_chain.text import Difference, Match, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.rendering import Look
    from evidence_db.store.incoming import Incoming

NOT_SEEN = "not-seen"
"""The note of a passage that a program didn't show where its file was shown."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was looked for and may be recorded."""

    artifact: int
    match: Match
    fields: dict[str, Any]
    kept: list[Incoming] = field(default_factory=list)
    """The text stream, unless the preserved file itself is one, and pictures of the passage."""
    unseen: str | None = None
    """Why there is no picture of the passage, where there should be one."""
    outside_clause: str | None = None
    """Why the clause that was named doesn't hold it, if so."""
    look: Look | None = None
    """What is seen of it where its file is shown, if that was asked for."""

    @property
    def paged(self) -> bool:
        """Whether the file has pages, so that a page could be checked."""
        return any(mark["kind"] == MarkKind.PAGE for mark in self.fields["marks"])

    @property
    def notes(self) -> list[str]:
        """What is to be known of it, by the comparison and by what is marked in the stream."""
        return list(self.fields["match"]["notes"])

    @property
    def accepted(self) -> bool:
        """Whether it may be published without a person's sign-off."""
        unmarked = (SIGN_OFF | {NOT_SEEN}).isdisjoint(self.notes)
        return self.match.accepted and unmarked and self.outside_clause is None


_AS_ALTERED = "Correct the passage, or record it with that status: --as-altered."


class PassageRefusedError(PassageError):
    """A passage that was not found as typed, with the nearest one if there is any.

    Args:
        filename: The document.
        found: What was found in it.
        instead: What whoever typed it may do, if it differs.
    """

    def __init__(self, filename: str, found: Match, instead: str = _AS_ALTERED) -> None:
        self.filename, self.match = filename, found
        why = f"{_REASONS[found.status]} ({filename})."
        on_page = advice = "Check that this is the right file. Nothing was recorded."
        if found.difference:
            typed, there = marked(found.difference)
            kinds = ", ".join(dict.fromkeys(step.kind for step in found.difference if step.kind))
            why += f"\n  as typed: {typed}\n  it says:  {there}\n  differs in: {kinds}"
            on_page, advice = _ON_PAGE, instead
        self.on_page = f"{why}\n{on_page}"
        """The same where there are no options of a command line."""
        super().__init__(f"{why}\n{advice}")


def marked(difference: Sequence[Difference]) -> tuple[str, str]:
    """The passage as typed and as found, the words in which they differ between >> and <<."""
    typed = "".join(_mark(step.typed, step) + step.typed_gap for step in difference)
    there = "".join(_mark(step.found, step) + step.found_gap for step in difference)
    return " ".join(typed.split()), " ".join(there.split())


def _mark(words: str, step: Difference) -> str:
    return f">>{words}<<" if words and step.kind else words


_ON_PAGE = (
    "Correct the words that were typed, or select them again. On this page a passage is recorded "
    "only as it stands in the file."
)
_REASONS = {
    Status.ALTERED: "The passage does not stand in the file as typed",
    Status.MISSING: "Nothing near this passage stands in the file",
    Status.INVALID: "This passage has no words to look for",
}
