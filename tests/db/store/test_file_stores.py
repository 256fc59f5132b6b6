"""What every place for preserved files does, whatever it is made of."""

import pytest

from evidence_chain.digest import b3
from evidence_chain.errors import StorageError
from evidence_db.store.files import Files
from evidence_db.store.files.directory import DirectoryStore

CONTENT = bytes(range(256)) * 40
DIGEST = b3(CONTENT).hex()
ABSENT = b3(b"something else").hex()


@pytest.fixture(params=["directory"])
def store(request, tmp_path):
    return DirectoryStore(tmp_path / "artifacts")


@pytest.fixture
def arriving(tmp_path, store):
    """Received files, which can be put into the store."""
    return Files(tmp_path / "artifacts", store)


def put(arriving, content=CONTENT):
    with arriving.receive_bytes(content, "a file") as incoming:
        return arriving.keep(incoming)


def test_a_file_is_put_once(store, arriving):
    assert put(arriving)
    assert not put(arriving)
    assert list(store.list()) == [f"{DIGEST[:2]}/{DIGEST}"]


def test_a_file_is_as_it_was_put(store, arriving):
    put(arriving)
    assert store.exists(DIGEST)
    assert store.size(DIGEST) == len(CONTENT)
    with store.open(DIGEST) as file:
        assert file.read() == CONTENT
        file.seek(-10, 2)
        assert file.read(4) == CONTENT[-10:-6]
    with store.local(DIGEST) as path:
        assert path.read_bytes() == CONTENT
    assert store.place(DIGEST).endswith(f"{DIGEST[:2]}/{DIGEST}")


@pytest.mark.parametrize(
    ("start", "length"), [(0, 1), (5, 300), (len(CONTENT) - 3, 9), (len(CONTENT), 5)]
)
def test_a_range_of_a_file_is_read(store, arriving, start, length):
    put(arriving)
    assert store.read(DIGEST, start, length) == CONTENT[start : start + length]


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.size(ABSENT),
        lambda store: store.version(ABSENT),
        lambda store: store.open(ABSENT),
        lambda store: store.read(ABSENT, 0, 1),
    ],
)
def test_what_is_not_there_is_told(store, arriving, ask):
    put(arriving)
    assert not store.exists(ABSENT)
    with pytest.raises(FileNotFoundError):
        ask(store)


def test_nothing_takes_the_place_of_another_file(store, arriving):
    with arriving.receive_bytes(CONTENT, "a file") as incoming:
        arriving.keep(incoming)
    with arriving.receive_bytes(b"other", "another") as other:
        forged = type(other)(other.path, DIGEST, other.sha256, other.size, b"", b"")
        with pytest.raises(StorageError, match=f"{DIGEST} is damaged"):
            store.put(forged)
    assert store.read(DIGEST, 0, 1 << 20) == CONTENT


def test_what_was_removed_is_gone(store, arriving):
    put(arriving)
    store.remove(DIGEST)
    store.remove(DIGEST)
    assert not store.exists(DIGEST)
    assert list(store.list()) == []
    assert put(arriving)


def test_nothing_lies_where_nothing_was_put(store):
    assert list(store.list()) == []
