"""The cases of millions of records, tried with two thousand."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.jobs.named import claim_of
from bench.jobs.scaled.making import RECORDS, make_scaled
from bench.jobs.scaled.reading import claim_pages, resolve_claims
from bench.scaling.kept import Kept

from evidence_chain.verify.report import Outcome
from evidence_db.case import Case
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted


@pytest.fixture
def key(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_KEY", str(tmp_path / "signing.key"))


def test_one_that_was_begun_is_gone_on_with_and_verifies_whole(tmp_path, key):
    root = tmp_path / "case"
    make_scaled(str(root), RECORDS)
    make_scaled(str(root), 2 * RECORDS)
    case = Case.open(root)
    with case.reader() as reader:
        assert reader.size() == 1 + 2 * RECORDS
        assert reader.connection.execute("SELECT slug FROM claim").fetchall()[-1] == (
            claim_of(1, 19),
        )
    report = verify(case, Wanted(), workers=1)
    assert report.outcome is Outcome.HOLDS
    assert report.held["passage", "passages"] == 800
    for task in (resolve_claims, claim_pages):
        assert task(str(root), 2 * RECORDS, 1)["seconds"] > 0


def test_what_is_there_needs_no_room(tmp_path):
    kept = Kept(tmp_path, 2_000_000, 1_000_000, 1)
    needed = kept.missing()
    (tmp_path / "case-1000000").mkdir()
    assert needed == kept.missing() * 3 // 2
    assert kept.case(1_000_000) == tmp_path / "case-1000000"
