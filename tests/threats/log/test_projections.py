"""Row 2: tables, views, triggers and the search index, with values and log left alone."""

import pytest
from sqlite_utils import Database

from adversary import (
    rewriting_schema,
    tampering,
    verdict,
)


def rebuild_search(db):
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")


def test_taking_triggers_off_and_putting_them_back_changes_nothing(case):
    with tampering(case) as db:
        rebuild_search(db)
    assert verdict(case, code=0).failed == []


COLUMNS = {
    "kind of evidence": ("never", "UPDATE evidence SET kind = 'evidence/letter' WHERE idx = :idx"),
    "file of a passage": (
        "never",
        "UPDATE evidence SET artifact_idx = artifact_idx + 2 WHERE idx = :idx",
    ),
    "relation": ("never-knew", "UPDATE link SET relation = 'supports' WHERE idx = :idx"),
    "speaker": ("never-knew", "UPDATE link SET from_idx = from_idx + 1 WHERE idx = :idx"),
    "claim spoken to": ("never-knew", "UPDATE link SET to_idx = to_idx + 1 WHERE idx = :idx"),
    "what is retracted": ("retraction", "UPDATE retraction SET to_idx = 20 WHERE idx = :idx"),
    "a row removed": ("never-knew", "DELETE FROM link WHERE idx = :idx"),
    "a row put in": (
        "never-knew",
        "INSERT INTO link (idx, relation, from_idx, to_idx, body) "
        "SELECT 900, 'supports', from_idx, to_idx, body FROM link WHERE idx = :idx",
    ),
    "a node of the tree": ("letter", "UPDATE tree_node SET hash = zeroblob(32) WHERE n = 0"),
    "a node of the tree removed": ("letter", "DELETE FROM tree_node WHERE level = 1 AND n = 3"),
    "a node put into the tree": ("letter", "INSERT INTO tree_node VALUES (1, 99, zeroblob(32))"),
}


@pytest.mark.parametrize("what", COLUMNS)
def test_row_02_a_projection_changed(case, what):
    name, sql = COLUMNS[what]
    with tampering(case) as db:
        rows = db.execute(sql, {"idx": case.index(name)} if ":idx" in sql else {}).rowcount
        assert rows > 0
    found = verdict(case, code=1)
    assert set(found.failed) == {"projection"}


def test_row_02_a_row_of_another_kind_put_in(case):
    with tampering(case) as db:
        index = case.index("never-knew")
        db.execute("INSERT INTO retraction (idx, to_idx, body) VALUES (?, 0, '{}')", (index,))
    assert set(verdict(case, code=1).failed) == {"commitment", "projection"}


SEARCH = {
    "a passage made up": "INSERT INTO search (rowid, words) VALUES (900, 'guilty as charged')",
    "a passage left out": "INSERT INTO search (search, rowid, words) "
    "SELECT 'delete', idx, statement FROM claim LIMIT 1",
    "the lengths of passages": "UPDATE search_docsize SET sz = x'7f'",
    "the index itself": "UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10",
    "words out of reach": "DELETE FROM search_idx",
    "how it ranks": "INSERT INTO search (search, rank) VALUES ('rank', 'bm25(0.0)')",
}


@pytest.mark.parametrize("what", SEARCH)
def test_row_02_the_search_index_changed(case, what):
    with tampering(case) as db:
        db.execute(SEARCH[what])
    found = verdict(case, code=1)
    assert set(found.failed) == {"projection"}
    assert "search" in found.details


def test_row_02_a_view_redefined(case):
    with case.connected() as db:
        ((sql,),) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'record'")
        db.execute("DROP VIEW record")
        db.execute(sql.replace("bodies.body", "replace(bodies.body, 'never', 'always') AS body", 1))
    assert verdict(case, code=1)[:2] == (["schema"], set())


def test_row_02_the_view_that_search_reads_redefined(case):
    with case.connected() as db:
        ((sql,),) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'passage'")
        db.execute("DROP VIEW passage")
        db.execute(sql.replace("statement AS words", "replace(statement, 'knew', 'hid') AS words"))
    assert set(verdict(case, code=1).failed) == {"schema", "projection"}
    with tampering(case) as db:
        rebuild_search(db)
    assert verdict(case, code=1).failed == ["schema"]


