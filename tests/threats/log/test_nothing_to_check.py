"""Row 32: take away what there is to check. What can't be checked is never "ok"."""

import shutil

import pytest

from adversary import Insider, tampering, verdict
from cases import make_empty_case


def remove_checkpoints(case):
    with tampering(case) as db:
        db.execute("DELETE FROM checkpoint")


def remove_newest_checkpoint(case):
    with tampering(case) as db:
        db.execute("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")


def remove_key(case):
    case.key_file.unlink()


def open_key_to_others(case):
    case.key_file.chmod(0o644)


def remove_file(case):
    case.preserved("tender").unlink()


def remove_parsed_file(case):
    case.preserved("release").unlink()


def remove_stream(case):
    case.stream("deaf").unlink()


def remove_all_files(case):
    shutil.rmtree(case.root / "artifacts")


def remove_seals(case):
    with tampering(case) as db:
        db.execute("DELETE FROM seal")


def remove_one_seal(case):
    with tampering(case) as db:
        db.execute("DELETE FROM seal WHERE idx = ?", (case.index("never-knew"),))


def remove_values(case):
    with tampering(case) as db:
        db.execute("UPDATE evidence SET body = NULL WHERE idx = ?", (case.index("never"),))
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")


def remove_everything(case):
    with tampering(case) as db:
        for table in (
            "checkpoint",
            "seal",
            "tree_node",
            "artifact",
            "original",
            "claim",
            "case_title",
        ):
            db.execute(f"DELETE FROM {table}")
        for table in ("evidence", "link", "retraction", "entry"):
            db.execute(f"DELETE FROM {table}")
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")


REMOVED = {
    remove_checkpoints: {"coverage"},
    remove_newest_checkpoint: {"coverage"},
    remove_key: {"signature"},
    open_key_to_others: {"signature"},
    remove_file: {"file", "passage", "extraction"},
    remove_parsed_file: {"file", "extraction"},
    remove_stream: {"stream", "passage"},
    remove_all_files: {"file", "stream", "passage", "extraction"},
    remove_one_seal: {"disclosure"},
    remove_seals: {"disclosure", "file", "passage", "projection", "extraction"},
    remove_values: {"disclosure", "passage", "projection"},
    remove_everything: {"coverage"},
}


@pytest.mark.parametrize("remove", REMOVED, ids=lambda remove: remove.__name__)
def test_row_32_what_is_missing_is_not_checked(case, remove):
    remove(case)
    found = verdict(case, code=3)
    assert found.failed == []
    assert found.missed <= REMOVED[remove]
    assert found.missed
    shown = case.run("verify", code=3).stdout
    assert "not checked" in shown


@pytest.mark.parametrize(
    "remove",
    [remove_key, remove_checkpoints, remove_file, remove_stream],
    ids=lambda remove: remove.__name__,
)
def test_row_32_a_claim_that_rests_on_it_is_not_checked_either(case, remove):
    remove(case)
    claim = "microphones-listen" if remove is remove_stream else "quay-is-wired"
    assert verdict(case, claim, code=3).failed == []
    resolved = case.json("resolve", claim)
    assert resolved["integrity"]["outcome"] == "not-checked"
    assert resolved["integrity"]["counts"]["failed"] == 0
    assert "not checked" in case.run("resolve", claim).stdout


def test_row_32_a_claim_that_rests_on_something_else_still_holds(case):
    remove_file(case)
    assert verdict(case, "board-was-told", code=0).failed == []


def test_row_32_a_claim_that_rests_on_a_withheld_passage_is_not_checked(case):
    remove_values(case)
    resolved = case.json("resolve", "board-knew")
    assert resolved["integrity"]["outcome"] == "not-checked"
    assert "The passage is withheld" in case.run("resolve", "board-knew").stdout


def test_row_32_a_checkpoint_seen_before_tells_that_all_was_removed(case):
    remove_everything(case)
    assert verdict(case, "--seen", case.seen, code=1).failed == ["seen"]


def test_row_32_what_can_not_be_read_because_of_its_rights_is_not_checked(case, monkeypatch):
    def deny(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("evidence_db.store.hashing.regular_descriptor", deny)
    monkeypatch.setattr("evidence_db.store.intact._is_intact", lambda *_: False)
    found = verdict(case, code=3)
    assert found.failed == []
    assert {"file", "stream"} <= found.missed


def test_row_32_what_is_missing_does_not_hide_what_failed(case):
    remove_stream(case)
    remove_key(case)
    with tampering(case) as db:
        db.execute("UPDATE case_info SET title = NULL")
        db.execute("DELETE FROM tree_node WHERE level = 1")
    assert set(verdict(case, code=1).failed) == {"projection"}


def test_row_32_an_empty_case_has_nothing_that_holds(tmp_path):
    found = verdict(make_empty_case(tmp_path), code=3)
    assert (found.failed, found.missed) == ([], {"coverage"})


def test_row_32_the_check_of_sha256_was_not_asked_for_and_is_named(case):
    assert any("SHA-256" in one for one in case.json("verify")["absent"])


def test_row_32_a_passage_whose_file_is_withheld_is_not_checked(case):
    with tampering(case) as db:
        db.execute("UPDATE artifact SET body = NULL WHERE idx = ?", (case.index("release"),))
    found = verdict(case, code=3)
    assert {"disclosure", "passage"} <= found.missed


def test_row_32_a_signed_log_without_anything_disclosed(case):
    with tampering(case) as db:
        db.execute("DELETE FROM seal")
        for table in (
            "artifact",
            "original",
            "claim",
            "evidence",
            "link",
            "retraction",
            "case_title",
        ):
            db.execute(f"UPDATE {table} SET body = NULL")
    Insider(case).rebuild()
    found = verdict(case, code=3)
    assert found.failed == []
    assert "disclosure" in found.missed
