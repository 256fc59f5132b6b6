"""The database of an edition, opened; and what of it is looked at before any row is believed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from evidence_chain import canonical
from evidence_chain.edition.checking.attested.others import tokens
from evidence_chain.edition.checking.outside import read_small
from evidence_chain.edition.layout import DATABASE
from evidence_chain.edition.note import LARGEST
from evidence_db.store.tables.edition_tables import FORMAT, definitions, further

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from evidence_chain.edition.place import Place

ROWS = """
SELECT entry.*, record.* FROM edition.entry AS entry
LEFT JOIN edition.record AS record ON record.idx = entry.idx ORDER BY entry.idx
"""
"""Each row of `entry`, with that of `record` or nothing."""
_LAID_OUT = ("search_data", "search_idx")
"""What versions of SQLite may lay out otherwise."""
_TYPES = {
    "entry": ("idx", "integer", "id", "text", "kind", "text", "entry", "text"),
    "record": ("id", "text", "kind", "text", "body", "text", "salts", "text"),
    "checkpoint": ("note", "text"),
    "timestamp": ("size", "integer", "token", "blob"),
}


@contextmanager
def opened(place: Place) -> Iterator[sqlite3.Connection]:
    """A scratch database, to which the edition's is attached as `edition`."""
    with (
        place.local(DATABASE) as path,
        closing(sqlite3.connect("", isolation_level=None, uri=True)) as connection,
    ):
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        name = quote(str(path.absolute()))
        connection.execute("ATTACH ? AS edition", (f"file:{name}?mode=ro&immutable=1",))
        connection.execute("PRAGMA edition.cell_size_check=ON")
        yield connection


def strange(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the schema."""
    objects = connection.execute("SELECT type, name, sql FROM edition.sqlite_schema").fetchall()
    there = {name: sql for type_, name, sql in objects if type_ == "table"}
    for name, text in FORMAT.items():
        if there.get(name) != text:
            yield f"its table {name} is not there, or has not the text that it must have."
    for type_, name, _ in objects:
        if type_ == "trigger":
            yield f"it has the trigger {name}, and no edition has one."
        elif name.startswith(("sqlite_stat", "sqlite_sequence")):
            yield f"it has the table {name}, which counts what was in it."


def damaged(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the file as SQLite sees it, where all that it defines is ours.

    SQLite works out what a table or index defines for each row: a check, an expression. What
    somebody else wrote there may take for ever, so that it is not asked then; and what is there
    that isn't ours is told elsewhere.
    """
    if not further(connection, "edition").items() <= definitions().items():
        return
    answers = connection.execute("PRAGMA edition.integrity_check(5)").fetchall()
    if answers != [("ok",)]:
        yield f"it is damaged: {'; '.join(str(answer[0]) for answer in answers)[:300]}."


def mistyped(connection: sqlite3.Connection) -> Iterator[str]:
    """Say of the first of the four tables that has values of another type than its columns."""
    for table, columns in _TYPES.items():
        pairs = zip(columns[::2], columns[1::2], strict=True)
        wrong = " OR ".join(f"typeof({name}) <> '{type_}'" for name, type_ in pairs)
        query = f"SELECT count(*) FROM edition.{table} WHERE {wrong}"  # noqa: S608
        ((count,),) = connection.execute(query)
        if count:
            yield f"{count} rows of {table} have a value of another type than its column's."
            return


def line_of(entry: str, body: str | None, salts: str | None) -> bytes:
    """The line of the log that rows give. An entry commits to its body, so no other rows do."""
    said = canonical.encode_checked(entry).decode()
    if body is None:
        return f'{{"entry":{said}}}'.encode()
    return f'{{"body":{body},"entry":{said},"salts":{salts}}}'.encode()


Rows = Iterable[tuple[object, ...]]


def others(
    connection: sqlite3.Connection, place: Place, attested: Sequence[str]
) -> Iterator[tuple[str, Rows, Rows]]:
    """The tables that are of files, each with its rows and those that it must have.

    Args:
        connection: As `opened` gives it.
        place: Where the edition lies.
        attested: The paths of its checkpoints and time-stamps.
    """
    for table, order, expected in (
        ("checkpoint", "size", _notes(place, attested)),
        ("timestamp", "size, token", sorted(_stamps(place, attested))),
    ):
        rows = connection.execute(f"SELECT * FROM edition.{table} ORDER BY {order}")  # noqa: S608
        yield table, rows, expected


def size_of(file: BinaryIO) -> int:
    """Bytes of a file that is open at its beginning, as it is afterwards."""
    size = file.seek(0, 2)
    file.seek(0)
    return size


def strangers(connection: sqlite3.Connection) -> str | None:
    """What is there, and can't be made from the four tables."""
    names = sorted(name for _, name in further(connection, "edition").keys() - definitions().keys())
    if not names:
        return None
    return (
        f"evidence.db: what {', '.join(names)[:300]} says was not compared with the log, nor was "
        "it asked whether the file is damaged, since that works out what they define."
    )


def _notes(place: Place, attested: Sequence[str]) -> list[tuple[int, str]]:
    found = []
    for path in attested:
        if path.startswith("data/checkpoints/"):
            note = read_small(place, path, LARGEST)
            found.append((int(path.rpartition("/")[2]), note.decode()))
    return sorted(found)


def _stamps(place: Place, attested: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    for size, _, path in tokens(attested):
        from evidence_chain.stamps.response import MAX_RESPONSE  # and all that reads them

        yield size, read_small(place, path, MAX_RESPONSE)


def is_same(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a table, of the same definition, has the same rows in both databases."""
    if table == "search":  # its rows are those of its own tables
        return True
    columns = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
    keys = " AND ".join(f"ours.{name} = theirs.{name}" for _, name, *_, key in columns if key)
    differing = " OR ".join(f"ours.{name} IS NOT theirs.{name}" for _, name, *_ in columns)
    query = (
        f"SELECT 1 FROM main.{table} AS ours LEFT JOIN edition.{table} AS theirs ON {keys} "  # noqa: S608
        f"WHERE {differing} LIMIT 1"
    )
    counts = f"SELECT (SELECT count(*) FROM main.{table}) = (SELECT count(*) FROM edition.{table})"  # noqa: S608
    if connection.execute(counts).fetchone() == (1,) and not connection.execute(query).fetchone():
        return True
    return table in _LAID_OUT and _says_the_same(connection)


def _says_the_same(connection: sqlite3.Connection) -> bool:
    """Whether both search indexes have the same words in the same places, in as many blocks.

    That is asked where they are laid out otherwise.
    """
    for schema in ("main", "edition"):
        name = f"words_of_{schema}"
        connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name} "
            f"USING fts5vocab('{schema}', 'search', 'instance')"
        )
    tables = "SELECT * FROM temp.words_of_{}", "SELECT id FROM {}.search_data"
    return not any(
        connection.execute(f"{table.format(one)} EXCEPT {table.format(other)} LIMIT 1").fetchone()
        for table in tables
        for one, other in (("main", "edition"), ("edition", "main"))
    )