def test_row_02_a_generated_column_redefined(case):
    """The column shows another field's value, while the body and SQLite's own check are fine."""
    with rewriting_schema(case) as db:
        db.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '$.speaker', '$.text') "
            "WHERE name = 'evidence'"
        )
    with case.connected() as db:
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        ((shown,),) = db.execute(
            "SELECT speaker FROM evidence WHERE idx = ?", (case.index("never"),)
        )
        assert shown.startswith("We were never told")
    assert verdict(case, code=1)[:2] == (["schema"], set())


TRIGGERS = {
    "gone": "DROP TRIGGER link_no_delete",
    "of no effect": "CREATE TRIGGER link_no_delete BEFORE DELETE ON link WHEN 0 "
    "BEGIN SELECT RAISE(ABORT, ''); END",
    "put in": "CREATE TRIGGER more AFTER INSERT ON link BEGIN DELETE FROM checkpoint; END",
}


@pytest.mark.parametrize("what", TRIGGERS)
def test_row_02_a_trigger_redefined(case, what):
    with case.connected() as db:
        if what == "of no effect":
            db.execute(TRIGGERS["gone"])
        db.execute(TRIGGERS[what])
    assert verdict(case, code=1)[:2] == (["schema"], verdict(case, code=1).missed)
    assert set(verdict(case, code=1).failed) == {"schema"}


def test_row_02_a_table_that_was_made_anew(case):
    """`sqlite-utils transform` keeps the rows and indexes, and leaves the triggers behind."""
    with case.connected() as db:
        Database(db)["seal"].transform()
    found = verdict(case, code=1)
    assert set(found.failed) == {"schema"}
    assert "The trigger seal_no_update is missing." in found.details


def test_row_02_a_trigger_hidden_under_a_name_of_sqlites_own(case):
    sql = "CREATE TRIGGER sqlite_own AFTER INSERT ON link BEGIN DELETE FROM checkpoint; END"
    with rewriting_schema(case) as db:
        db.execute(
            "INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_own', 'link', 0, ?)", (sql,)
        )
    found = verdict(case, code=1)
    assert found[:2] == (["schema"], set())
    assert "sqlite_own" in found.details


def test_row_02_statistics_for_the_query_planner_are_no_attack(case):
    with case.connected() as db:
        db.execute("ANALYZE")
    assert verdict(case, code=0).failed == []


@pytest.mark.parametrize("what", ["DROP INDEX link_to", "CREATE TABLE note (a)"])
def test_row_02_indexes_and_tables_are_those_of_the_version(case, what):
    with case.connected() as db:
        db.execute(what)
    assert verdict(case, code=1)[:2] == (["schema"], set())


def test_row_02_an_index_that_leaves_rows_out(case):
    """A link is there, but no question that goes through the index finds it."""
    with rewriting_schema(case) as db:
        ((honest,),) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'link_to'")
        partial = f"{honest} WHERE relation <> 'contradicts'"
        db.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'link_to'", (partial,))
    with case.connected() as db:
        db.execute("REINDEX link_to")
    with rewriting_schema(case) as db:
        db.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'link_to'", (honest,))
    resolved = case.json("resolve", "board-knew", code=1)
    assert resolved["contradicts"] == 0
    assert {one["check"] for one in resolved["integrity"]["findings"]} == {"projection"}
    found = verdict(case, code=1)
    assert set(found.failed) == {"projection"}
    assert "link_to" in found.details


def test_row_02_a_row_at_the_last_place_that_sqlite_has(case):
    with tampering(case) as db:
        row = "SELECT ?, 'supports', from_idx, to_idx, body FROM link LIMIT 1"
        names = "idx, relation, from_idx, to_idx, body"
        db.execute(f"INSERT INTO link ({names}) {row}", (2**63 - 1,))
    assert verdict(case, code=1)[:2] == (["projection"], set())
