"""Pages share one reading of the log, which counts for the very state of the database it is of."""

import os
import re
import shutil
import time

import pytest

from adversary import Insider, tampering
from evidence_db.store import versions
from evidence_db.store.versions import Since
from evidence_db.verifying.completeness import completeness, counted, established, shared


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch):
    """Nothing was read by another test."""
    monkeypatch.setattr(completeness, "_logs", shared.Shared())
    monkeypatch.setattr(established, "_states", shared.Shared())
    monkeypatch.setattr(counted, "_known", {})


@pytest.fixture
def settled(monkeypatch):
    """What was changed just now counts as long as anything."""
    monkeypatch.setattr(versions, "SETTLED", -(10**15))


@pytest.fixture
def later(monkeypatch):
    """Let so many seconds go by."""
    began = time.monotonic()

    def pass_by(seconds):
        for module in (shared, counted):
            monkeypatch.setattr(module.time, "monotonic", lambda: began + seconds)

    return pass_by


def counting(monkeypatch, module, name):
    """How often a function is called from now on."""
    calls, usual = [], getattr(module, name)

    def call(*given):
        calls.append(given)
        return usual(*given)

    monkeypatch.setattr(module, name, call)
    return calls


@pytest.fixture
def read(monkeypatch):
    """Whenever the log is read whole."""
    return counting(monkeypatch, completeness, "read_log")


def path_of(case):
    return f"/evidence/-/record/{case.ids['never-knew']}.json"


def integrity(site):
    return site.json(path_of(site.case))["integrity"]


def said(site):
    found = integrity(site)
    return found["outcome"], "".join(one["detail"] for one in found["findings"])


@pytest.mark.parametrize("page", ["claim/board-knew", "claims", "record/@3", "document/@1"])
def test_one_reading_serves_every_page(invented, serve, settled, read, page):
    site = serve(invented)
    first = integrity(site)
    site.ask(f"/evidence/-/{page}")
    assert integrity(site) == first
    assert first["outcome"] == "holds"
    assert len(read) == 1


def take_out(case):
    with tampering(case) as db:
        for table in ("link", "seal", "entry"):
            db.execute(f"DELETE FROM {table} WHERE idx = ?", (case.index("clause-wired"),))


def put_in(case):
    insider = Insider(case)
    insider.link("supports", case.ids["never"], case.ids["quay-is-wired"])
    with tampering(case) as db:
        ((last,),) = db.execute("SELECT max(idx) FROM entry")
        db.execute("UPDATE entry SET idx = ? WHERE idx = ?", (last + 7, last))


def flip_a_bit(case):
    """Change an entry in the file, behind the back of SQLite."""
    case.run("verify")
    content = case.database.read_bytes()
    with case.connected() as db:
        ((entry,),) = db.execute("SELECT entry FROM entry WHERE idx = 3")
    at = content.index(entry.encode()) + entry.index('"sealed"') + 40
    assert re.fullmatch(rb"[0-9a-f]", content[at : at + 1])
    with case.database.open("r+b") as file:
        file.seek(at)
        file.write(b"0" if content[at : at + 1] != b"0" else b"1")


@pytest.mark.parametrize("change", [take_out, put_in, flip_a_bit])
def test_a_change_is_seen_at_once(invented, serve, settled, change):
    site = serve(invented)
    assert said(site) == ("holds", "")
    change(invented)
    assert said(site)[0] == "failed"


def test_an_older_copy_with_the_times_of_the_newer_one_is_seen_at_once(invented, serve, settled):
    old = invented.home / "old.db"
    shutil.copyfile(invented.database, old)
    invented.run("link", invented.ids["clause"], "board-knew", "--supports")
    invented.run("checkpoint")
    site = serve(invented)
    assert said(site) == ("holds", "")
    now = invented.database.stat()
    os.utime(old, ns=(now.st_atime_ns, now.st_mtime_ns))
    old.rename(invented.database)
    assert said(site)[0] == "failed"


def test_what_is_recorded_is_read(invented, serve, settled, read):
    site = serve(invented)
    assert said(site) == ("holds", "")
    invented.run("link", invented.ids["clause"], "board-knew", "--supports")
    assert said(site)[0] == "holds"
    assert len(site.json("/evidence/-/claim/board-knew.json")["chain"]) == 4
    assert len(read) == 2


def test_after_a_minute_it_is_read_again(invented, serve, settled, read, later):
    site = serve(invented)
    for seconds, times in ((0, 1), (versions.SECONDS - 1, 1), (versions.SECONDS + 1, 2)):
        later(seconds)
        integrity(site)
        assert len(read) == times


def test_row_72_a_change_that_nothing_shows_is_seen_after_a_minute_and_at_once_by_commands(
    invented, serve, settled, later, monkeypatch
):
    monkeypatch.setattr(versions, "version_of", lambda _: (0,) * 6)
    site = serve(invented)
    later(0)
    assert said(site) == ("holds", "")
    flip_a_bit(invented)
    assert invented.json("resolve", "board-knew", code=1)["complete"]["outcome"] == "failed"
    assert said(site) == ("holds", "")
    later(versions.SECONDS + 1)
    assert said(site)[0] == "failed"


