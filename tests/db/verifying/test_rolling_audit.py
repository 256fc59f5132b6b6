"""A rolling audit: what was longest unchecked, as far as a budget goes, and never a better word."""

import shutil
import sqlite3
import stat
from datetime import UTC, date, datetime

import pytest

from cases import FILES
from evidence_chain.digest import b3
from evidence_chain.errors import InputError
from evidence_chain.verify.report import Outcome
from evidence_db.case import Case
from evidence_db.verifying.rolling.audit import verify_due
from evidence_db.verifying.rolling.budget import Budget, Spending, read_budget
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted
from random_damage import unguarded

ALL, ONE, SOON = Budget(10**12), Budget(1), Budget(seconds=0.000001)
NIGHT = 86_400
BEGAN = int(datetime(2031, 5, 6, tzinfo=UTC).timestamp())


@pytest.fixture
def audit(invented, monkeypatch):
    """A function that runs a rolling audit some nights after the first, and gives what came."""
    monkeypatch.setenv("EVIDENCE_KEY", str(invented.key_file))

    def run(budget, night=0, **more):
        now = lambda: float(BEGAN + night * NIGHT)  # noqa: E731
        return verify_due(Case.open(invented.root), Wanted(), budget, now=now, **more)

    return run


def memory(case):
    (path,) = case.home.glob("signing.key.looked-????????????????")
    return path


def looks(case):
    """The times that are remembered, by kind and place."""
    with sqlite3.connect(memory(case)) as db:
        return {(kind, idx): at for kind, idx, at in db.execute("SELECT kind, idx, at FROM look")}


def until_all_is_seen(audit, budget):
    """Run it night by night until nothing is left that was never looked at."""
    for night in range(100):
        report, rolling = audit(budget, night)
        assert report.outcome is Outcome.HOLDS, report.problems
        yield rolling
        if not any(rolling.never.as_json().values()):
            return
    pytest.fail("It never comes to an end.")


def changed(path, content=b"Something else."):
    path.chmod(0o600)
    path.write_bytes(content)


def damage_file(case):
    changed(case.preserved("minutes"))


def damage_stream(case):
    changed(case.stream("deaf"))


def remove_file(case):
    case.preserved("minutes").unlink()


def in_database(statement):
    def change(case):
        with case.connected() as db:
            unguarded(db)
            db.execute(statement)

    return change


