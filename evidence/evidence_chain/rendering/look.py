"""What came of looking at a passage as a program shows it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Sight(StrEnum):
    """Whether a passage is seen as its text stream has it."""

    SEEN = "seen"
    NOT_CHECKED = "not checked"
    DIFFERS = "differs"


class Look(NamedTuple):
    """What was seen of a passage, and what a person should look at."""

    sight: Sight
    by: str
    """The program that showed it or read it, or nothing."""
    detail: str = ""
    """What differs, or why nothing was compared."""
