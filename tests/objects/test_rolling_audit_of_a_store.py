"""A rolling audit looks at files in a store of objects as at those in a directory."""

import obstore
import pytest
from obstore.store import from_url

from evidence_db.case import Case
from evidence_db.verifying.rolling.audit import verify_due
from evidence_db.verifying.rolling.budget import Budget
from evidence_db.verifying.wanted import Wanted


@pytest.fixture
def far(invented, bucket):
    """A case whose files lie in a store, and that store."""
    store = from_url(bucket)
    for path in (invented.root / "artifacts").glob("*/*"):
        obstore.put(store, f"{path.parent.name}/{path.name}", path)
        path.unlink()
        path.parent.rmdir()
    with invented.connected() as db:
        db.execute("INSERT INTO files_at VALUES (1, ?)", (bucket,))
    return invented, store


def due(case, budget, code=0):
    return case.json("verify", "--due", "--budget", budget, code=code)


def held(answer):
    return {one["check"]: one["count"] for one in answer["checks"] if one["outcome"] == "holds"}


def test_it_looks_at_all_that_a_verification_looks_at(far):
    case, _ = far
    whole, answer = held(case.json("verify")), held(due(case, "1TB"))
    checks = ("file", "stream", "passage", "extraction", "type")
    assert {one: answer.get(one) for one in checks} == {one: whole.get(one) for one in checks}


def test_several_processes_look_there_too(far, monkeypatch):
    case, _ = far
    monkeypatch.setenv("EVIDENCE_KEY", str(case.key_file))
    wanted = Case.open(case.root), Wanted(), Budget(10**12)
    reports = [verify_due(*wanted, workers=number)[0] for number in (1, 2)]
    assert reports[0].held == reports[1].held
    assert reports[0].findings == reports[1].findings == []


def test_what_was_changed_or_taken_away_there_is_told_until_it_is_back(far):
    case, store = far
    digest = case.body("minutes")["blake3"]
    name = f"{digest[:2]}/{digest}"
    content = bytes(obstore.get(store, name).bytes())
    obstore.put(store, name, b"Something else.")
    assert digest in case.run("verify", "--due", "--budget", "1TB", "--quiet", code=1).stdout
    obstore.delete(store, name)
    assert due(case, "0.001s", code=3)["counts"]["failed"] == 0
    obstore.put(store, name, content)
    assert due(case, "1TB")["due"]["not-checked"]["files"] == 0
