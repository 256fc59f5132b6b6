"""Editions, and what a verifier must say of each: README.md beside this."""

import json
from pathlib import Path

HOME = Path(__file__).parent
EDITION, LISTED = HOME / "edition", HOME / "corpus.json"


def listed():
    """The key of the edition, and the changes of it."""
    return json.loads(LISTED.read_text())
