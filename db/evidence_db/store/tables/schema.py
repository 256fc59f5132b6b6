"""The tables of a case, made by migrations in plain SQL.

`entry` is the log and the truth. `seal` opens it. The tables that people read hold the
committed body once; their readable columns are generated from it and so can't disagree with
it. The few plain columns beside it (`kind`, and integer keys for joins) are compared with the
log by `verify`, as is this schema itself.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import cache
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_db.store.tables import logged, unlogged
from evidence_db.store.tables.append_only import append_only
from evidence_db.store.tables.seeds_alone import drop_salts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x45766964
"""`Evid`, in the header of the file, so that `file` and SQLite tools can tell a case."""
SCHEMA_VERSION = 9
"""`user_version`: raised by one with every migration."""

_RECORDED = ("recorded_at", "recorded_by")
_EVIDENCE = (
    *("text", "speaker", "role", "date", "language", "note", "artifact", "extracted"),
    *("clause", "tender", "authority", "awarded_to", "value", "page"),
    *("subject", "sender", "recipient", "cc", "message_id", "in_reply_to"),
)
_ABOUT = ("title", "author", "publisher", "published", "url", "language")

READABLE: dict[str, tuple[str, ...]] = {
    "artifact": (
        *("blake3", "sha256", "size", "media_type", "filename"),
        *(*_ABOUT, "retrieved_at", "note", *_RECORDED),
    ),
    "original": (*_ABOUT, "translated", "note", *_RECORDED),
    "claim": ("slug", "statement", "note", *_RECORDED),
    "evidence": (*_EVIDENCE, *_RECORDED),
    "link": ("note", *_RECORDED),
    "retraction": ("reason", *_RECORDED),
    "amendment": ("changes", "reason", *_RECORDED),
    "case_title": ("title", *_RECORDED),
    "review": ("reviewer", "note", "size", "root", "signature", *_RECORDED),
    "erasure": ("reason", *_RECORDED),
    "key_change": ("reason", *_RECORDED),
    "custody": ("actor", "action", "subjects", "note", *_RECORDED),
}
"""The tables that hold a body, and their columns that are generated from it."""
SINCE_3 = ("amendment", "case_title")
"""The tables that came with the third version."""
SINCE_4 = ("review",)
"""The tables that came with the fourth."""
SINCE_5 = ("erasure",)
"""The tables that came with the fifth."""
SINCE_6 = ("key_change",)
"""The tables that came with the sixth."""
SINCE_7 = ("custody",)
"""The tables that came with the seventh."""
SINCE = (*SINCE_3, *SINCE_4, *SINCE_5, *SINCE_6, *SINCE_7)
_FIRST = [table for table in READABLE if table not in SINCE]
_OF_KIND = {"case": "case_title", "key": "key_change"}
"""The tables that aren't called as the kind of their records is."""

_TO = """
        to_idx INTEGER NOT NULL REFERENCES entry(idx),"""
_PLAIN = {
    "evidence": """
        kind TEXT NOT NULL,
        artifact_idx INTEGER REFERENCES artifact(idx),""",
    "link": """
        relation TEXT NOT NULL,
        from_idx INTEGER NOT NULL REFERENCES entry(idx),
        to_idx INTEGER NOT NULL REFERENCES entry(idx),""",
    **dict.fromkeys(("retraction", "amendment", "erasure"), _TO),
    "review": """
        verdict TEXT NOT NULL,
        to_idx INTEGER NOT NULL REFERENCES entry(idx),""",
}
STOOD_IN = {"amendment": ("to_idx",), "review": ("verdict", "to_idx"), "erasure": ("to_idx",)}
"""The plain columns of the tables that older versions lack."""
_INTEGERS = frozenset({"size", "translated"})
_SPECIAL = {"match_status": "'$.match.status'"}
_SINCE_2 = {
    "evidence": {
        "match_notes": "'$.match.notes'",
        **{name: f"'$.{name}'" for name in ("marks", "regions", "dkim", "until", "translator")},
    },
    "artifact": {"warnings": "'$.warnings'"},
}
"""Columns that came with the second version."""

