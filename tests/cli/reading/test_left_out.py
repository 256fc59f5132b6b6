"""`resolve` and the claim page notice what was taken out of the log, turned elsewhere or put in."""

import mmap
import os
import shutil

import pytest

from adversary import Insider, drop, id_of, loosened, rewriting_schema, tampering, truncate
from cases import make_empty_case
from evidence_db.verifying.completeness import completeness, counted

_INDEXES = ("entry_to", "entry_from", "link_to", "link_from")


def resolved(case, *, code=0):
    return case.json("resolve", "board-knew", code=code)


def take_out(db, index):
    for table in ("link", "retraction", "evidence", "seal", "entry"):
        db.execute(f"DELETE FROM {table} WHERE idx = ?", (index,))


def turn(db, index, case):
    """Let a link lead to another claim: in the log, the id and the table alike."""
    ((entry,),) = db.execute("SELECT entry FROM entry WHERE idx = ?", (index,))
    entry = entry.replace(case.ids["board-knew"], case.ids["quay-is-wired"])
    change = "UPDATE entry SET entry = ?, id = ? WHERE idx = ?"
    db.execute(change, (entry, id_of(entry), index))
    to = case.index("quay-is-wired")
    db.execute("UPDATE link SET to_idx = ? WHERE idx = ?", (to, index))


def taken_out(case):
    with tampering(case) as db:
        take_out(db, case.index("never-knew"))


def taken_out_and_renumbered(case):
    with tampering(case) as db:
        drop(db, case.index("never-knew"))
    Insider(case).rebuild()


def taken_out_with_its_passage(case):
    indexes = [case.index(name) for name in ("never-knew", "never")]
    with tampering(case) as db:
        for index in indexes:
            take_out(db, index)


def turned(case):
    with tampering(case) as db:
        turn(db, case.index("never-knew"), case)


def turned_with_the_tree(case):
    turned(case)
    Insider(case).rebuild()


def hidden_from_the_indexes(case, index=None):
    """The rows stay, and no index finds them, which SQLite's own check would tell."""
    index = case.index("never-knew") if index is None else index
    found = "SELECT sql FROM sqlite_master WHERE name = ?"
    with case.connected() as db:
        said = {name: db.execute(found, (name,)).fetchone()[0] for name in _INDEXES}
        for name in _INDEXES:
            db.execute(f"DROP INDEX {name}")
        for sql in said.values():
            partly = sql.replace(" WHERE ", " WHERE idx <> ? AND ") if " WHERE " in sql else sql
            where = "" if " WHERE " in sql else " WHERE idx <> ?"
            db.execute((partly + where).replace("?", str(index)))
    with rewriting_schema(case) as db:
        for name, sql in said.items():
            db.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))


def put_beyond(case, index):
    Insider(case).record(
        "retraction", {"reason": "Withdrawn"}, {"to": case.ids["never-knew"]}, index=index
    )


