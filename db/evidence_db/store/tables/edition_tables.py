"""The tables of an edition's database: the four of the format, and those for Datasette.

The latter are made from the former alone (docs/edition.md, section 5). No definition needs a newer
SQLite than the former do, since one that can't be read makes the whole file unreadable.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError
from evidence_chain.log.checkpoint import parse
from evidence_chain.log.merkle import HASH_SIZE, Frontier, Node, leaf_hash
from evidence_chain.log.note import SignedNote
from evidence_db.store.tables.schema import COLUMNS, integer_columns, kinds_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

FORMAT = {
    "entry": "CREATE TABLE entry(idx INTEGER PRIMARY KEY, id TEXT, kind TEXT, entry TEXT)",
    "record": (
        "CREATE TABLE record(idx INTEGER PRIMARY KEY, id TEXT, kind TEXT, body TEXT, salts TEXT)"
    ),
    "checkpoint": "CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT)",
    "timestamp": "CREATE TABLE timestamp(size INTEGER, token BLOB)",
}
"""The tables of the format, with their text to the letter."""

_OPEN = {
    "evidence": ("kind TEXT", "artifact_idx INTEGER"),
    "link": ("relation TEXT", "from_idx INTEGER", "to_idx INTEGER"),
    "retraction": ("to_idx INTEGER",),
    "amendment": ("to_idx INTEGER",),
    "review": ("verdict TEXT", "to_idx INTEGER"),
    "erasure": ("to_idx INTEGER",),
}
_OPEN_VALUES = {
    "evidence": "entry.kind, artifact.idx",
    "link": "json_extract(entry.entry, '$.open.relation'), one.idx, other.idx",
    "retraction": "other.idx",
    "amendment": "other.idx",
    "review": "json_extract(entry.entry, '$.open.verdict'), other.idx",
    "erasure": "other.idx",
}
_TO = "LEFT JOIN entry AS other ON other.id = json_extract(entry.entry, '$.open.to')"
_JOINED = {
    "evidence": (
        "LEFT JOIN entry AS artifact ON artifact.id = json_extract(record.body, '$.artifact')"
    ),
    "link": (
        "LEFT JOIN entry AS one ON one.id = json_extract(entry.entry, '$.open.from') "
        "LEFT JOIN entry AS other ON other.id = json_extract(entry.entry, '$.open.to')"
    ),
    "retraction": _TO,
    "amendment": _TO,
    "review": _TO,
    "erasure": _TO,
}
_SINCE = {
    **dict.fromkeys(("erasure", "erasure_to"), "erasure"),
    **{"key_change": "key", "custody": "custody"},
}
"""What editions of earlier versions don't have, and the kind of record that none of theirs is."""
_BEFORE = """
CREATE UNIQUE INDEX entry_id ON entry(id);
CREATE INDEX entry_kind ON entry(kind);
CREATE TABLE case_info(id INTEGER PRIMARY KEY, origin TEXT, title TEXT, created_at TEXT);
CREATE TABLE tree_node(level INTEGER, n INTEGER, hash BLOB, PRIMARY KEY (level, n));
CREATE VIEW seal AS SELECT idx, NULL AS seed, salts FROM record;
"""
_AFTER = """
CREATE INDEX claim_slug ON claim(slug);
CREATE INDEX artifact_blake3 ON artifact(blake3);
CREATE INDEX evidence_artifact ON evidence(artifact_idx);
CREATE INDEX link_to ON link(to_idx, relation);
CREATE INDEX link_from ON link(from_idx, relation);
CREATE INDEX retraction_to ON retraction(to_idx);
CREATE INDEX amendment_to ON amendment(to_idx);
CREATE INDEX review_to ON review(to_idx);
CREATE INDEX erasure_to ON erasure(to_idx);
CREATE VIEW passage AS SELECT idx, statement AS words FROM claim
    UNION ALL SELECT idx, text FROM evidence;
"""
SEARCH = """\
CREATE VIRTUAL TABLE search USING fts5(
    words, content='passage', content_rowid='idx', tokenize='unicode61 remove_diacritics 2'
)"""
"""The index of what is searched, empty."""
_TITLE = """
SELECT json_extract(record.body, '$.title') FROM entry LEFT JOIN record ON record.idx = entry.idx
WHERE entry.kind = 'case' AND NOT EXISTS (
    SELECT 1 FROM entry AS ended
    WHERE ended.kind = 'retraction' AND json_extract(ended.entry, '$.open.to') = entry.id)
ORDER BY entry.idx DESC LIMIT 1
"""


def make_format(connection: sqlite3.Connection) -> None:
    """Make the four tables of the format, empty."""
    for text in FORMAT.values():
        connection.execute(text)


def make_for_datasette(
    connection: sqlite3.Connection, leaves: bytes | bytearray | None = None
) -> None:
    """Make, and fill, the tables that Datasette and the pages read, from the four of the format.

    Args:
        connection: The database.
        leaves: The leaf hashes of its entries, one after the other, if they are at hand.

    Raises:
        FormatError: there is no checkpoint that tells what the log is called.
    """
    _run(connection, _BEFORE)
    connection.execute("INSERT INTO case_info VALUES (?, ?, ?, ?)", case_info(connection))
    hashes = _leaves_of(connection) if leaves is None else _cut(leaves)
    nodes = ((node.level, node.index, node.hash) for node in _nodes(hashes))
    connection.executemany("INSERT INTO tree_node VALUES (?, ?, ?)", nodes)
    for table, columns in COLUMNS.items():
        connection.execute(_definition(table, columns))
        connection.execute(f"INSERT INTO {table} {rows_of(table)}")
    _run(connection, _AFTER)
    connection.execute(SEARCH)
    index_words(connection, "main")


