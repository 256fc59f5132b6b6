"""Rows 1, 2, 7, 8, 20, 21: what the tables and files show, with the log left alone."""

import json

import pytest

from adversary import (
    canonical,
    change_body,
    flip,
    overwrite,
    rewriting_schema,
    table_of,
    tampering,
    verdict,
)
from evidence_chain.digest import b3, sha256

VALUES = {
    "minutes": "filename",
    "letter": "title",
    "never": "speaker",
    "clause": "clause",
    "board-knew": "statement",
    "never-knew": "note",
    "retraction": "reason",
}
DEPENDS = {
    "minutes": {"file", "extraction"},
    "never": {"passage", "projection"},
    "clause": {"passage", "projection"},
}
"""What can't be checked any more once the values of a record are not to be believed."""


def rebuild_search(db):
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")


def test_what_the_attacks_start_from_holds(case):
    assert verdict(case, "--all-digests", "--seen", case.early, "--seen", case.seen, code=0) == (
        [],
        set(),
        "",
    )


def test_taking_triggers_off_and_putting_them_back_changes_nothing(case):
    with tampering(case) as db:
        rebuild_search(db)
    assert verdict(case, code=0).failed == []


@pytest.mark.parametrize("name", VALUES)
def test_row_01_a_field_value_changed(case, name):
    def change(values):
        return values | {VALUES[name]: "something else"}

    with tampering(case) as db:
        change_body(db, case.index(name), change)
        rebuild_search(db)
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert found.missed <= DEPENDS.get(name, set())
    assert VALUES[name] in found.details


def test_row_01_an_optional_field_filled_in(case):
    with tampering(case) as db:
        change_body(db, case.index("board-was-told"), lambda values: values | {"note": "sworn"})
    assert verdict(case, code=1) == (["commitment"], set(), verdict(case, code=1).details)


def test_row_01_values_withheld_are_not_taken_for_checked(case):
    with tampering(case) as db:
        db.execute("UPDATE claim SET body = NULL WHERE idx = ?", (case.index("board-knew"),))
        rebuild_search(db)
    assert verdict(case, code=3)[:2] == ([], {"disclosure"})


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


def test_row_07_a_preserved_file_changed(case):
    flip(case.preserved("tender"))
    found = verdict(case, code=1)
    assert found.failed == ["file"]
    assert found.missed == {"passage", "extraction"}
    assert "tender.txt" in found.details


def test_row_07_two_preserved_files_swapped(case):
    first, second = (case.preserved(name) for name in ("tender", "minutes"))
    contents = first.read_bytes(), second.read_bytes()
    overwrite(first, contents[1])
    overwrite(second, contents[0])
    assert verdict(case, code=1).failed == ["file", "file"]


def test_row_07_a_preserved_file_with_something_appended(case):
    path = case.preserved("release")
    overwrite(path, path.read_bytes() + b"\n")
    assert verdict(case, code=1)[:2] == (["file"], {"extraction"})


def test_row_07_a_text_stream_changed(case):
    flip(case.stream("deaf"))
    found = verdict(case, code=1)
    assert found.failed == ["stream"]
    assert found.missed == {"passage"}


@pytest.mark.parametrize("digests", ["blake3 alone", "all"])
def test_row_08_a_file_swapped_with_the_row_that_names_it(case, digests):
    forged = case.preserved("tender").read_bytes().replace(b"forty", b"fifty")
    digest = b3(forged).hex()
    path = case.kept(digest)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(forged)
    renamed = {"blake3": digest, "size": len(forged)}
    if digests == "all":
        renamed["sha256"] = sha256(forged).hex()
    with tampering(case) as db:
        change_body(db, case.index("tender"), lambda values: values | renamed)
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert "file" in found.missed
    assert "blake3" in found.details


def test_row_08_the_sha256_in_the_row_alone(case):
    with tampering(case) as db:
        change_body(db, case.index("tender"), lambda values: values | {"sha256": "00" * 32})
    assert verdict(case, "--all-digests", code=1).failed == ["commitment"]


