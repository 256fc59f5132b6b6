"""Row 57: the database of an edition says something else, and the right key signs it again."""

import pytest

from evidence_chain.edition.place import place_of
from evidence_db.verifying.editions.looked import look


def changed(edition, *statements):
    with edition.database() as db:
        for statement in statements:
            db.execute(statement)
    edition.seal()
    found = edition.check()
    assert (look(place_of(edition.path), edition.files) is None) == ("database" in found.failed)
    return found


def test_what_the_attacks_start_from_holds(edition):
    assert changed(edition).code == 0


FURTHER = {
    "view": (
        "DROP VIEW passage",
        "CREATE VIEW passage AS SELECT idx, replace(statement, 'knew', 'never knew') AS words "
        "FROM claim UNION ALL SELECT idx, text FROM evidence",
    ),
    "view of a table's name": (
        "ALTER TABLE claim RENAME TO real",
        "CREATE VIEW claim AS SELECT * FROM real WHERE slug <> 'board-knew'",
    ),
    "trigger": ("CREATE TRIGGER welcome AFTER INSERT ON claim BEGIN DELETE FROM evidence; END",),
    "index": ("DROP INDEX claim_slug", "CREATE INDEX claim_slug ON claim(statement)"),
    "index of a part": (
        "DROP INDEX link_to",
        "CREATE INDEX link_to ON link(to_idx, relation) WHERE relation <> 'contradicts'",
    ),
    "table": ("UPDATE claim SET statement = 'The board knew nothing'",),
    "a row less": ("DELETE FROM link WHERE relation = 'contradicts'",),
    "a row more": ("INSERT INTO retraction(idx, to_idx) VALUES (99, 1)",),
    "the title": ("UPDATE case_info SET title = 'Checked by everybody'",),
    "the tree": ("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 1",),
    "generated column": (
        "DROP TABLE retraction",
        "CREATE TABLE retraction(idx INTEGER PRIMARY KEY, to_idx INTEGER, body TEXT, "
        "reason TEXT AS ('None was needed'))",
    ),
    "search index": ("INSERT INTO search(search) VALUES ('delete-all')",),
    "words of the search": ("INSERT INTO search(rowid, words) VALUES (1, 'liars')",),
    "other words": (
        "INSERT INTO search(search, rowid, words) SELECT 'delete', idx, words FROM passage "
        "WHERE words LIKE '%knew%'",
    ),
    "settings of the search": ("INSERT INTO search_config VALUES ('by', 'somebody')",),
    "lengths in the search": ("UPDATE search_docsize SET sz = x'7f'",),
    "a block that the search has no use for": ("INSERT INTO search_data VALUES (5, 'liars')",),
    "statistics": ("ANALYZE",),
    "a table less": ("DROP TABLE case_info",),
}


@pytest.mark.parametrize("what", FURTHER)
def test_row_57_what_is_there_for_datasette(edition, what):
    """The four tables of the format hold."""
    assert changed(edition, *FURTHER[what]).failed == {"database"}


FORMAT = {
    "a value": "UPDATE record SET body = replace(body, 'knew', 'never knew')",
    "an entry": "UPDATE entry SET kind = 'claim' WHERE idx = 0",
    "a record less": "DELETE FROM record WHERE idx = 3",
    "a checkpoint less": "DELETE FROM checkpoint",
    "a time-stamp more": "INSERT INTO timestamp VALUES (28, x'3000')",
    "a column more": "ALTER TABLE record ADD COLUMN verdict TEXT",
    "a value of another type": "UPDATE entry SET kind = CAST(kind AS BLOB) WHERE idx = 3",
    "no value": "UPDATE record SET salts = NULL WHERE idx = 3",
    "an entry that is no text": "UPDATE entry SET entry = CAST(entry AS BLOB) WHERE idx = 3",
    "an entry less": "DELETE FROM entry WHERE idx = 3",
    "a record more": "INSERT INTO record SELECT 99, id, kind, body, salts FROM record LIMIT 1",
    "another id": "UPDATE entry SET id = upper(id) WHERE idx = 3",
    "another kind of a record": "UPDATE record SET kind = 'claim' WHERE idx = 3",
}


@pytest.mark.parametrize("what", FORMAT)
def test_row_57_the_tables_of_the_format(edition, what):
    assert changed(edition, FORMAT[what]).failed == {"database"}


def test_row_57_another_process_finds_the_same(edition):
    alone = changed(edition, FORMAT["another id"])
    assert edition.check(workers=2) == alone


@pytest.mark.parametrize("made", ["TABLE mine(words TEXT)", "VIEW mine AS SELECT 1 AS words"])
def test_row_57_what_nobody_knows_is_not_checked(edition, made):
    found = changed(edition, f"CREATE {made}")
    assert found.code == 3
    assert found.missed == {"database"}
    assert "mine" in found.details


def test_row_57_what_a_stranger_defined_is_not_worked_out(edition):
    """It might take for ever; that no row fits it is what the database itself would tell."""
    table = "CREATE TABLE mine(a, CHECK (a > 1))", "INSERT INTO mine VALUES (1)"
    found = changed(edition, "PRAGMA ignore_check_constraints = ON", *table)
    assert (found.code, found.missed) == (3, {"database"})
    assert "nor was it asked whether the file is damaged" in found.details


def test_row_57_an_index_that_is_called_as_a_table_is(edition):
    data = edition.path / "data/evidence.db"
    with edition.database() as db:
        db.execute("CREATE INDEX remake ON entry(kind)")
    data.write_bytes(data.read_bytes().replace(b"remake", b"record"))
    edition.seal()
    assert edition.check().code == 3


def test_row_57_the_four_tables_alone_are_enough(edition):
    with edition.database() as db:
        known = ("entry", "record", "checkpoint", "timestamp")
        for type_ in ("view", "table"):
            rows = db.execute("SELECT name FROM sqlite_schema WHERE type = ?", (type_,)).fetchall()
            for (name,) in rows:
                if name not in known and not name.startswith("search_"):
                    db.execute(f"DROP {type_} {name}")
        for index in ("entry_id", "entry_kind"):
            db.execute(f"DROP INDEX {index}")
    edition.seal()
    assert edition.check().code == 0


def test_row_57_bytes_that_belong_to_no_row(edition):
    data = edition.read("data/evidence.db")
    edition.write("data/evidence.db", data + b"\0" * 4096)
    edition.seal()
    assert edition.check().failed == {"database"}
    at = data.index(bytes(64), 4096)
    edition.write("data/evidence.db", data[:at] + b"withheld" + data[at + 8 :])
    edition.seal()
    assert edition.check().failed == {"database"}


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"SQLite format 3\0" * 512, b"PK"])
def test_row_57_no_database(edition, data):
    edition.write("data/evidence.db", data)
    edition.seal()
    assert edition.check().failed == {"database"}
