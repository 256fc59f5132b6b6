"""The signing key: outside the case, closed to others, and never guessed at."""

import os

import pytest

from evidence_chain.errors import KeyFileError
from evidence_chain.log.key import SigningKey
from evidence_db.store.keys.key_file import key_path, known_verifier, load_key, make_key

ORIGIN = "newsroom.example/case"


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "keys" / "signing.key"
    monkeypatch.setenv("EVIDENCE_KEY", str(path))
    return path


def refused(words):
    with pytest.raises(KeyFileError, match=words) as caught:
        load_key(ORIGIN)
    assert "PRIVATE" not in str(caught.value).replace("PRIVATE+KEY+, and", "")
    with pytest.raises(KeyFileError, match=words):
        make_key(ORIGIN)
    with pytest.raises(KeyFileError, match=words):
        known_verifier(ORIGIN)


def test_a_key_is_made_once(path):
    key, made = make_key(ORIGIN)
    assert made
    assert make_key(ORIGIN) == (key, False)
    assert load_key(ORIGIN) == key
    assert known_verifier(ORIGIN) == key.verifier
    assert SigningKey.parse(path.read_text().strip()) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == [path.name]


def test_without_a_key_nothing_is_known_and_nothing_signed(path):
    assert known_verifier(ORIGIN) is None
    with pytest.raises(KeyFileError, match=r"is not at .*Restore it from your backup"):
        load_key(ORIGIN)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777, 0o610, 0o601])
def test_a_key_that_is_open_to_others(path, mode):
    make_key(ORIGIN)
    path.chmod(mode)
    refused("chmod 600")


def test_the_key_of_another_log(path):
    make_key("newsroom.example/other")
    refused("is that of newsroom.example/other, not of newsroom.example/case")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no signing key"),
        (b"nonsense\n", "holds no signing key"),
        (b"\xff\xfe", "can't be read"),
        (b"PRIVATE+KEY+a.example/b+00000000+AAAA\n", "holds no signing key"),
    ],
)
def test_a_file_that_is_no_key(path, content, words):
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o600)
    refused(words)


def test_a_verifier_key_in_its_place(path):
    path.parent.mkdir()
    path.write_text(str(SigningKey.generate(ORIGIN).verifier))
    path.chmod(0o600)
    refused("holds no signing key")


@pytest.mark.parametrize("kind", ["link", "pipe", "directory", "dangling link"])
def test_something_else_in_its_place(path, tmp_path, kind):
    path.parent.mkdir()
    if kind == "link":
        (tmp_path / "key").write_text(str(SigningKey.generate(ORIGIN)))
        (tmp_path / "key").chmod(0o600)
        path.symlink_to(tmp_path / "key")
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    elif kind == "directory":
        path.mkdir(mode=0o700)
    else:
        path.symlink_to(tmp_path / "nowhere")
    refused("can't be read|no regular file")


def test_a_key_that_can_not_be_written(path):
    path.parent.write_text("a file where the directory should be")
    with pytest.raises(KeyFileError, match="can't be written"):
        make_key(ORIGIN)


def test_the_key_of_each_log_has_a_file_of_its_own(tmp_path, monkeypatch):
    monkeypatch.delenv("EVIDENCE_KEY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    origins = ["a.example/b", "a.example/b/c", "a.example%2Fb", "../../a", "a.example/B"]
    paths = {key_path(origin) for origin in origins}
    assert len(paths) == len(origins)
    assert {path.parent.name for path in paths} == {"keys"}
    assert all(tmp_path in path.resolve().parents for path in paths)


def test_the_secret_is_not_shown_by_accident(path):
    key, _ = make_key(ORIGIN)
    assert str(key) == path.read_text().strip()
    assert "PRIVATE" not in repr(key)
    assert key.seed.hex() not in repr(key)
