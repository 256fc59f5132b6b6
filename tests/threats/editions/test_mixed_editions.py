"""Rows 12 and 55: two logs of one size; parts of an older edition in a newer one."""

import pytest

from editions import publish
from evidence_chain.log import checkpoint
from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import sign


def taken(edition, other, *names):
    """Put files of another edition in the place of this one's."""
    for name in names:
        edition.write(name, other.read(name))


def test_what_the_attacks_start_from_holds(editions):
    assert {edition.check().code for edition in editions.values()} == {0}


def test_row_55_the_note_of_an_older_edition(grown, editions):
    taken(grown, editions["whole"], "edition.note")
    assert "manifest" in grown.check().failed
    taken(grown, editions["whole"], "edition.note", "tagmanifest-sha256.txt")
    assert "manifest" in grown.check().failed


def test_row_55_the_tag_files_of_an_older_edition(grown, editions):
    tags = [name for name in grown.files if not name.startswith("data/")]
    taken(grown, editions["whole"], *tags)
    assert "manifest" in grown.check().failed


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("data/checkpoint", "checkpoint"),
        ("data/evidence.db", "database"),
        ("data/edition.json", "edition"),
        ("data/log.jsonl", "tree-root"),
    ],
)
def test_row_55_a_part_of_an_older_edition_signed_again(grown, editions, name, check):
    taken(grown, editions["whole"], name)
    assert grown.check().failed & {"payload", "manifest"}
    grown.seal()
    assert check in grown.check().failed


def test_row_55_an_older_checkpoint_as_the_newest(grown):
    """The checkpoint of 28 entries in place of the one of 29, wherever it stands."""
    older = grown.read("data/checkpoints/28")
    for name in ("data/checkpoint", "data/checkpoints/29"):
        grown.write(name, older)
    grown.seal()
    assert {"tree-root", "checkpoint"} <= grown.check().failed


@pytest.mark.parametrize("size", [300, 2**40, 2**62])
def test_row_55_a_checkpoint_of_more_entries_than_there_are(edition, size):
    """It costs no more to refuse a large one."""
    note = checkpoint.sign(checkpoint.Checkpoint(edition.key.name, size, bytes(32)), edition.key)
    edition.write(f"data/checkpoints/{size}", note.encode())
    edition.seal()
    found = edition.check()
    assert "tree-root" in found.failed
    assert "the log has no" in found.details


def test_row_55_the_database_of_an_edition_of_the_same_log(selected, editions):
    """It holds what this edition withholds."""
    taken(selected, editions["whole"], "data/evidence.db")
    selected.seal()
    assert selected.check().failed == {"database"}


def test_row_55_the_files_of_another_edition(selected, editions):
    whole = editions["whole"]
    taken(selected, whole, *(name for name in whole.files if "artifacts" in name))
    selected.seal()
    assert selected.check().failed == {"file"}


def test_row_55_the_proofs_of_an_older_edition(grown, editions):
    for name in editions["whole"].files:
        if "proofs" in name:
            taken(grown, editions["whole"], name)
    grown.seal()
    assert grown.check().failed == {"proof"}


def test_row_55_an_older_edition_that_says_it_is_newer(edition):
    edition.seal(made="2031-09-01T09:00:00Z")
    assert edition.check().failed == {"edition"}


@pytest.fixture
def other(template, tmp_path):
    """An edition of another log of the same name, key and size."""
    case = template.copy_to(tmp_path / "other")
    with case.connected() as db:
        ((newest,),) = db.execute("SELECT max(size) FROM checkpoint")
    case.run("claim", "quay-was-loud", "The quay was loud")
    case.run("checkpoint")
    return publish(case, tmp_path / "theirs", 4), newest


def test_row_12_two_logs_of_one_size_side_by_side(grown, other):
    """Each is whole by itself; one reader's edition or checkpoint shows the other's."""
    theirs, _ = other
    assert theirs.check().code == grown.check().code == 0
    for one, another in ((grown, theirs), (theirs, grown)):
        for name in ("edition.note", "data/checkpoint"):
            found = one.check(seen={name: another.read(name)})
            assert found.failed == {"seen"}
            is_shorter = one is theirs
            told = "is older, was cut, or is another log" if is_shorter else "doesn't go on from"
            assert told in found.details


def test_row_12_what_both_have_in_common_tells_nothing(grown, other, editions):
    theirs, _ = other
    seen = {"first": editions["whole"].read("data/checkpoint")}
    assert grown.check(seen=seen).code == theirs.check(seen=seen).code == 0


def test_row_12_an_edition_that_its_publisher_would_rather_not_name(editions, other):
    theirs, _ = other
    found = theirs.check(seen={"first": editions["whole"].read("edition.note")})
    assert found.failed == {"seen"}
    assert "doesn't name it among the earlier ones" in found.details


def test_row_12_what_was_seen_of_another_log(edition):
    key = SigningKey.generate("elsewhere.example/x")
    said = edition.read("data/checkpoint").decode().partition("\n\n")[0] + "\n"
    note = sign(said.replace(edition.key.name, key.name), key)
    assert edition.check(seen={"theirs": note.encode()}).failed == {"seen"}
    assert edition.check(seen={"nothing": b""}).failed == {"seen"}
