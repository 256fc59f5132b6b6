"""What came of an import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Imported:
    """What an import recorded, what was there already, and what is to be known of it."""

    added: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)
    ids: dict[str, str] = field(default_factory=dict)
    """The id of each item of the file by its key."""
    ignored: set[str] = field(default_factory=set)
    """Keys of the file that no field stands for, such as `documents.colour`."""
    left_out: set[str] = field(default_factory=set)
    """Files of a folder that are no documents of anybody's: links, hidden ones, a system's own."""
    unread: dict[str, str] = field(default_factory=dict)
    """Why files within a document were not preserved for themselves, by the document's name."""
    told: dict[str, list[str]] = field(default_factory=dict)
    """For what a person must look before quoting from a document, by its name."""
    not_taken: list[str] = field(default_factory=list)
    """What the file says of a record that is there already, and says otherwise."""
    chosen: dict[str, list[int]] = field(default_factory=dict)
    """Where a passage stands repeatedly, of which the first place was taken, by key."""
    unnoted: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Contradictions that nothing is said of, in the file's words: the ids of the link and of
    the record, and the short name of the claim."""
    to_sign: dict[str, list[str]] = field(default_factory=dict)
    """Why a person must look at a passage before it is published, by key."""
