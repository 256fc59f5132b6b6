"""Verifications that break off in the middle, and what later ones say, for the tests of them.

A run writes down at once what held, and hashes one file after the other, where `at_once` was used.
"""

import pytest

from evidence_db.store import hashing
from evidence_db.verifying import run
from evidence_db.verifying.resuming import memory

FILES = hashing, "_check_batch"
DOCUMENTS = run, "look_at_each"
CLAIMS = run, "check_claims"
INTERRUPTED = 130


@pytest.fixture
def at_once(monkeypatch):
    """Everything is written down at once, and one file is hashed after the other."""
    monkeypatch.setattr(memory, "EACH", 0.0)
    monkeypatch.setattr(hashing, "BATCH", 1)


def break_off(case, after=0, *words, what=CLAIMS, code=INTERRUPTED):
    """A verification that somebody interrupts once so many were looked at: else, none of claims."""
    module, name = what
    done, look = [], getattr(module, name)

    def interrupted(*given, **more):
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(1)
        return look(*given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, interrupted)
        return case.run("verify", *words, code=code)


def resume(case, *words, code):
    """What `verify --resume` says then."""
    return case.json("verify", "--resume", *words, code=code)


def left(case):
    """What is remembered, one file at most."""
    return next(iter(case.home.glob("signing.key.resume-????????????????")), None)


def held(report):
    """How many of each check hold."""
    return {one["check"]: one["count"] for one in report["checks"] if one["outcome"] == "holds"}


def findings(report):
    """What failed or was not checked, but for what was taken over."""
    return [
        one
        for one in report["checks"]
        if one["outcome"] != "holds" and (one["check"], one["subject"]) != ("file", "files")
    ]


def is_the_same_but_for_what_was_taken_over(resumed, whole):
    """Whether a report is that of a whole verification, but for the checks of what was taken."""
    of_files, of_documents = {"file", "stream", "crop"}, {"type", "passage", "extraction"}
    lacking = {
        check: count - held(resumed).get(check, 0)
        for check, count in held(whole).items()
        if count != held(resumed).get(check, 0)
    }
    assert findings(resumed) == findings(whole)
    assert set(lacking) <= of_files | of_documents | {"match", "headers", "file-sha256"}
    taken = resumed["resumed"]
    assert sum(lacking.get(check, 0) for check in of_files) == taken["files"]
    assert lacking.get("type", 0) == taken["documents"]
    assert lacking.get("passage", 0) == taken["passages"]
    assert resumed["absent"] == whole["absent"]