def test_what_is_recorded_is_seen_whatever_the_file_system_says(
    invented, serve, settled, read, monkeypatch
):
    monkeypatch.setattr(versions, "version_of", lambda _: (0,) * 6)
    site = serve(invented)
    assert said(site) == ("holds", "")
    invented.run("retract", invented.ids["never-knew"], "--reason", "Misheard")
    assert said(site) == ("holds", "")
    assert len(read) == 2


@pytest.mark.parametrize(
    ("ago", "seconds"),
    [(-1, 0), (0, 2), (500_000_000, 1.5), (2_000_000_000, 0), (2_000_000_001, 60)],
)
def test_how_long_what_was_read_after_a_change_counts(ago, seconds):
    assert Since(10**18, {"file": (1, 1, 1, 1, 5, 10**18 - ago), "none": None}).seconds == seconds


def test_no_more_is_kept_than_there_is_room_for(serve, settled, template, tmp_path, read):
    sites = [serve(template.copy_to(tmp_path / str(n))) for n in range(shared.MOST + 1)]
    for site in (*sites, sites[-1], sites[0]):
        assert said(site) == ("holds", "")
    assert len(read) == len(sites) + 1


@pytest.fixture
def large(invented, serve, settled, monkeypatch):
    """A log that is too large to be hashed for each page, served."""
    monkeypatch.setattr(completeness, "WHOLE", 10)
    return serve(invented)


def complete(site):
    return site.json("/evidence/-/claim/board-knew.json")["complete"]["outcome"]


def test_a_large_log_is_counted_once_in_a_minute(large, later, monkeypatch):
    asked = counting(monkeypatch, counted, "_one")
    for seconds, times in ((0, 1), (1, 1), (counted.versions.SECONDS + 1, 2)):
        later(seconds)
        assert complete(large) == "not-checked"
        assert sum(query == counted._COUNT for _, query, *_ in asked) == times
        large.case.run("claim", f"later-{seconds}", "Later")


@pytest.mark.parametrize("index", [-1, 10_000, (1 << 63) - 1])
def test_row_68_an_entry_beyond_the_end_is_seen_at_once(large, index):
    assert complete(large) == "not-checked"
    values = {"reason": "Withdrawn"}
    Insider(large.case).record(
        "retraction", values, {"to": large.case.ids["never-knew"]}, index=index
    )
    assert complete(large) == "failed"


def test_row_68_a_row_that_is_taken_out_of_a_large_log_is_seen_at_once(large):
    assert complete(large) == "not-checked"
    large.case.run("claim", "later", "Later")
    assert complete(large) == "not-checked"
    take_out(large.case)
    assert complete(large) == "failed"


def test_row_68_a_row_that_is_taken_out_as_one_is_added_is_seen_after_a_minute(large, later):
    later(0)
    assert complete(large) == "not-checked"
    take_out(large.case)
    large.case.run("claim", "later", "Later")
    assert complete(large) == "not-checked"
    assert large.case.json("resolve", "board-knew", code=1)["complete"]["outcome"] == "failed"
    later(versions.SECONDS + 1)
    assert complete(large) == "failed"


def test_what_was_verified_of_a_large_log_is_compared_once(large, monkeypatch):
    compared = counting(monkeypatch, established, "state_of")
    large.case.run("verify")
    compared.clear()
    for _ in range(2):
        assert complete(large) == "holds"
        assert large.json(path_of(large.case))["integrity"]["outcome"] == "holds"
    assert len(compared) == 1
    large.case.run("claim", "later", "Later")
    assert complete(large) == "not-checked"
    assert len(compared) == 1  # it has another number of entries


def test_row_68_a_verified_large_log_that_is_changed_is_not_whole(large):
    large.case.run("verify")
    assert complete(large) == "holds"
    flip_a_bit_of_a_body(large.case)
    assert complete(large) == "not-checked"


def flip_a_bit_of_a_body(case):
    content = case.database.read_bytes()
    at = content.index(b"Under oath")
    with case.database.open("r+b") as file:
        file.seek(at)
        file.write(b"V")


def test_a_file_that_is_replaced_is_counted(large):
    assert complete(large) == "not-checked"
    other = large.case.copy_to(large.case.home / "other")
    take_out(other)
    other.run("verify", code=1)
    other.database.rename(large.case.database)
    assert complete(large) == "failed"


def test_what_was_read_while_a_file_changed_is_shared_with_nobody(
    invented, serve, settled, monkeypatch
):
    """It may be of another database, which stood in the place of this one meanwhile."""
    usual = completeness.read_log

    def swapped(*given):
        os.utime(invented.database)
        return usual(*given)

    monkeypatch.setattr(completeness, "read_log", swapped)
    site = serve(invented)
    known = completeness._logs._known
    assert said(site) == ("holds", "")
    assert not known
    monkeypatch.setattr(completeness, "read_log", usual)
    assert said(site) == ("holds", "")
    assert len(known) == 1
