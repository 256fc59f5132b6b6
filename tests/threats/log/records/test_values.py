"""Rows 1, 7, 8, 20, 21: values and files changed, with the log left alone."""

import pytest

from adversary import (
    change_body,
    flip,
    overwrite,
    table_of,
    tampering,
    verdict,
)
from evidence_chain.digest import b3, sha256

VALUES = {
    "minutes": "filename",
    "letter": "title",
    "never": "speaker",
    "clause": "clause",
    "board-knew": "statement",
    "never-knew": "note",
    "retraction": "reason",
}
DEPENDS = {
    "minutes": {"file", "extraction"},
    "never": {"passage", "projection"},
    "clause": {"passage", "projection"},
}
"""What can't be checked any more once the values of a record are not to be believed."""


def rebuild_search(db):
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")


def test_what_the_attacks_start_from_holds(case):
    assert verdict(case, "--all-digests", "--seen", case.early, "--seen", case.seen, code=0) == (
        [],
        set(),
        "",
    )


@pytest.mark.parametrize("name", VALUES)
def test_row_01_a_field_value_changed(case, name):
    def change(values):
        return values | {VALUES[name]: "something else"}

    with tampering(case) as db:
        change_body(db, case.index(name), change)
        rebuild_search(db)
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert found.missed <= DEPENDS.get(name, set())
    assert VALUES[name] in found.details


def test_row_01_an_optional_field_filled_in(case):
    with tampering(case) as db:
        change_body(db, case.index("board-was-told"), lambda values: values | {"note": "sworn"})
    assert verdict(case, code=1) == (["commitment"], set(), verdict(case, code=1).details)


def test_row_01_values_withheld_are_not_taken_for_checked(case):
    with tampering(case) as db:
        db.execute("UPDATE claim SET body = NULL WHERE idx = ?", (case.index("board-knew"),))
        rebuild_search(db)
    assert verdict(case, code=3)[:2] == ([], {"disclosure"})


def test_row_07_a_preserved_file_changed(case):
    flip(case.preserved("tender"))
    found = verdict(case, code=1)
    assert found.failed == ["file"]
    assert found.missed == {"passage", "extraction"}
    assert "tender.txt" in found.details


def test_row_07_two_preserved_files_swapped(case):
    first, second = (case.preserved(name) for name in ("tender", "minutes"))
    contents = first.read_bytes(), second.read_bytes()
    overwrite(first, contents[1])
    overwrite(second, contents[0])
    assert verdict(case, code=1).failed == ["file", "file"]


def test_row_07_a_preserved_file_with_something_appended(case):
    path = case.preserved("release")
    overwrite(path, path.read_bytes() + b"\n")
    assert verdict(case, code=1)[:2] == (["file"], {"extraction"})


def test_row_07_a_text_stream_changed(case):
    flip(case.stream("deaf"))
    found = verdict(case, code=1)
    assert found.failed == ["stream"]
    assert found.missed == {"passage"}


@pytest.mark.parametrize("digests", ["blake3 alone", "all"])
def test_row_08_a_file_swapped_with_the_row_that_names_it(case, digests):
    forged = case.preserved("tender").read_bytes().replace(b"forty", b"fifty")
    digest = b3(forged).hex()
    path = case.kept(digest)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(forged)
    renamed = {"blake3": digest, "size": len(forged)}
    if digests == "all":
        renamed["sha256"] = sha256(forged).hex()
    with tampering(case) as db:
        change_body(db, case.index("tender"), lambda values: values | renamed)
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert "file" in found.missed
    assert "blake3" in found.details


def test_row_08_the_sha256_in_the_row_alone(case):
    with tampering(case) as db:
        change_body(db, case.index("tender"), lambda values: values | {"sha256": "00" * 32})
    assert verdict(case, "--all-digests", code=1).failed == ["commitment"]


def test_row_20_bytes_moved_between_two_fields(case):
    def shift(values):
        slug, statement = values["slug"], values["statement"]
        return values | {"slug": slug + statement[0], "statement": statement[1:]}

    with tampering(case) as db:
        change_body(db, case.index("board-knew"), shift)
        rebuild_search(db)
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert "slug, statement" in found.details


def test_row_20_bytes_moved_between_a_name_and_its_value(case):
    def shift(values):
        statement = values.pop("statement")
        return values | {"statement" + statement[0]: statement[1:]}

    with tampering(case) as db:
        index = case.index("board-knew")
        change_body(db, index, shift)
        rebuild_search(db)
    assert verdict(case, code=1).failed == ["commitment"]


def test_row_21_the_disclosures_of_two_records_swapped(case):
    pair = case.index("board-knew"), case.index("quay-is-wired")
    with tampering(case) as db:
        bodies = [
            db.execute("SELECT body FROM claim WHERE idx = ?", (index,)).fetchone()[0]
            for index in pair
        ]
        seals = [
            db.execute("SELECT seed FROM seal WHERE idx = ?", (index,)).fetchone() for index in pair
        ]
        db.execute("DROP INDEX claim_slug")
        for index, body, seal in zip(pair, reversed(bodies), reversed(seals), strict=True):
            db.execute("UPDATE claim SET body = ? WHERE idx = ?", (body, index))
            db.execute("UPDATE seal SET seed = ? WHERE idx = ?", (*seal, index))
        db.execute("CREATE UNIQUE INDEX claim_slug ON claim(slug)")
        rebuild_search(db)
    assert verdict(case, code=1)[:2] == (["commitment", "commitment"], set())


def test_row_21_the_names_of_two_fields_swapped(case):
    def swap(values):
        return values | {"slug": values["note"], "note": values["slug"]}

    with tampering(case) as db:
        index = case.index("board-knew")
        change_body(db, index, swap)
    found = verdict(case, code=1)
    assert found[:2] == (["commitment"], set())


def test_row_21_a_seed_that_is_not_the_records(case):
    with tampering(case) as db:
        db.execute("UPDATE seal SET seed = zeroblob(32) WHERE idx = 3")
    found = verdict(case, code=1)
    assert found.failed == ["commitment"]
    assert "Not what was committed to" in found.details
    assert "recorded_at, recorded_by" in found.details


def test_the_tables_of_the_test_are_those_of_the_case(case):
    with case.connected() as db:
        tables = {table_of(db, case.index(name)) for name in VALUES}
    assert tables == {"artifact", "original", "evidence", "claim", "link", "retraction"}


def test_row_07_a_text_stream_changed_and_one_claim_verified(case):
    """Its first passage bears on another claim; the stream is checked for the second one too."""
    flip(case.stream("trained"))
    for claim in ("board-knew", "microphones-listen"):
        assert verdict(case, claim, code=1)[:2] == (["stream"], {"passage"})
    assert verdict(case, "quay-is-wired", code=0).failed == []
