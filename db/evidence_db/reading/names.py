"""What records are called in a list, and how to find them by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader

_NAMES = (
    *(("artifact", "title"), ("artifact", "filename"), ("artifact", "url")),
    ("original", "title"),
    *(("claim", "statement"), ("evidence", "text"), ("case_title", "title")),
)
_ONE = (
    "SELECT idx FROM {0} WHERE {1} = :name "
    "OR (:begins <> :name AND substr({1}, 1, length(:begins)) = :begins)"
)
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
"""A case of an older version has no table of titles."""


def called(reader: Reader, name: str, limit: int = 10) -> list[int]:
    """The files, originals, claims and passages that a list shows under this name.

    A name that ends in an ellipsis, as a list cuts it, stands for what begins so.
    """
    values = {"name": name, "begins": name.removesuffix("…"), "limit": limit}
    there = {table for (table,) in reader.connection.execute(_TABLES)}
    queries = [_ONE.format(*one) for one in _NAMES if one[0] in there]
    query = " UNION ".join(queries) + " ORDER BY idx LIMIT :limit"
    return [idx for (idx,) in reader.connection.execute(query, values)]


def begun(reader: Reader, beginning: str, limit: int = 100) -> list[str]:
    """The short names of claims that begin so."""
    rows = reader.connection.execute(
        "SELECT slug FROM claim WHERE substr(slug, 1, length(:begins)) = :begins "
        "ORDER BY slug LIMIT :limit",
        {"begins": beginning, "limit": limit},
    )
    return [slug for (slug,) in rows]


def like(reader: Reader, name: str) -> list[str]:
    """Up to three short names of claims that are like `name`, the most alike first."""
    from difflib import get_close_matches

    rows = reader.connection.execute("SELECT slug FROM claim WHERE slug IS NOT NULL")
    return get_close_matches(name.lower(), [slug for (slug,) in rows], n=3)
