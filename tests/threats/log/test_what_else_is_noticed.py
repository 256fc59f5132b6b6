"""What `verify` notices besides: keys of the search index, lines of strangers, bytes at the end."""

import pytest

from adversary import store_checkpoint, tampering, verdict
from evidence_chain.log import checkpoint
from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import SignedNote, sign


@pytest.fixture
def case(invented):
    return invented


def notes(case):
    with case.connected() as db:
        return dict(db.execute("SELECT size, note FROM checkpoint"))


def test_words_that_no_search_finds_since_a_page_has_another_key(case):
    with tampering(case) as db:
        db.execute("UPDATE search_idx SET term = x'7a7a7a'")
    found = verdict(case, code=1)
    assert found.failed == ["projection"]
    assert "search index" in found.details


@pytest.mark.parametrize(
    "sql", ["UPDATE search_config SET v = 99", "DELETE FROM search_config WHERE k = 'version'"]
)
def test_a_damaged_configuration_of_the_search_fails(case, sql):
    with tampering(case) as db:
        db.execute(sql)
    found = verdict(case, code=1)
    assert "projection" in found.failed
    assert "The search index is not that of the claims and passages." in found.details


def test_a_line_of_a_stranger_on_a_checkpoint(case):
    size, note = max(notes(case).items())
    text = SignedNote.parse(note).text
    stranger = SigningKey.generate("stranger.example/log")
    (line,) = SignedNote.parse(sign(text, stranger)).signatures
    store_checkpoint(case, size, SignedNote.parse(note).with_signature(line).to_text())
    found = verdict(case, code=3)
    assert found.missed == {"signature"}
    assert "stranger.example/log" in found.details


def two_keys(case):
    """The older checkpoint is signed by another key of the same name."""
    other = SigningKey.generate(case.key.name)
    size, note = min(notes(case).items())
    root = checkpoint.parse(SignedNote.parse(note).text).root
    store_checkpoint(
        case, size, checkpoint.sign(checkpoint.Checkpoint(other.name, size, root), other)
    )


def test_two_checkpoints_by_two_keys_of_one_name(case):
    two_keys(case)
    assert "signature" in verdict(case, code=1).failed


def test_two_keys_of_one_name_where_no_key_is_given(case, monkeypatch):
    two_keys(case)
    case.key_file.rename(case.home / "elsewhere")
    found = verdict(case, code=1)
    assert found.failed == ["signature"]
    assert "several keys of one name" in found.details


def test_statistics_that_nothing_here_makes(case):
    with case.connected() as db:
        db.execute("ANALYZE")
        db.execute("UPDATE sqlite_stat1 SET stat = 'a note to somebody'")
    found = verdict(case, code=1)
    assert found.failed == ["schema"]
    assert "sqlite_stat1" in found.details


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE _sqlite_migrations SET applied_at = 'a note to somebody'",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('x', 'y', 'z')",
        "DELETE FROM _sqlite_migrations",
    ],
)
def test_what_was_written_into_the_table_of_migrations(case, sql):
    with case.connected() as db:
        db.execute(sql)
    found = verdict(case, code=1)
    assert found.failed == ["schema"]
    assert "_sqlite_migrations" in found.details


def test_bytes_after_the_database(case):
    with case.database.open("ab") as file:
        file.write(b"a note to somebody")
    found = verdict(case, code=1)
    assert found.failed == ["projection"]
    assert "after its last page" in found.details
