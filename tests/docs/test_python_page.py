"""The examples of docs/python.md, over an invented case; and what they promise besides."""

import doctest
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select, text

import evidence_db
from evidence_chain.errors import FormatError, InputError, StorageError
from evidence_db import Claim, open_case
from evidence_db.store.tables.models import ROWS

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_examples(invented, monkeypatch):
    reasons = ("--override", "passages", "--because", "Read.")
    reasons += ("--override", "contradictions", "--because", "Told in the article.")
    invented.run("publish", invented.home / "edition", *reasons)
    invented.root.rename(invented.home / "harbour")
    monkeypatch.chdir(invented.home)
    monkeypatch.setenv("EVIDENCE_KEY", str(invented.key_file))
    blocks = re.findall(r"^```pycon\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(
        "".join(blocks), {"KEY": invented.vkey}, PAGE.name, str(PAGE), 0
    )
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    failed, tried = runner.run(examples, out=said.append)
    assert not failed, "".join(said)
    assert tried > 10


def test_the_classes():
    """Every table has its class on the page and in the package, but for the seeds."""
    listed = {
        name
        for row in re.findall(r"^\| (`.+?) \|", PAGE.read_text(), re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert listed == {model.__name__ for _, model in ROWS.values()} - {"Seal"}
    assert listed == {*evidence_db.__all__} - {"open_case", "OpenCase", "check_edition"}
    for name in evidence_db.__all__:
        assert getattr(evidence_db, name).__name__ == name
    with pytest.raises(AttributeError, match="Seal"):
        evidence_db.Seal  # noqa: B018


def test_the_package_is_loaded_without_sqlmodel():
    code = "import sys, evidence_db; sys.exit('sqlmodel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO claim (idx, body) VALUES (100, '{}')",
        "UPDATE claim SET body = NULL",
        "DROP TABLE claim",
        "PRAGMA user_version = 9",
    ],
)
def test_nothing_is_written(template, statement):
    with open_case(template.root) as case:
        with pytest.raises(StorageError, match="only read here"):
            case.session.exec(text(statement))
        case.session.rollback()
        assert len(case.session.exec(select(Claim)).all()) == 4


def test_a_damaged_database_is_told(invented):
    with open_case(invented.root) as case:
        invented.database.write_bytes(b"no database " * 1000)
        with pytest.raises(StorageError, match=r"evidence\.db: .*Restore evidence\.db"):
            case.session.exec(select(Claim)).all()


def test_no_case_and_an_older_one(invented, tmp_path):
    with pytest.raises(InputError, match="no case"):
        open_case(tmp_path)
    with closing(sqlite3.connect(invented.database)) as database:
        database.execute("PRAGMA user_version = 1")
    with pytest.raises(StorageError, match=r"older version.*evidence checkpoint"):
        open_case(invented.root)


def test_a_signer_that_is_none(template):
    with open_case(template.root) as case, pytest.raises(FormatError):
        case.verify("no key")


def test_what_names_no_claim(template):
    with open_case(template.root) as case, pytest.raises(InputError):
        case.resolve("nothing-of-the-sort")
