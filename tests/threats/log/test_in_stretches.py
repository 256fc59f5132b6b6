"""A large log is checked in stretches, by several processes, and with the same findings."""

import pytest

from adversary import Insider, change_body, drop, flip, tampering, verdict
from evidence_db.verifying import records, run


def nothing(case):
    pass


def a_value(case):
    with tampering(case) as db:
        change_body(db, case.index("never"), lambda values: values | {"speaker": "Nobody"})


def an_entry(case):
    with tampering(case) as db:
        db.execute("UPDATE entry SET entry = replace(entry, 'contradicts', 'supports')")


def a_record(case):
    with tampering(case) as db:
        drop(db, case.index("never-knew"))
    Insider(case).rebuild()


def a_gap(case):
    with tampering(case) as db:
        db.execute("DELETE FROM entry WHERE idx BETWEEN 6 AND 14")


def the_stored_tree(case):
    with tampering(case) as db:
        db.execute("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 4")


def a_file(case):
    flip(case.preserved("tender"))


def a_stream(case):
    flip(case.stream("deaf"))


def a_link_twice(case):
    insider = Insider(case)
    insider.link("contradicts", case.ids["never"], case.ids["board-knew"])
    insider.sign()


def bytes_that_are_no_text(case):
    with tampering(case) as db:
        bad = "CAST(x'7b226e6f7465223a22ff227d' AS TEXT)"
        db.execute(f"UPDATE link SET body = {bad} WHERE idx = ?", (case.index("never-knew"),))


ATTACKS = [
    nothing,
    a_value,
    an_entry,
    a_record,
    a_gap,
    the_stored_tree,
    a_file,
    a_stream,
    a_link_twice,
    bytes_that_are_no_text,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_stretches_and_processes_find_the_same(case, monkeypatch, attack):
    attack(case)
    code = 0 if attack is nothing else 1
    whole = verdict(case, code=code)
    monkeypatch.setattr(records, "LEVEL", 2)
    in_stretches = verdict(case, code=code)
    monkeypatch.setattr(run, "SMALL", 0)
    monkeypatch.setattr(run, "cores", lambda: 2)
    in_processes = verdict(case, code=code)
    assert set(in_stretches.failed) == set(in_processes.failed) == set(whole.failed)
    assert in_stretches.missed - {"tree-root"} == whole.missed - {"tree-root"}
    assert in_processes[:2] == in_stretches[:2]
