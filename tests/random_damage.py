"""One random change of a case's database at a time, of the kinds that damage and forgers make."""

import json
import re
import sqlite3

from blake3 import blake3

GARBAGE = [
    "",
    " ",
    "0",
    "1.0",
    "null",
    '"',
    "\\u0041",
    "{}",
    "[]",
    "é",
    "\U0001f4f7",
    ',"a":1',
    "9" * 17,
]
TABLES = ("entry", "seal", "tree_node", "artifact", "original", "claim", "evidence", "link")
NOTICES = ("retraction", "amendment", "review", "erasure", "case_title")


def unguarded(connection):
    """Take away the triggers, so that rows can be changed."""
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in connection.execute(names).fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def damage(connection, random):
    """Change something, and say what; `None` if SQLite refused."""
    change = random.choice([_text, _text, _text, _swap, _plain, _bytes, _row, _forge, _forge])
    try:
        return change(connection, random)
    except sqlite3.Error:
        return None


def _columns(connection, table):
    """The stored columns of a table, with their types."""
    query = "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0"
    return connection.execute(query, (table,)).fetchall()


def _pick(connection, random, wanted):
    """A table, a column of that type, and a row that has a value there."""
    while True:
        table = random.choice(TABLES + NOTICES)
        columns = [name for name, kind in _columns(connection, table) if kind == wanted]
        if not columns:
            continue
        column = random.choice(columns)
        row = "idx" if table != "tree_node" else "level * 1000000 + n"
        found = connection.execute(
            f"SELECT {row}, {column} FROM {table} WHERE {column} IS NOT NULL"
        ).fetchall()
        if found:
            return table, column, row, random.choice(found), found


def _set(connection, table, column, row, at, value):
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {row} = ?", (value, at))
    return f"{table}.{column} of {at}: {value!r}"[:200]


def mutated(text, random):
    """A text with a place in it replaced, doubled, moved or removed, or with another digit."""
    start = random.randint(0, len(text))
    end = min(len(text), start + random.choice([0, 0, 1, 1, 2, 64, 70]))
    kind = random.randrange(5)
    if kind == 0:
        return text[:start] + random.choice(GARBAGE) + text[end:]
    if kind == 1:
        source = random.randint(0, len(text))
        return text[:start] + text[source : source + random.choice([1, 2, 64])] + text[end:]
    if kind == 2:
        return text[:start] + text[end:]
    if kind == 3:
        return (
            re.sub("[0-9a-f]", random.choice("0123456789abcdefA"), text[: start + 1], count=1)
            + text[start + 1 :]
        )
    try:
        values = json.loads(text)
        inner = random.choice([values, *(one for one in values.values() if isinstance(one, dict))])
        name = random.choice(list(inner))
        other = random.choice(["drop", "null", "swap", "number", "more", "words"])
        if other == "drop":
            del inner[name]
        elif other == "more":
            inner[name + random.choice(["x", "\U0001f4f7", " "])] = inner[name]
        elif other == "swap":
            second = random.choice(list(inner))
            inner[name], inner[second] = inner[second], inner[name]
        else:
            inner[name] = {"null": None, "number": random.choice([1, 1.5, 2**53]), "words": "x"}[
                other
            ]
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except (ValueError, AttributeError, IndexError, TypeError):
        return text + " "


def _text(connection, random):
    table, column, row, (at, value), _ = _pick(connection, random, "TEXT")
    return _set(connection, table, column, row, at, mutated(value, random))


def _swap(connection, random):
    """What one row holds, put into another."""
    table, column, row, (at, _), found = _pick(connection, random, random.choice(["TEXT", "BLOB"]))
    return _set(connection, table, column, row, at, random.choice(found)[1])


def _plain(connection, random):
    table, column, row, (at, _), _ = _pick(connection, random, "INTEGER")
    return _set(connection, table, column, row, at, random.choice([None, 0, 1, 2, 5, 40, 999]))


def _bytes(connection, random):
    table, column, row, (at, value), _ = _pick(connection, random, "BLOB")
    place = random.randrange(len(value)) if value else 0
    changed = value[:place] + bytes([random.randrange(256)]) + value[place + random.randint(0, 2) :]
    return _set(connection, table, column, row, at, changed)


def _row(connection, random):
    """A row removed, or doubled elsewhere."""
    table, _, row, (at, _), _ = _pick(connection, random, random.choice(["TEXT", "BLOB"]))
    if random.random() < 0.6 or table == "tree_node":
        connection.execute(f"DELETE FROM {table} WHERE {row} = ?", (at,))
        return f"{table}: {at} removed"
    names = [name for name, _ in _columns(connection, table) if name != "idx"]
    shown = ", ".join(names)
    connection.execute(
        f"INSERT OR REPLACE INTO {table} (idx, {shown}) "
        f"SELECT ?, {shown} FROM {table} WHERE idx = ?",
        (random.randint(0, 60), at),
    )
    return f"{table}: {at} doubled"


def _forge(connection, random):
    """An entry changed, under the id that is its digest then."""
    rows = connection.execute("SELECT idx, entry FROM entry").fetchall()
    at, entry = random.choice(rows)
    changed = mutated(entry, random)
    id_ = blake3(changed.encode()).hexdigest()
    connection.execute("UPDATE entry SET entry = ?, id = ? WHERE idx = ?", (changed, id_, at))
    return f"entry {at} forged: {changed[:120]}"
