"""A verification of files in a store of objects that broke off fetches no file twice."""

import obstore
import pytest
from obstore.store import from_url

from evidence_chain.objects import asking
from evidence_db.store.files.objects import ObjectStore
from evidence_db.verifying import run
from evidence_db.verifying.documents import fetched
from interrupted import (
    at_once,  # noqa: F401
    break_off,
    findings,
    held,
    is_the_same_but_for_what_was_taken_over,
    resume,
)

pytestmark = pytest.mark.usefixtures("at_once")
DOCUMENTS = run.fetched, "check_fetched_documents"


@pytest.fixture
def far(invented, bucket, monkeypatch):
    """A case whose files lie in a store, each document a task of its own."""
    store = from_url(bucket)
    for path in (invented.root / "artifacts").glob("*/*"):
        obstore.put(store, f"{path.parent.name}/{path.name}", path)
        path.unlink()
        path.parent.rmdir()
    with invented.connected() as db:
        db.execute("INSERT INTO files_at VALUES (1, ?)", (bucket,))
    monkeypatch.setattr(fetched, "DOCUMENTS", 1)
    return invented, store


@pytest.fixture
def asked(monkeypatch):
    """The names of objects of which a piece is asked for."""
    names, piece = [], ObjectStore.piece

    def noted(self, name, start, length):
        names.append(name)
        return piece(self, name, start, length)

    monkeypatch.setattr(ObjectStore, "piece", noted)
    return names


@pytest.mark.parametrize("after", range(4))
def test_what_held_is_not_fetched_again(far, asked, after):
    case, _ = far
    whole = case.json("verify")
    break_off(case, after, what=DOCUMENTS)
    asked.clear()
    found = resume(case, code=3)
    assert found["resumed"]["documents"] == after
    assert found["resumed"]["files"] == after + 1  # with the text stream
    stream = case.body("deaf")["extracted"]
    assert len({name for name in asked if not name.endswith(stream)}) == 4 - after
    is_the_same_but_for_what_was_taken_over(found, whole)


def test_of_all_that_held_no_byte_is_fetched(far, asked):
    case, _ = far
    break_off(case)
    asked.clear()
    assert resume(case, code=3)["resumed"]["files"] == 5
    assert asked == []


def test_what_was_changed_there_is_found(far):
    case, store = far
    break_off(case)
    digest = case.body("minutes")["blake3"]
    name = f"{digest[:2]}/{digest}"
    content = bytes(obstore.get(store, name).bytes())
    obstore.put(store, name, content[:-1] + b"~")
    found = resume(case, code=1)
    is_the_same_but_for_what_was_taken_over(found, case.json("verify", code=1))
    assert found["resumed"]["files"] == 4
    obstore.put(store, name, content)
    assert case.json("verify")["outcome"] == "holds"


def test_what_the_network_kept_away_is_fetched_then(far, monkeypatch):
    case, _ = far
    digest = case.body("release")["blake3"]
    arriving = ObjectStore.arriving

    def gone(self, asked):
        if asked == digest:
            raise asking.StoreError(5, "the store of the files can't be asked", asked)
        return arriving(self, asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ObjectStore, "arriving", gone)
        assert "Go on: evidence verify --resume." in case.run("verify", code=3).stderr
    found = resume(case, code=3)
    assert found["resumed"]["files"] == 4
    assert held(found)["file"] == 1
    assert findings(found) == []
