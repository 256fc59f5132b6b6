"""Row 2: one byte of the index by which the places of ids are found, with all rows left alone."""

import pytest

from adversary import verdict


@pytest.mark.parametrize("place", [100, 126])
def test_an_index_that_names_what_is_not_there_is_told(case, place):
    """A place of one byte stands beside each id; `verify` ended with an error of its own."""
    with case.connected() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    id_, content = case.ids["never"], case.database.read_bytes()
    beside = id_.encode() + bytes([case.index("never")])
    assert content.count(beside) == 1
    case.database.write_bytes(content.replace(beside, id_.encode() + bytes([place])))
    found = verdict(case, code=1)
    assert "projection" in found.failed
    assert "SQLite finds damage" in found.details