def test_row_20_bytes_moved_between_two_fields(case):
    def shift(values):
        slug, statement = values["slug"], values["statement"]
        return values | {"slug": slug + statement[0], "statement": statement[1:]}

    with tampering(case) as db:
        change_body(db, case.index("board-knew"), shift)
        rebuild_search(db)
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert "slug, statement" in found.details


def test_row_20_bytes_moved_between_a_name_and_its_value(case):
    def shift(values):
        statement = values.pop("statement")
        return values | {"statement" + statement[0]: statement[1:]}

    with tampering(case) as db:
        index = case.index("board-knew")
        change_body(db, index, shift)
        ((salts,),) = db.execute("SELECT salts FROM seal WHERE idx = ?", (index,))
        salts = shift(json.loads(salts) | {"statement": json.loads(salts)["statement"]})
        db.execute("UPDATE seal SET salts = ? WHERE idx = ?", (canonical(salts), index))
        rebuild_search(db)
    assert verdict(case, code=1).failed == ["commitment"]


def test_row_21_the_disclosures_of_two_records_swapped(case):
    pair = case.index("board-knew"), case.index("quay-is-wired")
    with tampering(case) as db:
        bodies = [
            db.execute("SELECT body FROM claim WHERE idx = ?", (index,)).fetchone()[0]
            for index in pair
        ]
        seals = [
            db.execute("SELECT seed, salts FROM seal WHERE idx = ?", (index,)).fetchone()
            for index in pair
        ]
        db.execute("DROP INDEX claim_slug")
        for index, body, seal in zip(pair, reversed(bodies), reversed(seals), strict=True):
            db.execute("UPDATE claim SET body = ? WHERE idx = ?", (body, index))
            db.execute("UPDATE seal SET seed = ?, salts = ? WHERE idx = ?", (*seal, index))
        db.execute("CREATE UNIQUE INDEX claim_slug ON claim(slug)")
        rebuild_search(db)
    assert verdict(case, code=1)[:2] == (["commitment", "commitment"], set())


@pytest.mark.parametrize("with_salts", [True, False])
def test_row_21_the_names_of_two_fields_swapped(case, with_salts):
    def swap(values):
        return values | {"slug": values["note"], "note": values["slug"]}

    with tampering(case) as db:
        index = case.index("board-knew")
        change_body(db, index, swap)
        if with_salts:
            ((salts,),) = db.execute("SELECT salts FROM seal WHERE idx = ?", (index,))
            swapped = canonical(swap(json.loads(salts)))
            db.execute("UPDATE seal SET salts = ? WHERE idx = ?", (swapped, index))
    found = verdict(case, code=1)
    assert found[:2] == (["commitment"], set())


def test_row_21_a_seed_that_is_not_the_records(case):
    with tampering(case) as db:
        db.execute("UPDATE seal SET seed = zeroblob(32) WHERE idx = 3")
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert "seed" in found.details


def test_the_tables_of_the_test_are_those_of_the_case(case):
    with case.connected() as db:
        tables = {table_of(db, case.index(name)) for name in VALUES}
    assert tables == {"artifact", "original", "evidence", "claim", "link", "retraction"}


@pytest.mark.xfail(reason="auditing.streams should name every passage of a stream, not the first")
def test_row_07_a_text_stream_changed_and_one_claim_verified(case):
    """Its first passage bears on another claim; the stream is checked for the second one too."""
    flip(case.stream("trained"))
    for claim in ("board-knew", "microphones-listen"):
        assert verdict(case, claim, code=1)[:2] == (["stream"], {"passage"})
    assert verdict(case, "quay-is-wired", code=0).failed == []


@pytest.mark.xfail(reason="auditing.strays should have no upper bound")
def test_row_02_a_row_at_the_last_place_that_sqlite_has(case):
    with tampering(case) as db:
        row = "SELECT ?, 'supports', from_idx, to_idx, body FROM link LIMIT 1"
        names = "idx, relation, from_idx, to_idx, body"
        db.execute(f"INSERT INTO link ({names}) {row}", (2**63 - 1,))
    assert verdict(case, code=1)[:2] == (["projection"], set())
