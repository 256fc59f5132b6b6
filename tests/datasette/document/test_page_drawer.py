"""Pages are drawn one at a time, kept for a while, and nobody waits for ever."""

import asyncio
from threading import Event, Lock

import pytest
from annex import address, told

from evidence_chain.errors import ExtractionError, InputError
from evidence_datasette.document import page_drawer
from evidence_datasette.document.page_drawer import Drawer, Preserved, picture_of
from evidence_db.store.files import Files


@pytest.fixture(scope="module")
def shown(annexed):
    return annexed


class Held:
    """Draws what it is told to, once it may."""

    def __init__(self):
        self.may, self.began, self.asked = Event(), Event(), []
        self.at_once, self.most, self._lock = 0, 0, Lock()

    def __call__(self, file, media_type, page, blake3):
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        self.asked.append(page)
        self.began.set()
        assert self.may.wait(60)
        with self._lock:
            self.at_once -= 1
        if page > 90:
            raise ExtractionError(f"Page {page} fails.")
        return b"\x89PNG" + bytes(1_000) + bytes([page])


@pytest.fixture
def held(monkeypatch):
    made = Held()
    drawer = Drawer(made, 3_500)
    monkeypatch.setattr(page_drawer, "_pictures", drawer)
    yield made
    made.may.set()
    drawer._thread.shutdown()


@pytest.fixture
def file(tmp_path):
    files = Files(tmp_path)
    path = files.path("0" * 64)
    path.parent.mkdir()
    path.write_bytes(b"anything")
    return Preserved(files, "0" * 64, "application/pdf")


def pictures(file, *pages):
    """Ask for several at once."""

    async def ask():
        asked = [picture_of(file, page) for page in pages]
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(ask())


def test_one_page_is_drawn_at_a_time_and_none_twice(held, file):
    held.may.set()
    found = pictures(file, 1, 2, 2, 1, 3, 1)
    assert [one[-1] for one in found] == [1, 2, 2, 1, 3, 1]
    assert held.most == 1
    assert sorted(held.asked) == [1, 2, 3]


def test_only_so_much_is_kept(held, file):
    held.may.set()
    for page in (1, 2, 3, 1, 4, 1, 2):
        pictures(file, page)
    assert held.asked == [1, 2, 3, 4, 2]


def test_who_waits_too_long_is_told_so_and_may_come_again(site, held, monkeypatch):
    monkeypatch.setattr(page_drawer, "PATIENCE", 0.01)
    response = site.ask(address(site, "annex.pdf", 1), 503)
    assert "Try again in a moment" in response.text
    assert "Traceback" not in response.text
    assert held.began.wait(60)
    held.may.set()
    monkeypatch.setattr(page_drawer, "PATIENCE", 60)
    assert site.ask(address(site, "annex.pdf", 1)).content.startswith(b"\x89PNG")
    assert held.asked == [1]


def test_a_document_is_shown_without_its_page_while_others_are_looked_at(
    annexed, serve, monkeypatch
):
    made = Held()
    drawer = Drawer(made, 10_000)
    monkeypatch.setattr(page_drawer, "_sizes", drawer)
    monkeypatch.setattr(page_drawer, "SIZE_PATIENCE", 0.01)
    try:
        site = serve(annexed)
        assert "Try again in a moment" in told(site)["said"]
        assert "This page is not shown" in site.text(
            f"/evidence/-/document/{annexed.ids['annex.pdf']}"
        )
    finally:
        made.may.set()
        drawer._thread.shutdown()


def test_a_failure_is_remembered_for_a_while(held, file, monkeypatch):
    held.may.set()
    for _ in range(2):
        [error] = pictures(file, 91)
        assert str(error) == "Page 91 fails."
    assert held.asked == [91]
    monkeypatch.setattr(page_drawer, "FAILED", -1)
    page_drawer._pictures._kept.clear()
    pictures(file, 91)
    pictures(file, 91)
    assert held.asked == [91, 91, 91]


def test_another_file_in_its_place_is_drawn_anew(held, file):
    held.may.set()
    pictures(file, 1)
    file.files.path(file.blake3).write_bytes(b"something else")
    pictures(file, 1)
    assert held.asked == [1, 1]
    file.files.path(file.blake3).unlink()
    with pytest.raises(InputError, match="is not here"):
        raise pictures(file, 1)[0]
