"""A resolution shows the very bodies that it checked, each of which it reads once."""

import json

import pytest

from adversary import change_body, tampering
from evidence_chain.errors import StorageError
from evidence_db.case import Case
from evidence_db.resolving.resolution import resolve


def resolved(case, name):
    """The claim resolved, and each statement that SQLite was given meanwhile."""
    said = []
    opened = Case.open(case.root)
    with opened.reader() as reader:
        reader.connection.set_trace_callback(said.append)
        return resolve(opened, reader, case.index(name)), said


def test_each_body_is_read_once(template):
    found, said = resolved(template, "board-knew")
    assert found["claim"]["statement"] == "The harbour board knew of the recordings"
    assert [link["note"] for link in found["chain"]] == [None, "They were taught to", "Under oath"]
    of_claims = [one for one in said if "claim.idx, body FROM" in one]
    assert len(of_claims) == 1


def test_what_is_shown_of_a_record_that_was_ended(template):
    found, _ = resolved(template, "microphones-listen")
    how = {one["record"]["text"]: one["ended"] or one["record"]["ended"] for one in found["chain"]}
    assert how["deaf to conversation"] == {
        "how": "retracted",
        "reason": "Repeats the release",
        "uncovered": False,
    }


def test_a_claim_that_took_another_s_place_is_named(invented):
    other = invented.id("claim", "board-heard", "The harbour board heard the recordings")
    invented.run("replace", "board-knew", other, "--drop-links")
    found, _ = resolved(invented, "board-knew")
    assert found["claim"]["ended"] == {
        "how": "replaced",
        "by": other,
        "uncovered": True,
    }


@pytest.mark.parametrize(
    ("name", "table"), [("board-knew", "claim"), ("twice", "evidence"), ("minutes", "artifact")]
)
def test_a_record_that_is_in_no_table_is_told(invented, name, table):
    with tampering(invented) as db:
        db.execute(f"DELETE FROM {table} WHERE idx = ?", (invented.index(name),))
    with pytest.raises(StorageError, match="is missing from the database, or damaged"):
        resolved(invented, "board-knew")


def test_values_that_are_not_those_committed_to_are_shown_as_failed(invented):
    with tampering(invented) as db:
        change_body(db, invented.index("board-knew"), lambda body: body | {"statement": "Nobody"})
    found, _ = resolved(invented, "board-knew")
    assert found["claim"]["statement"] == "Nobody"
    assert found["claim"]["integrity"]["outcome"] == "failed"
    assert json.dumps(found)


def test_a_misshapen_body_is_told(invented):
    with tampering(invented) as db:
        change_body(db, invented.index("twice"), lambda body: body | {"match": {"status": []}})
    with pytest.raises(StorageError, match="is missing from the database, or damaged"):
        resolved(invented, "board-knew")
