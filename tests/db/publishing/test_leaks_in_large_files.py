"""A mapped file is searched by windows: what begins in one and ends in the next is found."""

import mmap
import re
import sqlite3
import zlib
from contextlib import closing
from random import Random

import pytest

from evidence_db.publishing.leaks.forms import windows
from evidence_db.publishing.leaks.forms.layered import joined
from evidence_db.publishing.leaks.forms.packed import Opened
from evidence_db.publishing.leaks.forms.places import Stretch

NAME = b"Wilhelmina Quarles-Oduya"


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(windows, "WINDOW", 1 << 16)
    return 1 << 16


def mapped(path):
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@pytest.mark.parametrize("before", range(-4, 5))
def test_what_is_packed_at_the_end_of_a_window_is_unpacked(tmp_path, small, before):
    file = tmp_path / "file"
    noise = Random(before).randbytes(small - before)
    file.write_bytes(noise + zlib.compress(NAME * 3) + bytes(2 * small))
    with mapped(file) as whole:
        found = [one.data for one in Opened().inside(Stretch(whole, ()))]
    assert any(NAME in one for one in found)


def test_cells_of_a_database_are_put_together_whatever_its_pages(tmp_path, small):
    for size in (512, 4096, 65536):
        path = tmp_path / f"{size}.db"
        with closing(sqlite3.connect(path)) as database:
            database.execute(f"PRAGMA page_size = {size}")
            database.execute("CREATE TABLE said (text)")
            values = [f"{number:05}" * 30_000 for number in range(6)]
            database.executemany("INSERT INTO said VALUES (?)", [(one,) for one in values])
            database.commit()
        with mapped(path) as whole:
            (pieces,) = joined(Stretch(whole, ()), Opened())
        assert all(one.encode() in pieces.data for one in values)


def test_windows_are_all_of_it_and_what_was_passed_is_let_go(tmp_path, small):
    class Seen(bytes):
        def madvise(self, _what, start, length):
            let_go.append((start, start + length))

    let_go = []
    data = Seen(b"ab" * 100_000)
    bounds = list(windows.windows(data, 1000))
    assert bounds[0][0] == 0
    assert [end for _, end in bounds[:-1]] == [start for start, _ in bounds[1:]]
    assert bounds[-1][1] == len(data)
    assert all(start % 1000 == 0 for start, _ in bounds)
    assert [end for _, end in let_go] == [end for _, end in bounds]
    assert all(start % mmap.PAGESIZE == 0 for start, _ in let_go)
    pattern = re.compile(rb"ba{1}b")
    whole = {found.start() for found in pattern.finditer(data)}
    assert whole <= {found.start() for found in windows.matches(pattern, data)}