COLUMNS: dict[str, dict[str, str]] = {
    table: {
        **{name: f"'$.{name}'" for name in columns},
        **(_SPECIAL if table == "evidence" else {}),
        **_SINCE_2.get(table, {}),
    }
    for table, columns in READABLE.items()
}
"""Every column of these tables that is generated from the body, and the path of its value."""

_INDEXES = """
    CREATE UNIQUE INDEX claim_slug ON claim(slug);
    CREATE INDEX artifact_blake3 ON artifact(blake3);
    CREATE INDEX evidence_artifact ON evidence(artifact_idx);
    CREATE INDEX link_to ON link(to_idx, relation);
    CREATE INDEX link_from ON link(from_idx, relation);
    CREATE INDEX retraction_to ON retraction(to_idx);
"""
_INDEXES_SINCE_3 = """
    CREATE INDEX amendment_to ON amendment(to_idx);
"""
_INDEXES_SINCE_4 = """
    CREATE INDEX review_to ON review(to_idx);
"""
_INDEXES_SINCE_5 = """
    CREATE INDEX erasure_to ON erasure(to_idx);
"""
_SEARCH = """
    CREATE VIEW passage AS
        SELECT idx, statement AS words FROM claim
        UNION ALL SELECT idx, text FROM evidence;
    CREATE VIRTUAL TABLE search USING fts5(
        words, content='passage', content_rowid='idx',
        tokenize='unicode61 remove_diacritics 2'
    );
"""


def migrations() -> Migrations:
    """All migrations, oldest first."""
    from sqlite_utils import Migrations

    case = Migrations("evidence-chain")

    @case()
    def first_tables(db: Database) -> None:
        _run(
            db.conn,
            [logged.LOG, *map(_record_table, _FIRST), _record_view(_FIRST), _INDEXES, _SEARCH],
        )
        _guard(db, ["entry", "seal", "tree_node", "checkpoint", "case_info", *_FIRST])
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.conn.execute("PRAGMA user_version = 1")

    @case()
    def what_is_marked_in_a_passage(db: Database) -> None:
        _add_columns(db)
        db.conn.execute("PRAGMA user_version = 2")

    @case()
    def amendments_and_the_title_of_the_case(db: Database) -> None:
        _add_tables(db, SINCE_3, [*_FIRST, *SINCE_3], _INDEXES_SINCE_3)
        db.conn.execute("PRAGMA user_version = 3")

    @case()
    def reviews_and_time_stamps(db: Database) -> None:
        _add_tables(db, SINCE_4, [*_FIRST, *SINCE_3, *SINCE_4], _INDEXES_SINCE_4)
        _run(db.conn, [unlogged.TIMESTAMP, *append_only("timestamp")])
        db.conn.execute("PRAGMA user_version = 4")

    @case()
    def what_was_erased_and_what_is_withheld(db: Database) -> None:
        _add_tables(db, SINCE_5, [*_FIRST, *SINCE_3, *SINCE_4, *SINCE_5], _INDEXES_SINCE_5)
        _run(db.conn, [unlogged.WITHHOLDING])
        _guard(db, ["withholding"])
        db.conn.execute("PRAGMA user_version = 5")

    @case()
    def changes_of_keys_and_cosignatures(db: Database) -> None:
        _add_tables(db, SINCE_6, READABLE, "")
        _run(db.conn, [unlogged.COSIGNATURE, *append_only("cosignature")])
        db.conn.execute("PRAGMA user_version = 6")

    @case()
    def whose_hands_it_went_through_and_stamps_of_stamps(db: Database) -> None:
        _add_tables(db, SINCE_7, READABLE, "")
        _run(db.conn, [unlogged.RENEWAL, unlogged.OPEN_TIMESTAMP])
        _guard(db, ["renewal", "open_timestamp"])
        db.conn.execute("PRAGMA user_version = 7")

    @case()
    def seeds_without_the_salts_that_they_give(db: Database) -> None:
        db.conn.execute("DROP VIEW record")
        drop_salts(db.conn)
        _run(db.conn, [_record_view(READABLE, salts=False)])
        _guard(db, ["seal"])
        db.conn.execute("PRAGMA user_version = 8")

    @case()
    def where_the_files_lie(db: Database) -> None:
        _run(db.conn, [unlogged.FILES_AT])
        db.conn.execute("PRAGMA user_version = 9")

    return case


