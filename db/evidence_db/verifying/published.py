"""Step 5 of docs/edition.md, section 9, for the database of an edition.

It is hostile: it is opened read-only, nothing of its own is run, and its schema is looked at before
any row.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from evidence_chain import canonical
from evidence_chain.edition.checking.asked import Wanted
from evidence_chain.edition.checking.attested.others import tokens
from evidence_chain.edition.checking.run import check
from evidence_chain.edition.layout import DATABASE
from evidence_chain.edition.place import UNREADABLE
from evidence_chain.errors import EvidenceError, StorageError
from evidence_chain.log.key import VerifierKey
from evidence_db.store import page_bytes
from evidence_db.store.edition_tables import FORMAT, make_for_datasette, make_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.place import Place
    from evidence_chain.verify.report import Report

MOST = 20
"""Rows that are named where many are wrong."""
HELD = 4 << 30
"""Bytes of a database that is read out of a ZIP, into memory."""
_LAID_OUT = ("search_data", "search_idx")
"""What versions of SQLite may lay out otherwise."""
_OBJECTS = "SELECT type, name, tbl_name, sql FROM {}.sqlite_schema"
_ROWS = """
SELECT entry.*, record.* FROM edition.entry AS entry
LEFT JOIN edition.record AS record ON record.idx = entry.idx ORDER BY entry.idx
"""
_TYPES = {
    "entry": ("idx", "integer", "id", "text", "kind", "text", "entry", "text"),
    "record": ("id", "text", "kind", "text", "body", "text", "salts", "text"),
    "checkpoint": ("note", "text"),
    "timestamp": ("size", "integer", "token", "blob"),
}


def check_edition(
    path: str | Path, key: str | None = None, *, seen: Mapping[str, bytes] | None = None
) -> Report:
    """Check an edition, its database too, as `evidence check` does.

    Args:
        path: The directory of the edition, or a ZIP of it.
        key: The newsroom's verifier key, from elsewhere than the edition.
        seen: Checkpoints, or notes of editions, that were seen before, each under a name.

    Returns:
        Every check; its `outcome` holds, failed, or was not checked, as without a key.

    Raises:
        InputError: there is nothing that could be an edition.
        FormatError: `key` is no verifier key.
    """
    wanted = Wanted(key=None if key is None else VerifierKey.parse(key), seen=seen or {})
    return check(Path(path), wanted, rows=check_rows).report


def check_rows(place: Place, register: Register, report: Report) -> None:
    """Compare `evidence.db` with the log, and what it holds besides with what follows from it."""
    wrong = 0
    for problem in _problems(place, register, report):
        wrong += 1
        report.fail("database", "evidence.db", f"evidence.db: {problem}")
    if not wrong:
        report.hold("database", "databases")


def _problems(place: Place, register: Register, report: Report) -> Iterator[str]:
    try:
        with place.open(DATABASE) as file:
            size = _size(place)
            found = list(page_bytes.problems(file, size))
        yield from found
        if found:
            return
        with _opened(place) as connection:
            strange = list(_strange(connection))
            yield from strange
            if strange:
                return
            yield from _compared(connection, place, register)
            yield from _rebuilt(connection, report)
    except (sqlite3.Error, *UNREADABLE, EvidenceError) as error:
        yield f"it can't be read as a database: {error}"


def _size(place: Place) -> int:
    with place.open(DATABASE) as file:
        return file.seek(0, 2)


@contextmanager
def _opened(place: Place) -> Iterator[sqlite3.Connection]:
    """A scratch database, to which the edition's is attached as `edition`."""
    with closing(sqlite3.connect("", isolation_level=None, uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        if place.path is None:
            with place.open(DATABASE) as file:
                data = file.read(HELD + 1)
            if len(data) > HELD:
                raise StorageError(f"it has more than {HELD >> 30} GiB; unpack the ZIP yourself")
            connection.execute("ATTACH ':memory:' AS edition")
            connection.deserialize(data, name="edition")
        else:
            path = quote(str((place.path / DATABASE).absolute()))
            connection.execute("ATTACH ? AS edition", (f"file:{path}?mode=ro&immutable=1",))
        connection.execute("PRAGMA edition.cell_size_check=ON")
        yield connection


def _strange(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the schema, or the file as SQLite sees it."""
    objects = connection.execute(_OBJECTS.format("edition")).fetchall()
    there = {name: sql for type_, name, _, sql in objects if type_ == "table"}
    for name, text in FORMAT.items():
        if there.get(name) != text:
            yield f"its table {name} is not there, or has not the text that it must have."
    for type_, name, *_ in objects:
        if type_ == "trigger":
            yield f"it has the trigger {name}, and no edition has one."
        elif name.startswith(("sqlite_stat", "sqlite_sequence")):
            yield f"it has the table {name}, which counts what was in it."
    answers = connection.execute("PRAGMA edition.integrity_check(5)").fetchall()
    if answers != [("ok",)]:
        yield f"it is damaged: {'; '.join(str(answer[0]) for answer in answers)[:300]}."


def _compared(connection: sqlite3.Connection, place: Place, register: Register) -> Iterator[str]:
    """The rows of the four tables, against the log and the files."""
    for table, columns in _TYPES.items():
        pairs = zip(columns[::2], columns[1::2], strict=True)
        wrong = " OR ".join(f"typeof({name}) <> '{type_}'" for name, type_ in pairs)
        query = f"SELECT count(*) FROM edition.{table} WHERE {wrong}"  # noqa: S608
        ((count,),) = connection.execute(query)
        if count:
            yield f"{count} rows of {table} have a value of another type than its column's."
            return
    yield from _first(_lines(connection, register))
    for table, order, expected in (
        ("checkpoint", "size", _files(place, "data/checkpoints/")),
        ("timestamp", "size, token", sorted(_stamps(place))),
    ):
        rows = connection.execute(f"SELECT * FROM edition.{table} ORDER BY {order}")  # noqa: S608
        yield from _first(_differing(table, rows, expected))


def _first(problems: Iterable[str]) -> Iterator[str]:
    """As many as are named where many rows are wrong."""
    return islice(problems, MOST)


def _lines(connection: sqlite3.Connection, register: Register) -> Iterator[str]:
    """The rows of `entry` and `record`: each line of the log is put together of them."""
    rows, lines = connection.execute(_ROWS), register.raw()
    for row, line in zip_longest(rows, lines):
        if row is None or line is None:
            yield "entry has not as many rows as the log has lines."
            return
        index, expected = line
        shape, id_ = register.shape(index), register.ids[index].hex()
        idx, entry_id, kind, entry, *record = row
        named = (index, id_, "" if shape is None else shape.kind)
        if (idx, entry_id, kind) != named or (record[0] is not None and tuple(record[:3]) != named):
            yield f"the row {idx} is not that of entry {index} of the log."
        elif _line(entry, *record[3:]) != expected:
            yield f"the rows {idx} of entry and record don't say what the log says."
    ((count,),) = connection.execute("SELECT count(*) FROM edition.record")
    there = "SELECT count(*) FROM edition.record WHERE idx IN (SELECT idx FROM edition.entry)"
    if [(count,)] != connection.execute(there).fetchall():
        yield "record has rows of what is no entry."


def _line(entry: str, body: str | None, salts: str | None) -> bytes:
    """The line of the log that rows give. An entry commits to its body, so no other rows do."""
    said = canonical.encode_checked(entry).decode()
    if body is None:
        return f'{{"entry":{said}}}'.encode()
    return f'{{"body":{body},"entry":{said},"salts":{salts}}}'.encode()


def _differing(
    table: str, rows: Iterable[tuple[object, ...]], expected: Iterable[tuple[object, ...]]
) -> Iterator[str]:
    for row, right in zip_longest(rows, expected):
        if row != right:
            named = (row or right or ("",))[0]
            yield f"the row {named} of {table} is not what follows from the log."


def _files(place: Place, folder: str) -> list[tuple[int, str]]:
    found = []
    for one in place.walk(1_000_000):
        if one.path.startswith(folder):
            with place.open(one.path) as file:
                found.append((int(one.path.rpartition("/")[2]), file.read().decode()))
    return sorted(found)


def _stamps(place: Place) -> Iterator[tuple[int, bytes]]:
    for size, _, path in tokens(one.path for one in place.walk(1_000_000)):
        with place.open(path) as file:
            yield size, file.read()


def _rebuilt(connection: sqlite3.Connection, report: Report) -> Iterator[str]:
    """What is there for Datasette, against what is made anew from the four tables."""
    further = _further(connection, "edition")
    if not further:
        return
    connection.execute("BEGIN")
    make_format(connection)
    for table in FORMAT:
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM edition.{table}")  # noqa: S608
    make_for_datasette(connection)
    connection.execute("COMMIT")
    ours = _further(connection, "main")
    if {name for _, name in ours} & {name for _, name in further}:
        for type_, name in sorted(ours.keys() - further.keys()):
            yield f"its {type_} {name} is missing."
        for key in sorted(ours.keys() & further.keys()):
            if ours[key] != further[key]:
                yield f"its {key[0]} {key[1]} is not the one that is made from the log."
    strangers = sorted(name for type_, name in further.keys() - ours.keys())
    if strangers:
        detail = (
            f"evidence.db: what {', '.join(strangers)[:300]} says was not compared with the log."
        )
        report.miss("database", "evidence.db", detail)
    for type_, name in sorted(ours.keys() & further.keys()):
        if (
            type_ == "table"
            and ours[type_, name] == further[type_, name]
            and not _is_same(connection, name)
        ):
            yield f"what its table {name} says is not what follows from the log."


def _further(connection: sqlite3.Connection, schema: str) -> dict[tuple[str, str], str | None]:
    """Type and name of everything but the tables of the format, with its text."""
    found = connection.execute(_OBJECTS.format(schema))
    return {(type_, name): sql for type_, name, _, sql in found if name not in FORMAT}


def _is_same(connection: sqlite3.Connection, table: str) -> bool:
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
