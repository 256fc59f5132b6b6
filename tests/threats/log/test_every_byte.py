"""One change anywhere in what a case stores: `verify` notices each, or it is named here."""

import sqlite3
from contextlib import closing

import pytest

from adversary import flip, tampering, verdict

pytestmark = pytest.mark.usefixtures("parsed_once")

UNSEALED = {
    ("case_info", "id"): "the table has one row, whatever its number",
    (
        "_sqlite_migrations",
        "id",
    ): "the rows of the migrations, in whose order nothing else is changed",
}
"""Columns of which a change can't be noticed, and why that is no harm."""


def columns(db):
    """Table and name of every column that is stored, not derived."""
    tables = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return [
        (table, name)
        for (table,) in tables
        for _, name, *_, hidden in db.execute(f"PRAGMA table_xinfo({table})")
        if hidden == 0
    ]


def changed(value):
    """The value with one bit or one character of it changed; JSON stays JSON."""
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"x"
    if isinstance(value, str):
        place = value.rfind('"') - 1 if value.startswith("{") else len(value) // 2
        return value[:place] + ("x" if value[place] != "x" else "y") + value[place + 1 :]
    return 7777 if value is None else value + 7777


@pytest.fixture(scope="session")
def stored(template):
    with closing(sqlite3.connect(template.database)) as db:
        return columns(db)


def test_every_column_of_every_table(template, stored, tmp_path_factory):
    """In the first row of each table, in the middle one, and in the last."""
    unnoticed, unchecked = set(), set()
    for table, column in stored:
        for row in row_numbers(template, table):
            case = template.copy_to(tmp_path_factory.mktemp("column"))
            change(case, table, column, row)
            code = case.run("verify", code=(0, 1, 3)).exit_code
            {0: unnoticed, 1: set(), 3: unchecked}[code].add((table, column))
    assert unnoticed == UNSEALED.keys()
    assert not unchecked


def row_numbers(case, table):
    with case.connected() as db:
        ((count,),) = db.execute(f"SELECT count(*) FROM {table}")
    return {0, count // 2, count - 1} if count else set()


def change(case, table, column, row):
    with tampering(case) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        key = [
            name
            for (name,) in db.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk")
        ]
        keys = ", ".join(key)
        order = f"ORDER BY {keys} LIMIT 1 OFFSET {row}"
        found = db.execute(f"SELECT {column}, {keys} FROM {table} {order}")
        value, *place = found.fetchone()
        where = " AND ".join(f"{name} IS ?" for name in key)
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (changed(value), *place))


def test_every_preserved_file_and_text_stream(template, tmp_path_factory):
    names = [path.relative_to(template.root) for path in template.root.glob("artifacts/*/*")]
    assert len(names) == 5
    for name in names:
        size = (template.root / name).stat().st_size
        for place in (0, size // 2, size - 1):
            case = template.copy_to(tmp_path_factory.mktemp("file"))
            flip(case.root / name, place)
            found = verdict(case, code=1)
            assert found.failed in (["file"], ["stream"])


def test_every_page_of_the_database(template, tmp_path_factory):
    """A bit of each page of the file: verify notices, or the page holds what it held."""
    size = template.database.stat().st_size
    for place in range(100, size, 4096):
        case = template.copy_to(tmp_path_factory.mktemp("page"))
        content = bytearray(case.database.read_bytes())
        content[place] ^= 1
        case.database.write_bytes(content)
        code = case.run("verify", code=(0, 1, 3, 4)).exit_code
        assert code != 0 or dump(case) == dump(template), place


def dump(case):
    with closing(sqlite3.connect(case.database)) as db, db:
        return list(db.iterdump())
