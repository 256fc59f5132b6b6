"""Each thread opens a case once, and looks at its version whenever a page is read."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from evidence_datasette.answering import page
from evidence_datasette.answering.shared import connections
from evidence_db import case


@pytest.fixture
def opened(monkeypatch):
    """The databases that were opened to read a case, one after the other."""
    found, connect = [], case.connect

    def counted(path, *mode):
        found.append(path.name)
        return connect(path, *mode)

    monkeypatch.setattr(case, "connect", counted)
    return found


@pytest.fixture
def one_thread(monkeypatch):
    """All pages are read by one thread, which has opened nothing yet."""
    with ThreadPoolExecutor(1) as threads:
        monkeypatch.setattr(page, "_threads", threads)
        yield threads


def test_a_thread_opens_a_case_once(site, one_thread, opened):
    for path in ("claims", "claim/board-knew", "record/@0", "log/3"):
        site.ask(f"/evidence/-/{path}?n=0")
    assert opened == ["evidence.db"]


def test_what_a_page_read_does_not_stay_in_memory(site, one_thread):
    said = []
    site.ask("/evidence/-/claim/board-knew?n=0")
    (held,) = one_thread.submit(lambda: [*connections._connections.held.values()]).result()
    held.connection.set_trace_callback(said.append)
    site.ask("/evidence/-/claim/board-knew?n=1")
    assert not held.connection.in_transaction
    assert said[-2:] == ["ROLLBACK", "PRAGMA shrink_memory"]


def test_a_file_that_is_put_in_its_place_is_opened(invented, serve, one_thread, opened, tmp_path):
    copy = shutil.copytree(invented.root, tmp_path / "copy")
    site = serve(invented)
    site.ask("/evidence/-/log?n=0")
    (copy / "evidence.db").replace(invented.database)
    site.ask("/evidence/-/log?n=1")
    assert opened.count("evidence.db") == 2


def test_tables_that_change_are_looked_at_anew(invented, serve, one_thread, opened):
    site = serve(invented)
    site.ask("/evidence/-/log?n=0")
    with invented.connected() as db:
        db.execute("CREATE TABLE later (name TEXT)")
    opened.clear()
    site.ask("/evidence/-/log?n=1")
    assert opened == ["evidence.db"]


def test_a_thread_forgets_a_connection_that_failed(invented, serve, one_thread, opened):
    site = serve(invented)
    site.ask("/evidence/-/log?n=0")
    site.ask("/evidence/-/record/@99999", code=404)
    opened.clear()
    site.ask("/evidence/-/log?n=1")
    assert opened == ["evidence.db"]


def test_a_thread_holds_few_cases(invented, one_thread, tmp_path):
    def read(root):
        with connections.reader_of(case.Case(root)) as reader:
            assert reader.size()
        return len(connections._connections.held)

    roots = [shutil.copytree(invented.root, tmp_path / str(n)) for n in range(6)]
    held = [one_thread.submit(read, root).result() for root in roots]
    assert held == [1, 2, 3, 4, 4, 4]


@pytest.mark.parametrize("page", ["claims", "claim/board-knew.json"])
def test_a_case_that_a_newer_version_took_over_meanwhile(invented, serve, page):
    site = serve(invented)
    site.ask(f"/evidence/-/{page}")
    with invented.connected() as db:
        db.execute("PRAGMA user_version = 99")
    told = site.text(f"/evidence/-/{page}?n=0", 500)
    assert "newer version of this program" in told
    assert str(invented.root) not in told
