"""Small files are searched together, and each that has something is told as if it were alone."""

import random
import sqlite3
from contextlib import closing

import pytest

from evidence_db.publishing.leaks.needles.disclosed import Disclosed
from evidence_db.publishing.leaks.needles.needles import Needles
from evidence_db.publishing.leaks.scanning import Search, search
from evidence_db.publishing.withholding.values import WithheldValue
from leak_forms import written

NAME = "Łukasz Żak, Łódź"
AROUND = (
    b"plain words of a text " * 20,
    "слова на страницах".encode("cp1251") * 9,
    "文字列".encode("shift_jis") * 30,
    random.Random(4).randbytes(900),
    b"=C5=",
)


@pytest.fixture(scope="module")
def known():
    needles = Needles(Disclosed([], []))
    needles.add_value(WithheldValue(0, "00" * 32, "claim", "statement", NAME, decided=True))
    return Search(needles)


def hits_among(known, place, contents):
    place.mkdir(exist_ok=True)
    for number, content in enumerate(contents):
        (place / f"{number}").write_bytes(content)
    paths = [f"{number}" for number in range(len(contents))]
    return {(int(hit.path), hit.offset) for hit in search(place, paths, known, workers=1).hits}


@pytest.mark.parametrize("number", range(len(AROUND)))
def test_a_leak_is_found_between_whatever_other_files(tmp_path, known, number):
    """Each form between files of one kind."""
    around = AROUND[number]
    for form, data in list(written(NAME))[number :: len(AROUND)]:
        alone = hits_among(known, tmp_path / "alone", [data])
        among = hits_among(known, tmp_path / "among", [around, data, around])
        assert {(1, offset) for _, offset in alone} == among != set(), form


def test_nothing_is_found_across_two_files(tmp_path, known):
    halves = [NAME[:6].encode(), NAME[6:].encode(), NAME[:6].encode()]
    assert hits_among(known, tmp_path, halves) == set()


def test_a_small_database_is_read_as_one(tmp_path, known):
    """A long cell goes on over pages, which is put together where a file begins as a database."""
    path = tmp_path / "small.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA page_size=512")
        db.execute("CREATE TABLE note (text TEXT)")
        for before in range(460, 480):
            db.execute("INSERT INTO note VALUES (?)", ("x" * before + NAME + "y" * 600,))
        db.commit()
    data = path.read_bytes()
    assert NAME.encode() in data
    found = hits_among(known, tmp_path / "files", [b"words", data, b"words"])
    assert {number for number, _ in found} == {1}
