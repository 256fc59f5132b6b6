"""A verification that broke off is gone on with, and what it read is never taken for checked."""

import os

import pytest

from adversary import tampering
from evidence_db.case import Case
from evidence_db.store import hashing
from evidence_db.store.files import directory
from evidence_db.verifying.resuming.resuming import Resuming
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted
from interrupted import (
    CLAIMS,
    DOCUMENTS,
    FILES,
    at_once,  # noqa: F401
    break_off,
    findings,
    held,
    is_the_same_but_for_what_was_taken_over,
    left,
    resume,
)

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.mark.parametrize("after", range(5))
def test_what_was_hashed_is_not_read_again_and_not_checked(invented, after):
    whole = invented.json("verify")
    said = break_off(invented, after, what=FILES).stderr
    assert "Interrupted. Not everything was checked, so there is no result." in said
    assert said.count("Go on: evidence verify --resume.") == (after > 0)
    assert "recorded" not in said
    found = resume(invented, code=3 if after else 0)
    assert found["resumed"]["files"] == after
    is_the_same_but_for_what_was_taken_over(found, whole)
    assert left(invented) is None


@pytest.mark.parametrize("after", range(4))
def test_documents_are_taken_over_with_their_passages(invented, after):
    whole = invented.json("verify")
    break_off(invented, after, what=DOCUMENTS)
    found = resume(invented, code=3)
    taken = found["resumed"]
    assert (taken["files"], taken["documents"]) == (5, after)
    is_the_same_but_for_what_was_taken_over(found, whole)
    assert held(found).get("passage", 0) == 6 - taken["passages"]


def test_it_says_when_what_was_taken_over_held(invented):
    break_off(invented, 3, what=DOCUMENTS)
    found = invented.run("verify", "--resume", code=3).stdout
    assert "not checked file: the digests of 5 files were not checked in this run, nor " in found
    assert "A verification that broke off found that they hold (20" in found
    assert "0 failed, 1 could not be made" in found


def test_progress_tells_what_is_taken_over(invented, monkeypatch):
    monkeypatch.setenv("EVIDENCE_KEY", str(invented.key_file))
    break_off(invented, 2, what=FILES)
    told = []
    resuming = Resuming(takes_over=True)
    verify(Case(invented.root), Wanted(), lambda *said: told.append(said), resuming=resuming)
    assert ("files (2 taken over)", 4, 4) in told
    assert ("passages", 4, 4) in told


def test_one_that_breaks_off_twice_goes_on_from_both(invented):
    break_off(invented, 2, what=FILES)
    break_off(invented, 1, "--resume", what=FILES)
    assert resume(invented, code=3)["resumed"]["files"] == 3


def test_one_that_is_not_to_go_on_reads_all_and_ends_the_matter(invented):
    break_off(invented, 4, what=FILES)
    assert "resumed" not in invented.json("verify")
    assert left(invented) is None
    found = resume(invented, code=0)
    assert found["resumed"]["files"] == 0
    assert "No verification broke off here" in found["resumed"]["told"][0]


def test_one_that_is_not_to_go_on_and_breaks_off_adds_to_it(invented):
    break_off(invented, 4, what=FILES)
    break_off(invented, 1, what=FILES)
    assert resume(invented, code=3)["resumed"]["files"] == 4


def test_one_that_failed_has_come_to_its_end(invented):
    invented.preserved("minutes").chmod(0o600)
    invented.preserved("minutes").write_bytes(b"Something else.")
    assert "--resume" not in invented.run("verify", "--all-digests", code=1).stderr
    assert left(invented) is None


def test_a_short_one_leaves_nothing(invented, monkeypatch):
    from evidence_db.verifying.resuming import memory

    monkeypatch.setattr(memory, "EACH", 5.0)
    assert "--resume" not in break_off(invented).stderr
    assert left(invented) is None


def deny(monkeypatch, path):
    """Have a preserved file not be read, by root neither."""
    opened = hashing.regular_descriptor

    def denied(name):
        if str(name) == str(path):
            raise PermissionError
        return opened(name)

    monkeypatch.setattr(hashing, "intact", lambda *_: set())
    monkeypatch.setattr(hashing, "regular_descriptor", denied)


def test_a_file_that_could_not_be_read_is_read_then(invented):
    with pytest.MonkeyPatch.context() as patch:
        deny(patch, invented.preserved("minutes"))
        said = invented.run("verify", code=3)
    assert "access to the file was denied" in said.stdout
    assert "Go on: evidence verify --resume." in said.stderr
    found = resume(invented, code=3)
    assert found["resumed"]["files"] == 4
    assert found["resumed"]["documents"] == 3
    assert held(found)["file"] == held(found)["type"] == 1
    assert findings(found) == []


