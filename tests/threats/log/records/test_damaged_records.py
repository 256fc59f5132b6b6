"""What is read for people from tables that somebody changed: a sentence, never a traceback."""

import pytest

from adversary import tampering, verdict

MISSHAPEN = {
    "an array": "[]",
    "other types": '{"artifact":7,"date":{},"selector":5,"match":5,"speaker":[1],"text":5}',
    "no words": '{"selector":[{"type":"TextQuoteSelector"},{"type":"TextPositionSelector"}]}',
    "no name": '{"blake3":5,"filename":5,"title":[]}',
}
COMMANDS = ["resolve board-knew", "list", "show {never}", "show {minutes}"]


@pytest.mark.parametrize("what", MISSHAPEN)
@pytest.mark.parametrize("words", COMMANDS)
def test_row_01_misshapen_bodies_are_told_in_a_sentence(case, words, what):
    with tampering(case) as db:
        for table in ("evidence", "artifact"):
            db.execute(f"UPDATE {table} SET body = ?", (MISSHAPEN[what],))
    case.run(*words.format(**case.ids).split(), code=(0, 1, 4))


@pytest.mark.parametrize("what", MISSHAPEN)
def test_row_01_misshapen_bodies_are_not_what_was_committed_to(case, what):
    with tampering(case) as db:
        for table in ("evidence", "artifact", "original", "link", "retraction"):
            db.execute(f"UPDATE {table} SET body = ?", (MISSHAPEN[what],))
    assert set(verdict(case, code=1).failed) == {"commitment", "projection"}


def test_row_02_a_passage_of_a_record_that_is_not_there(case):
    with tampering(case) as db:
        db.execute("UPDATE evidence SET artifact_idx = 900")
    assert set(verdict(case, code=1).failed) == {"projection", "claim"}
    case.run("resolve", "board-knew", code=(1, 4))


@pytest.mark.parametrize(
    "words", [["list"], ["log"], ["search", "board"], ["resolve", "board-knew"]]
)
def test_row_02_links_between_records_that_are_not_there(case, words):
    with tampering(case) as db:
        db.execute("UPDATE link SET to_idx = 900, from_idx = 901")
    case.run(*words, code=(0, 1, 4))


@pytest.mark.parametrize("words", [["log"], ["claim", "new", "New"], ["checkpoint"]])
def test_row_11_an_entry_far_outside_the_log(case, words):
    with tampering(case) as db:
        db.execute(
            "INSERT INTO entry (idx, id, entry) VALUES (?, 'x', '{\"kind\":\"claim\"}')", (2**62,)
        )
    case.run(*words, code=4)


def test_row_32_a_withheld_file_can_be_shown(case):
    with tampering(case) as db:
        db.execute("UPDATE artifact SET body = NULL")
    case.run("show", case.ids["minutes"])


@pytest.mark.parametrize("words", [["verify"], ["log"], ["resolve", "board-knew"], ["checkpoint"]])
def test_row_32_a_case_without_its_name(case, words):
    with tampering(case) as db:
        db.execute("DELETE FROM case_info")
    case.run(*words, code=4)