def _add_columns(db: Database) -> None:
    for table, columns in _SINCE_2.items():
        for column in columns.items():
            db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {_generated(*column)}")


def _guard(db: Database, tables: Iterable[str]) -> None:
    for table in tables:
        _run(db.conn, append_only(table))


@cache
def migrations_until(version: int) -> tuple[str, ...]:
    """The names of the migrations that make a version, oldest first."""
    from sqlite_utils import Database

    with closing(sqlite3.connect(":memory:")) as connection:
        return tuple(one.name for one in migrations().pending(Database(connection)))[:version]


def upgrade(connection: sqlite3.Connection) -> None:
    """Give the tables of an older version what this one has; nothing recorded changes."""
    ((version,),) = connection.execute("PRAGMA user_version")
    if version < SCHEMA_VERSION:
        from sqlite_utils import Database

        migrations().apply(Database(connection))
        with suppress(sqlite3.Error):  # what it no longer holds is only room
            connection.execute("VACUUM")


def table_of(kind: str) -> str:
    """The table that holds the records of a kind, if this version knows it."""
    return "evidence" if is_evidence(kind) else _OF_KIND.get(kind, kind)


def kinds_in(table: str) -> str:
    """The kinds of the records that a table holds, as a pattern for `LIKE`."""
    named = {table: kind for kind, table in _OF_KIND.items()}
    return "evidence/%" if table == "evidence" else named.get(table, table)


def integer_columns(table: str) -> frozenset[str]:
    """The columns of a table that hold integers."""
    return _INTEGERS & COLUMNS[table].keys()


def _generated(name: str, path: str) -> str:
    kind = "INTEGER" if name in _INTEGERS else "TEXT"
    return f"{name} {kind} GENERATED ALWAYS AS (body ->> {path}) VIRTUAL"


def _record_table(table: str) -> str:
    columns = {name: f"'$.{name}'" for name in READABLE[table]}
    if table == "evidence":
        columns |= _SPECIAL
    generated = ",\n".join(f"        {_generated(*column)}" for column in columns.items())
    return f"""
    CREATE TABLE {table} (
        idx INTEGER PRIMARY KEY REFERENCES entry(idx),{_PLAIN.get(table, "")}
        body TEXT,
{generated}
    ) STRICT;
    """


def _add_tables(db: Database, new: Iterable[str], all_: Iterable[str], indexes: str) -> None:
    """Add tables that hold a body, to a view over what `all_` then names."""
    db.conn.execute("DROP VIEW record")
    _run(db.conn, [*map(_record_table, new), _record_view(all_), indexes])
    _guard(db, new)


def _record_view(tables: Iterable[str], *, salts: bool = True) -> str:
    bodies = " UNION ALL ".join(f"SELECT idx, body FROM {table}" for table in tables)  # noqa: S608
    return f"""
    CREATE VIEW record AS
        SELECT entry.idx, entry.id, entry.kind, bodies.body{", seal.salts" if salts else ""}
        FROM ({bodies}) AS bodies JOIN entry USING (idx) JOIN seal USING (idx)
        WHERE bodies.body IS NOT NULL;
    """  # noqa: S608


def _run(connection: sqlite3.Connection, scripts: Iterable[str]) -> None:
    """Execute statements one by one: `executescript` would end the open transaction."""
    statement = ""
    for line in "\n".join(scripts).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