def altered(path):
    """Other bytes, of the same length, with the times that the file had."""
    before = path.stat()
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"~")
    path.chmod(before.st_mode)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def exchanged(path):
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes()[:-1] + b"~")
    copy.replace(path)


def removed(path):
    path.unlink()


@pytest.mark.parametrize("what", [DOCUMENTS, CLAIMS], ids=["files", "documents"])
@pytest.mark.parametrize(("harm", "code"), [(altered, 1), (exchanged, 1), (removed, 3)])
def test_a_file_that_was_changed_since_is_found(invented, harm, code, what):
    break_off(invented, what=what)
    harm(invented.preserved("minutes"))
    harm(invented.stream("deaf"))
    found = resume(invented, code=code)
    is_the_same_but_for_what_was_taken_over(found, invented.json("verify", code=code))
    assert found["resumed"]["files"] == 3
    assert {one["check"] for one in findings(found)} >= {"file", "stream", "passage"}


def test_row_97a_a_file_that_was_changed_so_that_nothing_shows_it_never_holds(
    invented, monkeypatch
):
    monkeypatch.setattr(directory, "_version", lambda found: (found.st_size,))
    break_off(invented)
    altered(invented.preserved("minutes"))
    found = resume(invented, code=3)
    assert found["outcome"] == "not-checked"
    assert held(found).keys().isdisjoint({"file", "stream", "type", "passage", "extraction"})
    assert invented.json("verify", code=1)["outcome"] == "failed"


def test_a_record_that_was_changed_since_is_found(invented):
    break_off(invented)
    with tampering(invented) as db:
        db.execute("UPDATE evidence SET body = replace(body, 'never', 'always')")
        db.execute("UPDATE artifact SET body = replace(body, '\"size\":', '\"size\":1')")
    found, whole = resume(invented, code=1), invented.json("verify", code=1)
    is_the_same_but_for_what_was_taken_over(found, whole)
    assert {one["check"] for one in findings(found)} >= {"commitment", "file", "passage"}


@pytest.mark.parametrize("value", ["7", "null", "[]", '"ab"', "1e9"])
def test_a_digest_that_is_none_is_told_as_ever(invented, value):
    whole = f"UPDATE artifact SET body = json_set(body, '$.blake3', json('{value}'))"
    with tampering(invented) as db:
        db.execute(f"{whole} WHERE idx = {invented.index('minutes')}")
    break_off(invented)
    found, whole = resume(invented, code=1), invented.json("verify", code=1)
    is_the_same_but_for_what_was_taken_over(found, whole)


def test_a_passage_that_was_added_since_is_looked_at(invented):
    break_off(invented)
    text = "The board took note of the tender."
    invented.run("add", "quote", "--artifact", invented.ids["minutes"], "--text", text)
    found = resume(invented, code=3)
    assert found["resumed"]["documents"] == 3
    assert held(found)["passage"] == 3
    assert {one["check"] for one in findings(found)} == {"coverage"}


@pytest.mark.parametrize("after", [2, 4])
def test_what_failed_is_read_again(invented, after):
    for path in (invented.preserved("minutes"), invented.preserved("tender")):
        altered(path)
    break_off(invented, after, what=FILES)
    found = resume(invented, code=1)
    is_the_same_but_for_what_was_taken_over(found, invented.json("verify", code=1))
    assert found["resumed"]["files"] == after - 2
    assert sum(one["check"] == "file" for one in findings(found)) == 2


def test_what_held_and_then_failed_counts_no_more(invented, monkeypatch):
    monkeypatch.setattr(directory, "_version", lambda found: (found.st_size,))
    break_off(invented)
    altered(invented.preserved("minutes"))
    break_off(invented, 1, what=DOCUMENTS)  # which reads all files, and the first document
    found = resume(invented, code=1)
    assert found["resumed"]["files"] == 4
    is_the_same_but_for_what_was_taken_over(found, invented.json("verify", code=1))


def test_a_document_whose_file_fails_is_looked_at_though_it_held(invented, monkeypatch):
    monkeypatch.setattr(directory, "_version", lambda found: (found.st_size,))
    break_off(invented)
    altered(invented.preserved("minutes"))
    break_off(invented, what=DOCUMENTS)  # which finds the file, and looks at no document
    found = resume(invented, code=1)
    assert (found["resumed"]["files"], found["resumed"]["documents"]) == (4, 3)
    is_the_same_but_for_what_was_taken_over(found, invented.json("verify", code=1))


def test_who_asks_for_more_has_more_read(invented):
    break_off(invented)
    found = resume(invented, "--all-digests", code=3)
    assert found["resumed"]["files"] == 1  # the text stream, which has one digest
    assert held(found)["file-sha256"] == held(found)["file"] == 4