FORGERIES = {
    "a contradiction is taken out": taken_out,
    "and the later entries move up": taken_out_and_renumbered,
    "with the passage that it came from": taken_out_with_its_passage,
    "a contradiction is turned to another claim": turned,
    "and the tree is made to fit": turned_with_the_tree,
    "no index finds a contradiction": hidden_from_the_indexes,
    "a retraction stands at the end of all numbers": lambda case: put_beyond(case, (1 << 63) - 1),
    "a retraction stands beyond the end": lambda case: put_beyond(case, 10_000),
    "a retraction stands before the beginning": lambda case: put_beyond(case, -1),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_row_68_what_was_taken_out_turned_or_put_in_fails(invented, forge):
    assert resolved(invented)["complete"]["outcome"] == "holds"
    forge(invented)
    found = resolved(invented, code=1)
    assert found["integrity"]["outcome"] == "failed"
    assert "FAILED" in invented.run("resolve", "board-knew", code=1).stdout


def test_row_68_a_correction_that_is_hidden_fails(invented):
    made = invented.id("amend", invented.ids["never"], "--speaker", "Ada Wren", "--reason", "x")
    invented.run("checkpoint")
    assert resolved(invented)["integrity"]["outcome"] == "holds"
    invented.ids["amendment"] = made
    index = invented.index("amendment")
    with tampering(invented) as db:
        db.execute("DELETE FROM amendment WHERE idx = ?", (index,))
    hidden_from_the_indexes(invented, index)
    found = resolved(invented, code=1)
    assert found["integrity"]["outcome"] == "failed"
    (said,) = [one for one in found["integrity"]["findings"] if one["outcome"] == "failed"]
    assert f"entries {index}" in said["detail"]


def test_row_68_a_correction_that_nobody_signed_is_named_where_it_takes_effect(invented):
    changes = {"changes": {"speaker": "Ada Wren"}, "reason": "Misheard"}
    Insider(invented).record("amendment", changes, {"to": invented.ids["never"]})
    for words in (("resolve", "board-knew"), ("show", invented.ids["never"])):
        said = " ".join(invented.run(*words).stdout.split())
        assert "Misheard; not covered by a checkpoint" in said


def test_row_68_a_retraction_that_nobody_signed_is_named_where_it_takes_effect(invented):
    insider = Insider(invented)
    insider.record("retraction", {"reason": "Withdrawn"}, {"to": invented.ids["never-knew"]})
    found = resolved(invented)
    assert (found["status"], found["complete"]["outcome"]) == ("supported", "holds")
    assert found["integrity"]["outcome"] == "not-checked"
    said = invented.run("resolve", "board-knew").stdout
    assert "[retracted: Withdrawn; not covered by a checkpoint]" in said


def test_row_68_a_support_that_nobody_signed_is_named(invented):
    insider = Insider(invented)
    insider.link("supports", invented.ids["clause"], invented.ids["board-knew"])
    found = resolved(invented)
    assert [one["uncovered"] for one in found["chain"]] == [False, False, True, False]
    assert found["integrity"]["outcome"] == "not-checked"
    said = invented.run("resolve", "board-knew").stdout
    assert said.count("not covered by a checkpoint: this link") == 1


def test_before_the_first_checkpoint_it_is_said_what_was_not_checked(tmp_path):
    case = make_empty_case(tmp_path)
    case.run("claim", "told", "The board was told")
    said = case.run("resolve", "told").stdout
    assert "Integrity  not checked" in said
    assert "signature: There is no checkpoint yet." in said
    assert "inclusion: No checkpoint covers entry 1 yet." in said


def test_a_log_without_a_checkpoint_is_not_called_whole(invented):
    with tampering(invented) as db:
        db.execute("DELETE FROM checkpoint")
    found = resolved(invented)["complete"]
    assert found["outcome"] == "not-checked"
    assert "There is no checkpoint" in found["findings"][0]["detail"]


def test_an_entry_that_is_no_text_fails(invented):
    with loosened(invented, "entry") as db:
        index = invented.index("clause-wired")
        db.execute("UPDATE entry SET entry = CAST(entry AS BLOB) WHERE idx = ?", (index,))
    found = resolved(invented, code=1)["complete"]
    assert f"Entry {index} is no text." in found["findings"][0]["detail"]


def test_a_log_that_was_cut_with_its_newest_checkpoint_fails(invented):
    (invented.home / "signing.key.checkpoint").write_text(invented.seen.read_text())
    with tampering(invented) as db:
        truncate(db, 17)
    Insider(invented).rebuild()
    found = resolved(invented, code=1)["complete"]
    assert "does not go on" in found["findings"][0]["detail"]


@pytest.fixture
def large(invented, monkeypatch):
    """A log that is too large to be hashed whenever somebody asks."""
    monkeypatch.setattr(completeness, "WHOLE", 10)
    return invented


def is_whole(case):
    return resolved(case)["complete"]["outcome"]


def test_row_68_of_a_large_log_counts_what_was_verified_of_this_very_state(large):
    assert is_whole(large) == "not-checked"
    said = large.run("resolve", "board-knew").stdout
    assert "not checked: whether something was left out; `evidence verify` does" in said
    large.run("verify")
    assert is_whole(large) == "holds"
    large.run("claim", "later", "Later")
    assert is_whole(large) == "not-checked"


def test_row_68_an_old_copy_that_is_put_back_was_not_verified(large):
    old = large.home / "old.db"
    shutil.copy2(large.database, old)
    large.run("link", large.ids["clause"], "board-knew", "--supports")
    large.run("checkpoint")
    large.run("verify")
    assert is_whole(large) == "holds"
    now = large.database.stat()
    shutil.copyfile(old, large.database)
    os.utime(large.database, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert is_whole(large) == "not-checked"


def test_row_72_a_change_through_a_memory_map_was_not_verified(large):
    with large.database.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
        at = mapped.find(b"Under oath")
        mapped[at : at + 1] = mapped[at : at + 1]
        large.run("verify")
        assert is_whole(large) == "holds"
        before = large.database.stat()
        mapped[at : at + 1] = b"V"
        os.utime(large.database, ns=(before.st_atime_ns, before.st_mtime_ns))
        found = resolved(large, code=1)
    assert large.database.stat().st_size == before.st_size
    assert found["complete"]["outcome"] == "not-checked"


def test_what_failed_is_not_kept_as_verified(large):
    turned(large)
    large.run("verify", code=1)
    assert resolved(large, code=1)["complete"]["outcome"] == "not-checked"


def test_row_68_an_entry_beyond_the_end_of_a_large_log_fails(large):
    put_beyond(large, (1 << 63) - 1)
    assert resolved(large, code=1)["complete"]["outcome"] == "failed"


@pytest.fixture
def vast(large, monkeypatch):
    """A log that is too large to be counted whenever somebody asks."""
    monkeypatch.setattr(counted, "COUNTED", 10)
    return large


def test_row_68_what_was_taken_out_of_a_vast_log_is_never_said_to_be_there(vast):
    assert is_whole(vast) == "not-checked"
    vast.run("verify")
    assert is_whole(vast) == "holds"
    with tampering(vast) as db:
        db.execute("DELETE FROM entry WHERE idx = 3")
    assert resolved(vast, code=(0, 1))["complete"]["outcome"] == "not-checked"
    vast.run("verify", code=1)
    assert resolved(vast, code=(0, 1))["complete"]["outcome"] == "not-checked"


def test_row_68_an_entry_beyond_the_end_of_a_vast_log_fails(vast):
    put_beyond(vast, (1 << 63) - 1)
    assert resolved(vast, code=1)["complete"]["outcome"] == "failed"