@cache
def definitions() -> Mapping[tuple[str, str], str | None]:
    """The text of each table, index and view for Datasette, by type and name."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        make_format(empty)
        _run(empty, _BEFORE)
        for table, columns in COLUMNS.items():
            empty.execute(_definition(table, columns))
        _run(empty, _AFTER)
        empty.execute(SEARCH)
        return further(empty, "main")


def further(connection: sqlite3.Connection, schema: str) -> dict[tuple[str, str], str | None]:
    """The same of whatever a database has besides the tables of the format."""
    found = connection.execute(f"SELECT type, name, sql FROM {schema}.sqlite_schema")  # noqa: S608
    return {
        (type_, name): sql for type_, name, sql in found if type_ != "table" or name not in FORMAT
    }


def index_words(connection: sqlite3.Connection, schema: str) -> None:
    """Fill the search with the claims and passages of a database."""
    connection.execute(
        "INSERT INTO search(rowid, words) SELECT idx, words FROM "  # noqa: S608 - our own names
        f"(SELECT idx, statement AS words FROM {schema}.claim "
        f"UNION ALL SELECT idx, text FROM {schema}.evidence) "
        "WHERE words IS NOT NULL ORDER BY idx"
    )
    connection.execute("INSERT INTO search(search) VALUES ('optimize')")


def redefined(
    ours: Mapping[tuple[str, str], str | None],
    further: Mapping[tuple[str, str], str | None],
    *,
    kinds: Container[str],
) -> Iterator[str]:
    """What is wrong with the tables for Datasette of an edition, if it has any.

    Args:
        ours: The text of each table, index and view by type and name, as it is made here.
        further: The same, as the edition has it.
        kinds: The kinds of the records of its log.
    """
    if {name for _, name in ours}.isdisjoint(name for _, name in further):
        return
    for type_, name in sorted(ours.keys() - further.keys()):
        if name not in _SINCE or _SINCE[name] in kinds:
            yield f"its {type_} {name} is missing."
    for key in sorted(ours.keys() & further.keys()):
        if ours[key] != further[key]:
            yield f"its {key[0]} {key[1]} is not the one that is made from the log."


def _definition(table: str, columns: dict[str, str]) -> str:
    integers = integer_columns(table)
    plain = [f"{name} {'INTEGER' if name in integers else 'TEXT'}" for name in columns]
    listed = ["idx INTEGER PRIMARY KEY", *_OPEN.get(table, ()), "body TEXT", *plain]
    return f"CREATE TABLE {table}({', '.join(listed)})"


def rows_of(table: str) -> str:
    """A query for the rows of a table, of the tables of the format."""
    columns = COLUMNS[table]
    opened = [_OPEN_VALUES[table]] if table in _OPEN_VALUES else []
    values = [f"json_extract(record.body, {path})" for path in columns.values()]
    shown = ", ".join(["entry.idx", *opened, "record.body", *values])
    kinds = kinds_in(table)
    alike = "LIKE" if "%" in kinds else "="  # which the index over kinds answers
    return (
        f"SELECT {shown} FROM entry "  # noqa: S608 - names of our own tables
        f"LEFT JOIN record ON record.idx = entry.idx {_JOINED.get(table, '')} "
        f"WHERE entry.kind {alike} '{kinds}' ORDER BY entry.idx"
    )


def case_info(connection: sqlite3.Connection) -> tuple[int, str, str | None, str]:
    """The row that says what the case is called, of the tables of the format.

    Raises:
        FormatError: there is no checkpoint that tells what the log is called.
    """
    newest = connection.execute("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    if newest is None:
        raise FormatError("There is no checkpoint, so nothing tells what the log is called.")
    title = connection.execute(_TITLE).fetchone()
    begun = connection.execute(
        "SELECT json_extract(body, '$.recorded_at') FROM record WHERE idx = 0"
    ).fetchone()
    origin = parse(SignedNote.parse(newest[0]).text).origin
    return 1, origin, title and title[0], (begun and begun[0]) or ""


def _nodes(leaves: Iterable[bytes]) -> Iterator[Node]:
    frontier = Frontier()
    for leaf in leaves:
        yield from frontier.append(leaf)


def _cut(leaves: bytes | bytearray) -> Iterator[bytes]:
    starts = range(0, len(leaves), HASH_SIZE)
    return (bytes(leaves[start : start + HASH_SIZE]) for start in starts)


def _leaves_of(connection: sqlite3.Connection) -> Iterator[bytes]:
    for (entry,) in connection.execute("SELECT entry FROM entry ORDER BY idx"):
        if type(entry) is not str:
            raise FormatError("an entry in it is no text.")
        yield leaf_hash(entry.encode())


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statements one by one: `executescript` would end the open transaction."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
