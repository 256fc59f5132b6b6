"""A claim is resolved by indexes: no question of it looks through all records of a case."""

import re

import pytest

from evidence_db.case import Case
from evidence_db.reading.references import find_record
from evidence_db.resolving.resolution import Resolution

_SCANNED = re.compile(r"SCAN (\w+)")
SMALL = {"checkpoint", "timestamp", "cosignature", "case_info", "case_title"}
"""Tables of which there are few rows in any case."""
ASKED = {"wanted", "reach", "json_each", "pragma_table_info", "sqlite_master", "sqlite_schema"}
"""What a question brings with it, and what it has found so far."""
FOUND = {"before", "reach", "CONSTANT"}


@pytest.fixture(scope="module")
def asked(template):
    """The questions that a claim's resolution asks, and what SQLite looks through for each."""
    said = []
    case = Case.open(template.root)
    with case.reader() as reader:
        reader.connection.set_trace_callback(said.append)
        Resolution(case, reader, find_record(reader, "board-knew", "claim").index).as_json()
        reader.connection.set_trace_callback(None)
        questions = {
            one for one in said if one.startswith(("SELECT", "WITH", "\nSELECT", "\nWITH"))
        }
        return {
            one: _scanned(reader.connection.execute(f"EXPLAIN QUERY PLAN {one}"))
            for one in questions
        }


def _scanned(plan):
    return {found[1] for *_, step in plan if (found := _SCANNED.match(step))}


def test_no_question_looks_through_a_table_of_records(asked):
    assert len(asked) > 20
    whole = {one for one, tables in asked.items() if tables - SMALL - ASKED - FOUND}
    assert {" ".join(one.split()) for one in whole} == {
        "SELECT idx, id, entry FROM entry NOT INDEXED"  # once for each state of a small log
    }
