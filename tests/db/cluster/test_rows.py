"""A log is verified by its export with the findings that its database gives, and no better ones."""

import os
import stat
import sys
from random import Random

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from adversary import tampering
from evidence_chain.verify.report import CHECKS
from evidence_db.store.tables.schema import READABLE
from evidence_db.verifying import records
from random_damage import damage, unguarded

OF_THE_DATABASE = {
    *("databases", "database", "search indexes", "search", "tables", "names", "case_info"),
    *("tree nodes", "tree", "seal", *READABLE),
}
OF_OTHERS = {"schema", "decisions"}


@pytest.fixture(autouse=True)
def _fine(monkeypatch):
    monkeypatch.setattr(records, "LEVEL", 2)


def told(report):
    """What a report says of the log alone."""
    return [
        one
        for one in report["checks"]
        if one["check"] not in OF_OTHERS
        and not (one["check"] == "projection" and one["subject"] in OF_THE_DATABASE)
    ]


@pytest.fixture
def of_rows(invented):
    """The report of an export of a case as it is now, and that of its database."""

    def both(*words):
        rows = invented.home / "rows.parquet"
        rows.unlink(missing_ok=True)
        if invented.run("export", "parquet", rows, code=(0, 4)).exit_code:
            return None  # nothing was written that could be verified
        there = invented.json("verify", "--rows", rows, *words, code=(0, 1, 3))
        here = invented.json("verify", code=(0, 1, 3))
        here["checks"] = [one for one in here["checks"] if is_of_the_log(one)]
        return there, here

    return both


def is_of_the_log(check):
    return CHECKS[check["check"]][0] <= 6 or check["check"] == "disclosure"


def test_a_log_that_holds(of_rows):
    there, here = of_rows()
    assert there["outcome"] == "holds"
    assert told(there) == told(here)
    assert there["absent"][-1].startswith("the database itself")


def test_on_a_cluster(invented, of_rows, workers):
    with tampering(invented) as db:
        db.execute("UPDATE seal SET seed = zeroblob(32) WHERE idx IN (5, 12)")
    there, _ = of_rows("--cluster", workers.address)
    assert there == of_rows()[0]
    assert there["outcome"] == "failed"


@pytest.mark.parametrize("seed", range(8))
def test_a_database_changed_at_random(invented, of_rows, seed):
    random = Random(seed)
    with tampering(invented) as db:
        unguarded(db)
        changes = [damage(db, random) for _ in range(random.randint(1, 3))]
    if (reports := of_rows()) is not None:
        there, here = map(told, reports)
        assert there == here, changes


def test_it_is_its_owners_and_says_what_it_holds(invented):
    rows, before = invented.home / "rows", os.umask(0)
    try:
        said = invented.run("export", "parquet", rows).stdout
    finally:
        os.umask(before)
    assert stat.S_IMODE(rows.stat().st_mode) == 0o600
    assert "every seed, and every value that is withheld" in " ".join(said.split())
    assert "is there already" in invented.run("export", "parquet", rows, code=2).stderr


@pytest.fixture
def exported(invented):
    """An export, and a function that writes other rows in its place."""
    path = invented.home / "rows"
    invented.run("export", "parquet", path)

    def put(rows, **how):
        pq.write_table(rows, path, **how)

    return path, pq.read_table(path), put


def exchanged(rows, name, index, value):
    column = rows.column(name).to_pylist()
    column[index] = value(column[index])
    at = rows.schema.get_field_index(name)
    return rows.set_column(at, rows.schema.field(at), pa.array(column, rows.schema.types[at]))


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("entry", lambda entry: entry.replace("a", "b"), "tree-root"),
        ("id", lambda id_: "0" * 64, "entry"),
        ("seed", lambda seed: bytes(32), "commitment"),
        ("body", lambda body: body.replace("20", "19"), "commitment"),
        ("body", lambda _: None, "disclosure"),
        ("artifact_idx", lambda idx: idx + 1, "projection"),
        ("table", lambda _: None, "projection"),
        ("idx", lambda idx: idx + 1, "projection"),
        ("idx", lambda idx: idx + (1 << 20), "projection"),
    ],
)
def test_a_value_changed_in_an_export(invented, exported, name, value, check):
    path, rows, put = exported
    put(exchanged(rows, name, invented.index("twice"), value))
    report = invented.json("verify", "--rows", path, code=(1, 3))
    assert check in {one["check"] for one in report["checks"] if one["outcome"] != "holds"}


def test_lines_left_out_of_an_export(invented, exported):
    path, rows, put = exported
    put(pa.concat_tables([rows.slice(0, 7), rows.slice(9)]))
    report = invented.json("verify", "--rows", path, code=1)
    details = [one["detail"] for one in report["checks"]]
    assert {"Entry 7 is not there.", "Entry 8 is not there."} <= set(details)
    put(rows.slice(0, 0))
    report = invented.json("verify", "--rows", path, code=1)
    assert not [one for one in report["checks"] if one["check"] == "entry"]
    put(pa.concat_tables([rows, rows]))
    assert "is not as it says itself" in invented.run("verify", "--rows", path, code=4).stderr


def test_an_export_that_is_none_or_of_another_log(invented, exported):
    path, rows, put = exported
    put(rows.replace_schema_metadata())
    assert "no export of a log" in invented.run("verify", "--rows", path, code=4).stderr
    about = {"evidence-chain": '{"version":1,"origin":"other.example/log","size":26}'}
    put(rows.replace_schema_metadata(about))
    assert "other.example/log" in invented.run("verify", "--rows", path, code=2).stderr
    path.write_bytes(path.read_bytes()[:-100])
    assert "can't be read" in invented.run("verify", "--rows", path, code=4).stderr
    path.unlink()
    assert "can't be read" in invented.run("verify", "--rows", path, code=4).stderr


def test_changes_of_keys_that_the_export_does_not_have(invented, exported):
    path, *_ = exported
    invented.run("key", "rotate", "--reason", "It is time", code=(0, 1, 2, 3))
    report = invented.json("verify", "--rows", path, code=1)
    assert "other changes of keys" in str(report["checks"])


def test_what_goes_with_an_export_and_what_does_not(invented, exported):
    for words in (["--record"], ["--all-digests"], ["board-knew"]):
        invented.run("verify", "--rows", exported[0], *words, code=2)


def test_without_the_extra(invented, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    told = invented.run("export", "parquet", invented.home / "rows", code=3).stderr
    assert "pip install 'evidence-chain[cluster]'" in told
    monkeypatch.setitem(sys.modules, "duckdb", None)
    told = invented.run("verify", "--rows", invented.home / "rows", code=3).stderr
    assert "pip install 'evidence-chain[cluster]'" in told
