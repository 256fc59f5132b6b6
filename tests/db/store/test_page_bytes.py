"""What lies between the cells of a database's pages."""

import sqlite3
import struct
from contextlib import closing

import pytest

from evidence_db.store import page_bytes

PAGE = 4096


@pytest.fixture
def path(tmp_path):
    """A database of several pages, of which a row was deleted, and its bytes not wiped."""
    path = tmp_path / "rows.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("CREATE TABLE told(id INTEGER PRIMARY KEY, words TEXT)")
        db.executemany(
            "INSERT INTO told(words) VALUES (?)", [(f"word {n}" * 9,) for n in range(99)]
        )
        db.execute("DELETE FROM told WHERE id = 20")
    data = bytearray(path.read_bytes())
    data[24:28], data[48:52], data[60:100] = bytes(4), bytes(4), bytes(40)
    path.write_bytes(data)
    return path


def is_plain(path):
    with path.open("rb") as file:
        return page_bytes.are_plain(file, path.stat().st_size)


def problems(path):
    with path.open("rb") as file:
        return list(page_bytes.problems(file, path.stat().st_size))


def is_sound(path):
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as db:
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_row_that_was_deleted_leaves_its_room(path):
    assert problems(path)
    assert not is_plain(path)
    page_bytes.pack(path)
    assert not problems(path)
    assert is_plain(path)
    assert is_sound(path)


def test_bytes_before_the_cells(path):
    page_bytes.pack(path)
    data = path.read_bytes()
    at = data.index(bytes(64), PAGE)
    path.write_bytes(data[:at] + b"withheld" + data[at + 8 :])
    assert problems(path)
    assert not is_plain(path)


def test_room_between_cells_that_no_header_tells_is_found_by_sqlite(path):
    """The one kind that the quick look leaves to `integrity_check`: a row whose pointer is gone."""
    page_bytes.pack(path)
    data = bytearray(path.read_bytes())
    start = next(at for at in range(PAGE, len(data), PAGE) if data[at] == 0x0D)
    (count,) = struct.unpack_from(">H", data, start + 3)
    struct.pack_into(">H", data, start + 3, count - 1)
    pointers = start + 8
    data[pointers + 20 : pointers + 2 * count] = (
        data[pointers + 22 : pointers + 2 * count] + b"\0\0"
    )
    path.write_bytes(data)
    assert problems(path)
    assert is_plain(path)
    assert not is_sound(path)


@pytest.mark.parametrize("data", [b"", page_bytes.MAGIC, page_bytes.MAGIC * 512])
def test_what_is_no_database(tmp_path, data):
    path = tmp_path / "none.db"
    path.write_bytes(data)
    assert not is_plain(path)
