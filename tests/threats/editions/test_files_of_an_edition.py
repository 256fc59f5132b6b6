"""Row 54: any file of an edition is changed, added, dropped or renamed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions import flipped
from evidence_chain.edition.bag import TAGS
from evidence_chain.edition.checking.asked import Wanted
from evidence_chain.edition.checking.run import check
from evidence_chain.log.key import SigningKey

TAG_FILES = {"manifest", "note", "layout"}
"""Checks that find a tag file to be another."""


@pytest.fixture(scope="module")
def kept(editions, tmp_path_factory):
    """An edition in which each attack is undone again."""
    return editions["whole"].copy_to(tmp_path_factory.mktemp("kept") / "edition")


def test_what_the_attacks_start_from_holds(kept):
    assert kept.check().code == 0


def test_row_54_a_file_that_is_changed(kept):
    """A bit at the beginning, in the middle and at the end of each, the plain words too."""
    for name in kept.files:
        data = kept.read(name)
        for at in {0, len(data) // 2, len(data) - 1}:
            kept.write(name, flipped(data, at))
            found = kept.check()
            assert found.code == 1, (name, at)
            assert found.failed <= (TAG_FILES if name in TAGS else {"payload"})
        kept.write(name, data)
    assert kept.check().code == 0


@pytest.mark.parametrize("name", [one for one in TAGS if one != "manifest-sha256.txt"])
def test_row_54_each_byte_of_the_small_tag_files(kept, name):
    data = kept.read(name)
    for at in range(len(data)):
        kept.write(name, flipped(data, at))
        assert kept.check(rows=None).code == 1, at
    kept.write(name, data)


def test_row_54_a_file_that_is_dropped(kept):
    for name in kept.files:
        data = kept.read(name)
        kept.remove(name)
        found = kept.check()
        assert found.code == 1, name
        assert found.failed <= {"layout", "manifest"}
        kept.write(name, data)
    assert kept.check().code == 0


def test_row_54_a_file_that_is_renamed(kept):
    for name in kept.files:
        if name.startswith("data/"):
            data = kept.read(name)
            kept.remove(name)
            kept.write("data/site/page.html", data)
            assert kept.check().code == 1, name
            kept.remove("data/site/page.html")
            kept.write(name, data)


@pytest.mark.parametrize(
    "name", ["data/site/index.html", "data/timestamps/27-1.tsr", "fetch.txt", ".DS_Store"]
)
def test_row_54_a_file_that_is_added(edition, name):
    edition.write(name, b"more")
    assert edition.check().code == 1


def test_row_54_what_an_operating_system_left_is_named_and_the_rest_is_looked_at(edition):
    edition.write("data/.DS_Store", b"\0\0\0\1Bud1")
    found = edition.check()
    assert found.code == 1
    assert found.failed == {"layout"}
    assert "it is no part of what was signed" in found.details
    assert "those that were signed are as they were" in ended(edition)
    edition.write("data/README.txt", flipped(edition.read("data/README.txt"), 0))
    assert edition.check().failed == {"layout", "payload"}
    assert "the files are not those signed" in ended(edition)


def ended(edition):
    """What a check says that it left out."""
    return " ".join(check(edition.path, Wanted(key=edition.key.verifier)).report.absent)


def test_row_54_a_name_does_not_pass_for_what_an_operating_system_left(edition):
    edition.write("data/an author left it.txt", b"more")
    edition.write("data/README.txt", flipped(edition.read("data/README.txt"), 0))
    assert edition.check().failed == {"layout"}


@pytest.mark.parametrize("name", ["data/verify.html", "data/README.txt", "data/site/index.html"])
def test_row_54_signed_again_by_a_stranger(edition, name):
    edition.write(name, b"<p>Trust this key</p>")
    edition.seal(SigningKey.generate(edition.key.name))
    assert edition.check().failed == {"edition-signature"}


@settings(max_examples=40)
@given(st.data())
def test_row_54_any_byte_of_any_file(kept, data):
    name = data.draw(st.sampled_from(kept.files))
    content = kept.read(name)
    at = data.draw(st.integers(0, len(content) - 1))
    other = data.draw(st.integers(1, 255))
    kept.write(name, content[:at] + bytes([content[at] ^ other]) + content[at + 1 :])
    try:
        assert kept.check(rows=None).code == 1
    finally:
        kept.write(name, content)


@settings(max_examples=25)
@given(st.data())
def test_row_54_any_byte_of_what_is_compared_signed_again(kept, data):
    """All is looked at, and the answer is a report, whatever the bytes have become.

    Reasons in edition.json are the publisher's word, and of a database the rows count.
    """
    words = ("data/README.txt", "data/verify.html", "data/datasette-metadata.json")
    compared = [name for name in kept.files if name not in (*TAGS, *words)]
    name = data.draw(st.sampled_from(compared))
    content = kept.read(name)
    at = data.draw(st.integers(0, len(content) - 1))
    tags = {tag: kept.read(tag) for tag in TAGS}
    kept.write(name, flipped(content, at))
    kept.seal()
    try:
        found = kept.check(everything=True)
        assert found.code == 1 or name in ("data/evidence.db", "data/edition.json"), (name, at)
        assert not found.failed & {"payload", "manifest", "layout"}
    finally:
        for tag, before in {name: content, **tags}.items():
            kept.write(tag, before)
