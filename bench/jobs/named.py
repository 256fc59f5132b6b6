"""What jobs and those who ask for them both name.

It imports nothing: what the process takes that measures counts as memory of all that it starts.
"""

from __future__ import annotations

ROW = "plain row page"
CLAIM, AGAIN = "claim page, 30 links, for the first time", "claim page, 30 links, again"
LINKS = 30
"""Links to each claim of a linked story."""
PASSAGES = 9
"""Passages of one preserved file."""
RECORDS_OF_STORY = 2 * (1 + 2 * PASSAGES) + 2
"""Records of a linked story, its links not counted."""
PASSAGES_AT_SCALE = 400
CLAIMS_AT_SCALE = PASSAGES_AT_SCALE * 3 // 2 // LINKS
"""Passages and claims of a story of millions of records."""
KINDS = ("plain text", "HTML", "DOCX", "PDF", "pictures", "small files", "database")
"""What an edition to be searched is made of, to equal parts by what is in it."""
CHROMIUM = "/usr/bin/chromium"
"""Where the browser is, if it is there."""


def linked_slug(number: int, letter: str = "a") -> str:
    """The short name of a claim of a linked story."""
    return f"linked-{number}-{letter}"


def claim_of(story: int, number: int = 0) -> str:
    """The short name of a claim of a story of millions of records."""
    return linked_slug(story * CLAIMS_AT_SCALE + number)
