"""Values of foreign types, rows that are gone, entries at the end of all numbers: one sentence."""

import pytest

from adversary import loosened, tampering

TABLES = ("artifact", "original", "claim", "evidence", "link", "retraction", "case_title")
LAST = 2**63 - 1
LOOSE = {
    **{f"{table}: bytes": (table, "body = CAST(body AS BLOB)") for table in TABLES},
    **{f"{table}: a number": (table, "body = 7") for table in TABLES},
    "ids that are bytes": ("entry", "id = CAST(id AS BLOB)"),
    "entries that are bytes": ("entry", "entry = CAST(entry AS BLOB)"),
    "no UTF-8": ("evidence", "body = x'ff00'"),
    "an origin that is bytes": ("case_info", "origin = x'ff00'"),
    "a title that is a number": ("case_info", "title = 7"),
    "notes that are bytes": ("checkpoint", "note = x'ff00'"),
    "hashes that are words": ("tree_node", "hash = 'x'"),
    "a seed that is words": ("seal", "seed = 'x'"),
    "ends that are words": ("link", "to_idx = 'word', from_idx = x'00'"),
}
STRICT = {
    **{f"no {table}": (f"DELETE FROM {table}",) for table in TABLES},
    "an entry at the last number": (
        f"INSERT INTO entry (idx, id, entry) SELECT {LAST}, 'ab', entry FROM entry WHERE idx = 3",
    ),
    "an entry before the first": ("UPDATE entry SET idx = -1 WHERE idx = 0",),
    "ends at the last number": (f"UPDATE link SET to_idx = {LAST}, from_idx = {-LAST - 1}",),
    "a checkpoint of the last number": (f"UPDATE checkpoint SET size = {LAST} WHERE size > 20",),
    "a file at the last number": (f"UPDATE evidence SET artifact_idx = {LAST}",),
}
COMMANDS = (
    *("list", "log", "log --last 2", "search recordings", "resolve board-knew", "show board-knew"),
    *("show {never} --json", "show {minutes}", "show {retraction}", "proof board-knew -o -"),
    *("verify", "verify board-knew", "publish {home}/out --check-only"),
    *("claim newer Newer", "link {clause} board-knew --supports", "checkpoint"),
    *("retract {never-knew} --reason r", "amend {minutes} --title T --reason r"),
    "add quote --artifact {minutes} --text Nobody.objected --at 90",
)


def run_all(case):
    """Every command ends with an exit code of its own; most say in one line what is wrong."""
    codes = {}
    for words in COMMANDS:
        filled = words.format(**case.ids, home=case.home).split()
        said = case.run(*filled, code=(0, 1, 2, 3, 4))
        codes[words] = said.exit_code
        assert "Traceback" not in said.output
        if said.exit_code == 4:
            assert said.stderr.count("\n") == 1, said.stderr
    return codes


def test_what_the_attacks_start_from_holds(case):
    assert set(run_all(case).values()) == {0, 1}


@pytest.mark.parametrize("what", LOOSE)
def test_row_71_values_of_foreign_types(case, what):
    table, change = LOOSE[what]
    with loosened(case, table) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(f"UPDATE {table} SET {change}")
    codes = run_all(case)
    assert codes["verify"] in (1, 3, 4)
    if table in TABLES:
        assert 4 in codes.values()


@pytest.mark.parametrize("what", STRICT)
def test_row_71_rows_that_are_gone_or_far_away(case, what):
    with tampering(case) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        for statement in STRICT[what]:
            db.execute(statement)
    codes = run_all(case)
    assert codes["verify"] in (1, 4)
    if "no claim" in what:
        assert codes["show board-knew"] == codes["resolve board-knew"] == 4