DAMAGES = {
    "a file": damage_file,
    "a text": damage_stream,
    "no file": remove_file,
    "a value": in_database("UPDATE claim SET body = replace(body, 'quay', 'key')"),
    "a digest": in_database("UPDATE artifact SET body = replace(body, '\"size\":', '\"size\":1')"),
    "a document is gone": in_database("DELETE FROM artifact WHERE idx = 2"),
    "a last entry": in_database("DELETE FROM entry WHERE idx = (SELECT max(idx) FROM entry)"),
    "an entry": in_database("DELETE FROM entry WHERE idx = 3"),
    "a link": in_database("UPDATE link SET to_idx = to_idx + 1 WHERE relation = 'supports'"),
    "the tree": in_database("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 1 AND n = 1"),
    "search": in_database("INSERT INTO search (search) VALUES ('delete-all')"),
    "the schema": in_database("DROP INDEX IF EXISTS entry_id"),
    "a checkpoint": in_database("DELETE FROM checkpoint"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_it_says_of_all_what_a_verification_says(invented, audit, damage):
    damage(invented)
    whole, (due, rolling) = verify(Case(invented.root), Wanted()), audit(ALL)
    told = {(one.check, one.outcome) for one in whole.findings}
    assert told <= {(one.check, one.outcome) for one in due.findings}
    assert due.outcome is whole.outcome is not Outcome.HOLDS
    assert rolling.is_whole


def test_it_makes_the_same_checks_of_a_case_that_holds(invented, audit):
    whole, (due, rolling) = verify(Case(invented.root), Wanted()), audit(ALL)
    held = {check for check, _ in due.held}
    assert {check for check, _ in whole.held} == held - {"inclusion"}
    assert rolling.is_whole
    assert due.absent == whole.absent


def test_several_processes_say_the_same_as_one(invented, audit):
    damage_stream(invented)
    (one, _), (some, _) = audit(ALL), audit(ALL, 1, workers=2)
    assert one.held == some.held
    assert sorted(one.findings, key=str) == sorted(some.findings, key=str)


def test_all_is_looked_at_night_by_night_and_then_the_oldest_again(invented, audit):
    nights = list(until_all_is_seen(audit, ONE))
    assert len(nights) > 10  # one thing a night, since each is larger than the budget
    seen = looks(invented)
    assert {kind for kind, _ in seen} >= {"file", "stream", "records", "pages", "search"}
    before = min(seen, key=lambda one: (seen[one], one[1], one[0]))
    audit(ONE, 200)
    assert [one for one, at in looks(invented).items() if at != seen[one]] == [before]


def test_what_it_did_not_look_at_is_told_and_counts_for_nothing(invented, audit):
    report, rolling = audit(ONE)
    held = {check for check, _ in report.held}
    assert not held & {"tree-root", "seen", "file", "passage", "entry", "claim"}
    assert rolling.left.entries > 0
    assert rolling.left.files == rolling.never.files > 4
    assert any(str(rolling.left) in one for one in report.absent)
    assert f"NOT CHECKED: {rolling.left}." in rolling.extent
    assert rolling.as_json()["not-checked"]["files"] == rolling.left.files


def test_it_tells_by_when_all_has_been_looked_at(invented, audit):
    amount = Budget(10**6)
    first = audit(amount)[1]
    assert first.oldest is None
    assert f"At 1.0 MB a night everything has been looked at by {first.by}." in first.sentences()
    nights = list(until_all_is_seen(audit, amount))
    assert str(first.by) == f"2031-05-{6 + len(nights):02}"
    later = audit(amount, 30)[1]
    assert str(later.oldest).startswith("2031-05-0")
    assert f"everything has been looked at again by {later.by}" in later.sentences()[-1]
    assert str(later.by) > "2031-06-05"


def test_of_a_time_the_date_is_told_by_how_long_each_kind_takes(invented, audit):
    assert audit(SOON)[1].by is None  # nothing is known of how long files take
    audit(ALL, 1)
    with sqlite3.connect(memory(invented)) as db:
        change = "UPDATE said SET value = '36000' WHERE name = 'pace of file'"
        assert db.execute(change).rowcount == 1
    rolling = audit(Budget(10**6, 3600), 2)[1]
    assert rolling.looked.files == 0
    assert (rolling.by - date(2031, 5, 8)).days == 10 * len(FILES) + 1


def test_a_file_that_was_found_bad_stays_due_and_failed(invented, audit):
    audit(ALL)
    kept = {name: invented.preserved(name).read_bytes() for name in ("minutes", "tender")}
    for name in kept:
        changed(invented.preserved(name))
    assert audit(ALL, 1)[0].outcome is Outcome.FAILED
    report, rolling = audit(SOON, 2)  # which is too little to look at both again
    assert rolling.left.files
    failed = [one.detail for one in report.findings if one.check == "file"]
    assert len(failed) == 2
    assert ["not looked at again" in one for one in sorted(failed)].count(True) == 1
    for name, content in kept.items():
        changed(invented.preserved(name), content)
    assert audit(SOON, 3)[0].outcome is Outcome.FAILED  # the other one was not looked at
    assert audit(SOON, 4)[0].outcome is Outcome.HOLDS
    assert audit(SOON, 5)[1].left.files


def test_a_file_that_is_missing_costs_nothing_and_stays_not_checked(invented, audit):
    audit(ALL)
    remove_file(invented)
    assert audit(ALL, 1)[0].outcome is Outcome.NOT_CHECKED
    spent = audit(ONE, 2)[1].looked
    assert spent.files >= 1
    assert audit(ONE, 2)[0].outcome is Outcome.NOT_CHECKED


def test_what_is_new_in_the_log_is_due_first(invented, audit):
    audit(ALL)
    new = invented.write("new.txt", "A note of the harbour master.\n")
    invented.run("add", "artifact", new, "--title", "The note")
    rolling = audit(Budget(1, 3600), 1)[1]
    assert rolling.never.files + rolling.looked.files == 1
    assert rolling.looked.entries or rolling.never.entries


def spoil(path):
    with sqlite3.connect(path) as db:
        db.execute("UPDATE look SET at = at + 1 WHERE kind = 'records'")


def leave_out(path):
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM look WHERE outcome <> 'holds'")


def overwrite(path):
    path.write_bytes(b"Not a database at all. " * 99)


def take_tables(path):
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE look")


def no_pace(path, value="soon"):
    with sqlite3.connect(path) as db:
        db.execute("UPDATE said SET value = ? WHERE name LIKE 'pace of %'", (value,))


def endless_pace(path):
    no_pace(path, "nan")


@pytest.mark.parametrize(
    "change", [spoil, leave_out, overwrite, take_tables, no_pace, endless_pace]
)
def test_everything_is_due_again_where_what_is_remembered_was_changed(invented, audit, change):
    damage_stream(invented)
    audit(ALL)
    change(memory(invented))
    report, rolling = audit(ONE, 1)
    assert "lost or changed" in " ".join(rolling.told)
    assert rolling.never == rolling.left
    assert rolling.oldest is None
    assert audit(ONE, 2)[1].told == ()
    assert report.outcome is Outcome.HOLDS  # of the one thing that was looked at


def test_everything_is_due_again_where_it_is_gone(invented, audit):
    audit(ALL)
    memory(invented).unlink()
    assert audit(ONE, 1)[1].oldest is None


def test_the_looks_at_one_copy_count_for_no_other(invented, audit):
    audit(ALL)
    copy = invented.home / "restored.db"
    shutil.copy(invented.database, copy)
    copy.replace(invented.database)
    rolling = audit(ONE, 1)[1]
    assert "another copy" in rolling.told[0]
    assert rolling.never == rolling.left


def test_a_clock_that_went_back_is_told_and_the_looks_after_it_dont_count(invented, audit):
    audit(ALL, 9)
    rolling = audit(ONE, 3)[1]
    assert "The clock went back" in rolling.told[0]
    assert "2031-05-15" in rolling.told[0]
    assert rolling.never == rolling.left
    assert audit(ALL, 4)[1].is_whole
    assert audit(ONE, 5)[1].told == ()


def test_whoever_interrupts_it_keeps_what_was_done(invented, audit):
    rounds = []

    def interrupt(*_):
        rounds.append(len(looks(invented)))
        if len(rounds) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit(ALL, progress=interrupt)
    assert rounds == [1, 3, 7]
    assert len(looks(invented)) == 7
    assert audit(ONE, 1)[1].oldest.startswith("2031-05-06")


def test_nobody_else_reads_what_is_remembered_and_it_tells_of_no_file(invented, audit):
    audit(ALL)
    path = memory(invented)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    for name in ("minutes", "tender"):
        digest = invented.body(name)["blake3"]
        assert digest.encode() not in content
        assert bytes.fromhex(digest)[:16] not in content
        assert b3(f"{digest} {invented.body(name)['size']}".encode())[:16] not in content


def test_an_edition_is_checked_whole(demo_case, monkeypatch):
    monkeypatch.setenv("EVIDENCE_KEY", str(demo_case.key_file))
    with pytest.raises(InputError, match="evidence check"):
        verify_due(Case.open(demo_case.home / "edition"), Wanted(), ALL)


@pytest.mark.parametrize(
    ("words", "size", "seconds"),
    [
        (["2h"], None, 7200),
        (["90m"], None, 5400),
        (["30 s"], None, 30),
        (["1.5TB"], 1_500_000_000_000, None),
        (["500GB"], 500_000_000_000, None),
        (["20MB", "0.5h"], 20_000_000, 1800),
    ],
)
def test_budgets_are_read(words, size, seconds):
    assert read_budget(words) == Budget(size, seconds)


@pytest.mark.parametrize(
    "words",
    [[], ["0h"], ["2"], ["h"], ["2hh"], ["-1h"], ["1e3GB"], ["2h", "3m"], ["1GB", "2TB"], ["٢h"],
     ["9999999h"], ["2H"], ["5gb"], ["1.0000GB"], ["nan h"], ["inf GB"], [""]],
)  # fmt: skip
def test_other_words_are_no_budget(words):
    with pytest.raises(InputError, match="budget"):
        read_budget(words)


def test_time_runs_out_as_bytes_do():
    at = iter([0.0, 50.0, 101.0])
    spending = Spending(Budget(1000, 100), ticks=lambda: next(at))
    assert spending.has_room(1000)
    assert not spending.has_room(1)
