"""No value in a table makes a page fail without a sentence (see `threats/log`)."""

import pytest
from test_damaged import PAGES, REFERENCES, look_at

from adversary import loosened, tampering

LOOSE = {
    **{f"{table}: bytes": (table, "body = CAST(body AS BLOB)") for table in ("claim", "evidence")},
    **{f"{table}: a number": (table, "body = 7") for table in ("artifact", "link", "case_title")},
    "ids that are bytes": ("entry", "id = CAST(id AS BLOB)"),
    "entries that are bytes": ("entry", "entry = CAST(entry AS BLOB)"),
    "an origin that is bytes": ("case_info", "origin = x'ff00'"),
    "notes that are bytes": ("checkpoint", "note = x'ff00'"),
    "hashes that are words": ("tree_node", "hash = 'x'"),
    "a seed that is words": ("seal", "seed = 'x'"),
}


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    return template.copy_to(tmp_path_factory.mktemp("foreign") / "case")


@pytest.mark.parametrize("what", LOOSE)
def test_values_of_foreign_types(damaged, what):
    table, change = LOOSE[what]
    with loosened(damaged.case, table) as db:
        db.execute(f"UPDATE {table} SET {change}")
    look_at(damaged, [*PAGES, *REFERENCES])


@pytest.mark.parametrize("index", [2**63 - 1, 2**62, -1])
def test_an_entry_far_outside_the_log(damaged, index):
    with tampering(damaged.case) as db:
        db.execute(
            "INSERT INTO entry (idx, id, entry) SELECT ?, 'ab', entry FROM entry WHERE idx = 3",
            (index,),
        )
    look_at(damaged, [*PAGES, *REFERENCES])
