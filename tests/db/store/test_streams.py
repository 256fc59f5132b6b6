"""Kept text streams: used again, never trusted when damaged, and never read by `verify`."""

import pytest

from evidence_chain import extract as extracting
from evidence_chain.digest import b3
from evidence_chain.extract.guard import guard
from evidence_db.store.streams import Streams

PAGE = b"<p>Forty cameras.</p><p hidden>Nobody was asked.</p>"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def streams(tmp_path):
    return Streams(tmp_path / "streams")


def draw(streams, page):
    return streams.draw(page, b3(PAGE).hex(), "text/html")


def kept(streams):
    return [path for path in streams.root.glob("*/*") if path.is_file()]


def test_a_stream_is_drawn_once(streams, page, monkeypatch):
    first = draw(streams, page)
    monkeypatch.setattr(guard, "run", None)
    again = draw(streams, page)
    assert again == first
    assert again.marks
    assert "Nobody was asked" in again.text


def test_only_the_owner_reads_it(streams, page):
    draw(streams, page)
    (path,) = kept(streams)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1] + b"?",
        lambda content: content[:40],
        lambda content: b"{}\n" + content,
        lambda content: b"[]\n",
        lambda content: b"",
        lambda content: content.replace(b'"marks"', b'"other"'),
    ],
)
def test_a_damaged_one_is_drawn_again(streams, page, damage):
    first = draw(streams, page)
    (path,) = kept(streams)
    path.write_bytes(damage(path.read_bytes()))
    assert draw(streams, page) == first


def test_another_version_of_the_extractor_draws_anew(streams, page, monkeypatch):
    draw(streams, page)
    html = extracting.extractor_for("text/html")
    monkeypatch.setattr(html, "VERSION", html.VERSION + "-next")
    draw(streams, page)
    assert len(kept(streams)) == 2


def test_a_place_that_cannot_be_written_is_no_obstacle(streams, page):
    streams.root.write_text("in the way")
    assert "Forty cameras" in draw(streams, page).text
    assert streams.root.read_text() == "in the way"
