"""The search index is that of the claims and passages, and finds all of their words.

FTS5's own check reads the index from end to end, while a search goes by the keys of its pages
(https://sqlite.org/fts5.html#fts5_data_structures).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_chain.verify.report import Report
from evidence_db.store.connection import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.verifying.queries import Audit

_NOT_MADE = {
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL),
}
"""Errors that say something of the place where the database lies, and nothing of the index."""
_PAGES = """
SELECT id >> 37, id & 0x7fffffff, CAST(block AS BLOB) FROM search_data
WHERE id >= 1 << 37 AND id >> 31 & 63 = 0 ORDER BY id
"""
_HEADER = 4
"""Bytes before the first thing on a page, of which the last two say where its list of words is."""


def check_search(reader: Audit) -> Report:
    """SQLite compares index and content only in a transaction that may write; it is rolled back."""
    report = Report()
    try:
        with closing(connect(reader.path, "rw")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
            connection.execute("ROLLBACK")
        if _hides_words(reader.connection):
            raise sqlite3.DatabaseError("words are out of reach")
    except (StorageError, sqlite3.DatabaseError, IndexError) as error:
        if _is_of_the_place(error):
            why = str(error).rstrip(".")
            report.miss("projection", "search", f"The search index can't be checked here: {why}.")
        else:
            said = "The search index is not that of the claims and passages."
            report.fail("projection", "search", said)
    else:
        report.hold("projection", "search indexes")
    return report


def _is_of_the_place(error: Exception) -> bool:
    cause = error.__cause__ if isinstance(error, StorageError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _NOT_MADE


def _hides_words(connection: sqlite3.Connection) -> bool:
    """Whether an option, or the keys of pages, keep words from being found."""
    listed = connection.execute("SELECT segid, pgno >> 1, CAST(term AS BLOB) FROM search_idx")
    keys: dict[int, dict[int, bytes]] = defaultdict(dict)
    for segment, number, term in listed:
        keys[segment][number] = term
    for segment, pages in groupby(connection.execute(_PAGES), lambda row: row[0]):
        if _is_out_of_reach(keys[segment], [(number, page) for _, number, page in pages]):
            return True
    options = connection.execute("SELECT count(*) FROM search_config WHERE k <> 'version'")
    return bool(options.fetchone() != (0,))


def _is_out_of_reach(keys: dict[int, bytes], pages: list[tuple[int, bytes]]) -> bool:
    """Whether a search in one segment can miss words of it.

    Each page that begins words has a key that comes after the words before, and not after its own
    first word. Pages before the first were merged elsewhere; their keys stay, and lead to it.
    """
    last, lowest = b"", None
    for number, page in pages:
        words = list(_words(page))
        if not words:
            continue
        key = keys.pop(number, None)
        if key is None or key > words[0] or (last and key <= last):
            return True
        lowest, last = (words[0] if lowest is None else lowest), words[-1]
    merged = (
        number < pages[0][0] and (not lowest or key <= lowest) for number, key in keys.items()
    )
    return not all(merged)


def _words(page: bytes) -> Iterator[bytes]:
    """The words that begin on a page, in order; each after the first as what it adds."""
    end = int.from_bytes(page[2:_HEADER])
    at, footer, word = 0, end, b""
    while footer < len(page):
        step, footer = _varint(page, footer)
        at += step
        start, kept = at, 0
        if word:
            kept, start = _varint(page, start)
        added, start = _varint(page, start)
        word = word[:kept] + page[start : start + added]
        yield word


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """A variable-length integer of SQLite, and where it ends."""
    value = 0
    for number in range(9):
        byte = page[at]
        at += 1
        if number == 8:
            return value << 8 | byte, at
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at
