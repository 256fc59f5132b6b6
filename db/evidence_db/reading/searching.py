"""Search among the words of claims and passages, and for who says them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_db.reading.finding import holder, matching, teach, terms, unindexed

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader

_MATCHING = """
SELECT rowid FROM search WHERE search MATCH :words ORDER BY rank, rowid LIMIT :limit
"""
_HOLDING = "SELECT idx FROM passage WHERE holds(words) ORDER BY idx LIMIT :limit"
_SPOKEN = """
WITH spoken AS (
    SELECT idx, speaker AS name FROM evidence
    UNION SELECT idx, sender FROM evidence UNION SELECT idx, authority FROM evidence
    UNION SELECT to_idx, value FROM amendment, json_each(amendment.body, '$.changes')
    WHERE key IN ('speaker', 'sender', 'authority')
)
"""
_NAMES = f"{_SPOKEN} SELECT DISTINCT name FROM spoken WHERE typeof(name) = 'text'"  # noqa: S608
_BY_NAME = f"""{_SPOKEN}
SELECT DISTINCT spoken.idx FROM spoken JOIN evidence USING (idx)
WHERE name IN (SELECT value FROM json_each(:names)) AND """  # noqa: S608 - our own words
_HELD = {
    "nothing": ":words = :words",
    "index": "idx IN (SELECT rowid FROM search WHERE search MATCH :words)",
    "one by one": "holds(text)",
}
"""How the words that the name lacks are looked for in what is said."""
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


def said_by(reader: Reader, words: str, limit: int = 50) -> list[int]:
    """Passages whose speaker's, sender's or authority's name holds some of `words`.

    What the name doesn't hold, the passage does. Names that were amended are found, old and new.

    Raises:
        InputError: there are no words to look for.
    """
    wanted = terms(words)
    if not wanted:
        raise InputError("There are no words to look for.")
    holds = {word: holder([word]) for word in wanted}
    by_rest: dict[tuple[str, ...], list[str]] = {}
    for (name,) in reader.connection.execute(_NAMES):
        rest = tuple(word for word in wanted if not holds[word](name))
        if len(rest) < len(wanted):
            by_rest.setdefault(rest, []).append(name)
    found = {index for rest, names in by_rest.items() for index in _said(reader, names, [*rest])}
    return sorted(found)[:limit]


def _said(reader: Reader, names: list[str], rest: list[str]) -> list[int]:
    """The passages of these names that hold the rest of the words."""
    how = "nothing" if not rest else "one by one" if unindexed(rest) else "index"
    if how == "one by one":
        teach(reader.connection, rest)
    asked = {"names": json.dumps(names), "words": matching(rest)}
    return [index for (index,) in reader.connection.execute(_BY_NAME + _HELD[how], asked)]
