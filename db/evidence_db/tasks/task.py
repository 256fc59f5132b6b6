"""One thing that is left to do."""

from __future__ import annotations

from typing import Any, NamedTuple

MATTERS = {
    "unsupported": "Claims that nothing supports",
    "contested": "Claims that are supported and contradicted",
    "contradicted": "Claims that are contradicted and not supported",
    "one-origin": "Claims whose support comes from one origin",
    "passages": "Passages that a person must look at",
    "links": "Links to be looked at again, since the claim was worded anew",
    "reviews": "Approvals that no longer count, since something came after them",
    "requests": "Requests for comment without an answer",
    "originals": "Documents that are known of and not held",
    "unquoted": "Documents that nothing is quoted from",
    "log": "The log",
    "gate": "What the policy still asks for before anything is published",
}
"""What is looked for, in the order in which it is told."""


class Task(NamedTuple):
    """One thing that is left to do."""

    matter: str
    """One of `MATTERS`."""
    subject: str | None
    """The id of the record that it is about; `None` for the whole case."""
    called: str
    """What people call that."""
    says: str
    """What is to be known of it; may be empty."""
    command: str
    """What deals with it."""

    def as_json(self) -> dict[str, Any]:
        """The task as `evidence status --json` has it."""
        return self._asdict()
