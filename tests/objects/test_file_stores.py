"""What every place for preserved files does, whatever it is made of."""

import obstore
import pytest

from adversary import overwrite
from evidence_chain.digest import b3
from evidence_chain.errors import StorageError
from evidence_chain.objects.address import Address
from evidence_db.store.files import Files
from evidence_db.store.files.directory import DirectoryStore
from evidence_db.store.files.objects import ObjectStore

CONTENT = bytes(range(256)) * 40
DIGEST = b3(CONTENT).hex()
ABSENT = b3(b"something else").hex()


@pytest.fixture(params=["directory", "bucket", "stand_in"])
def store(request, tmp_path):
    if request.param == "directory":
        return DirectoryStore(tmp_path / "artifacts")
    made = request.getfixturevalue(request.param)
    address = made if request.param == "bucket" else "s3://stand-in/files"
    return ObjectStore(Address.parse(address), tmp_path / "artifacts")


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
    size, pieces = store.arriving(DIGEST)
    assert (size, b"".join(pieces)) == (len(CONTENT), CONTENT)
    assert store.version(DIGEST) == store.version(DIGEST)
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


def damage(store, content):
    """What somebody does who may write where the files lie, and changes one."""
    if isinstance(store, DirectoryStore):
        overwrite(store.path(DIGEST), content)
    else:
        obstore.put(store._store, f"{DIGEST[:2]}/{DIGEST}", content)


def test_nothing_takes_the_place_of_another_file(store, arriving):
    put(arriving)
    damage(store, b"something else")
    with pytest.raises(StorageError, match=f"{DIGEST} is damaged: .* Restore it from a copy"):
        put(arriving)
    assert store.read(DIGEST, 0, 1 << 20) == b"something else"
    damage(store, b"")
    assert store.size(DIGEST) == 0
    with store.open(DIGEST) as file:
        assert file.read() == b""
    size, pieces = store.arriving(DIGEST)
    assert (size, b"".join(pieces)) == (0, b"")


def test_a_store_that_overwrites_does_not_pass_these_tests(stand_in, tmp_path):
    stand_in.ignores_conditions = True
    store = ObjectStore(Address.parse("s3://stand-in/files"), tmp_path / "artifacts")
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_nothing_takes_the_place_of_another_file(store, Files(tmp_path / "artifacts", store))


def test_what_was_removed_is_gone(store, arriving):
    put(arriving)
    store.remove(DIGEST)
    store.remove(DIGEST)
    assert not store.exists(DIGEST)
    assert list(store.list()) == []
    assert put(arriving)


def test_nothing_lies_where_nothing_was_put(store):
    assert list(store.list()) == []


def test_what_the_store_says_of_a_file_is_another_when_it_was_changed(store, arriving):
    put(arriving)
    ((name, before),) = store.versions()
    assert (name, before) == (f"{DIGEST[:2]}/{DIGEST}", next(store.versions())[1])
    damage(store, CONTENT[:-1] + b"~")
    assert next(store.versions())[1] != before != ()
