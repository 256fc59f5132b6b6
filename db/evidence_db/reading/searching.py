"""Search among the words of claims and passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_db.reading.finding import matching, teach, terms, unindexed

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader

_MATCHING = """
SELECT rowid FROM search WHERE search MATCH :words ORDER BY rank, rowid LIMIT :limit
"""
_HOLDING = "SELECT idx FROM passage WHERE holds(words) ORDER BY idx LIMIT :limit"
_IS_CLAIM = "SELECT 1 FROM claim WHERE idx = ?"


def search(reader: Reader, words: str, limit: int = 50) -> list[int]:
    """Claims and passages that hold all of `words`, the best match first.

    Scripts without spaces between words are searched for as they stand.

    Raises:
        InputError: there are no words to look for.
    """
    wanted = terms(words)
    if not wanted:
        raise InputError("There are no words to look for.")
    query = _MATCHING
    if unindexed(wanted):
        teach(reader.connection, wanted)
        query = _HOLDING
    rows = reader.connection.execute(query, {"words": matching(wanted), "limit": limit})
    return [idx for (idx,) in rows]


def claims_with(reader: Reader, words: str) -> list[int]:
    """The claims whose statement holds all of `words`.

    Raises:
        InputError: there are no words to look for.
    """
    found = search(reader, words, limit=1000)
    return [idx for idx in found if reader.connection.execute(_IS_CLAIM, (idx,)).fetchone()]
