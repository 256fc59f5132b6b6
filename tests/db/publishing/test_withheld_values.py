"""What an edition withholds, for whoever searches it: every value, and every file."""

import pytest

from evidence_db.case import Case
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.selection import of_claims, selection_by
from evidence_db.publishing.withholding.values import withheld_files, withheld_values


@pytest.fixture
def reader(invented):
    (invented.root / "policy.toml").write_text('withhold = ["artifact[filename=minutes.txt].*"]\n')
    case = Case(invented.root)
    with case.reader() as reader:
        yield reader


def test_all_that_is_withheld_is_listed_with_who_withholds_it(reader, invented):
    shown = of_claims(reader, [invented.index("quay-is-wired")])
    selection = selection_by(reader, read_policy(invented.root), shown)
    found = {(one.index, one.name): one for one in withheld_values(reader, selection)}
    assert found[0, "recorded_by"].decided
    speaker = found[invented.index("never"), "speaker"]
    assert (speaker.value, speaker.decided) == ("The harbour master", True)
    title = found[invented.index("article"), "title"]
    assert (title.value, title.decided) == ("The article", False)
    assert (invented.index("clause"), "text") not in found
    files = {one.name: one.decided for one in withheld_files(reader, selection)}
    assert files == {"minutes.txt": True, "article.txt": False, "release.html": False}


def test_a_file_goes_with_its_texts(reader, invented):
    selection = selection_by(reader, read_policy(invented.root))
    digests = {one.blake3 for one in withheld_files(reader, selection)}
    minutes = invented.body("minutes")["blake3"]
    assert digests == {minutes, *(invented.body(name)["extracted"] for name in ("never", "twice"))}
