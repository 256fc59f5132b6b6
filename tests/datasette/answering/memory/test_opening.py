"""A page opens its case once, and looks at its version with the same connection."""

import pytest

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


@pytest.mark.parametrize("page", ["claims", "claim/board-knew", "record/@0", "log/3"])
def test_a_page_opens_its_case_once(site, opened, page):
    site.ask(f"/evidence/-/{page}?n=0")
    assert opened == ["evidence.db"]


@pytest.mark.parametrize("page", ["claims", "claim/board-knew.json"])
def test_a_case_that_a_newer_version_took_over_meanwhile(invented, serve, page):
    site = serve(invented)
    site.ask(f"/evidence/-/{page}")
    with invented.connected() as db:
        db.execute("PRAGMA user_version = 99")
    told = site.text(f"/evidence/-/{page}?n=0", 500)
    assert "newer version of this program" in told
    assert str(invented.root) not in told
