"""`evidence copy`: one state of a case, whole or not at all, while others record."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from adversary import overwrite, verdict
from cases import CaseDir, make_empty_case


@pytest.fixture
def case(invented, parsed_once):
    return invented


def copied(case, home, code=0):
    """The copy, with the key of the case."""
    home.mkdir(parents=True, exist_ok=True)
    case.run("copy", home / "case", code=code)
    shutil.copy(case.key_file, home)
    return CaseDir(home, dict(case.ids))


def test_a_copy_is_the_same_case(case, tmp_path):
    case.run("policy")
    copy = copied(case, tmp_path / "copy")
    names = {path.name for path in copy.root.iterdir()}
    assert names == {"evidence.db", "artifacts", "policy.toml"}
    assert copy.json("log") == case.json("log")
    assert verdict(copy, "--all-digests", "--seen", case.seen, code=0).failed == []
    assert (copy.root / "policy.toml").read_text() == (case.root / "policy.toml").read_text()
    for path in (copy.root, *copy.root.rglob("*")):
        assert not path.stat().st_mode & 0o077, path
    assert not list(copy.home.glob(".*"))


def test_whom_the_policy_believes_goes_with_it(case, tmp_path):
    """Else nothing could be published from the copy, and nobody would be asked to cosign."""
    named = "allowed_signers = 'signers'\nauthority_roots = 'roots.pem'\n"
    beside = {"policy.toml": named, "signers": "a", "roots.pem": "b", "witnesses.policy": "c"}
    for name, content in beside.items():
        (case.root / name).write_text(content)
    copy = copied(case, tmp_path / "copy")
    assert {name: (copy.root / name).read_text() for name in beside} == beside


@pytest.mark.parametrize("text", ["no policy", "authority_roots = '/etc/hostname'"])
def test_nothing_else_goes_with_it(case, tmp_path, text):
    (case.root / "policy.toml").write_text(text)
    copy = copied(case, tmp_path / "copy")
    names = {path.name for path in copy.root.iterdir()}
    assert names == {"evidence.db", "artifacts", "policy.toml"}


def test_it_says_that_the_key_is_not_in_it(case, tmp_path):
    said = case.run("copy", tmp_path / "copy").stdout
    assert "The signing key is not in it" in said
    assert str(case.key_file) in said
    assert "PRIVATE" not in "".join(
        path.read_text(errors="replace")
        for path in (tmp_path / "copy").rglob("*")
        if path.is_file()
    )


def test_a_copy_has_what_lies_in_the_write_ahead_log(case, tmp_path):
    with case.connected() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchall()
        case.run("claim", "later", "Said later")
        assert case.database.with_name("evidence.db-wal").stat().st_size
        copy = copied(case, tmp_path / "copy")
    assert copy.json("log") == case.json("log")


def test_a_copy_under_load_is_one_state(tmp_path):
    """While another process records as fast as it can, each copy verifies."""
    case = make_empty_case(tmp_path)
    code = (
        "import sys\nfrom cases import CaseDir\nfrom pathlib import Path\n"
        "case = CaseDir(Path(sys.argv[1]))\n"
        "for n in range(10_000):\n"
        "    case.run('add', 'artifact', case.write('note.txt', f'Note {n}'))\n"
        "    print(n, flush=True)\n"
    )
    path = os.pathsep.join(sys.path)
    words = [sys.executable, "-c", code, str(case.home)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}
    ) as p:
        try:
            sizes = []
            for number in range(5):
                p.stdout.readline()
                copy = copied(case, tmp_path / str(number))
                sizes.append(copy.json("log")["size"])
                assert verdict(copy, code=3).missed == {"coverage"}
        finally:
            p.kill()
    assert sizes == sorted(sizes)
    assert sizes[-1] > 0


def test_a_damaged_file_is_not_copied_nor_is_anything_else(case, tmp_path):
    overwrite(case.preserved("tender"), b"something else")
    said = case.run("copy", tmp_path / "copy", code=4).stderr
    assert "damaged" in said
    overwrite(case.preserved("tender"), b"x" * case.body("tender")["size"])
    assert "damaged" in case.run("copy", tmp_path / "copy", code=4).stderr
    case.preserved("tender").unlink()
    os.mkfifo(case.preserved("tender"))
    assert "no regular file" in case.run("copy", tmp_path / "copy", code=4).stderr
    assert not (tmp_path / "copy").exists()
    assert not list(tmp_path.glob(".copy*"))


def test_a_file_that_is_not_there_is_named(case, tmp_path):
    digest = case.body("tender")["blake3"]
    case.preserved("tender").unlink()
    result = json.loads(case.run("copy", tmp_path / "copy", "--json", code=3).stdout)
    assert result["missing"] == [digest]
    assert digest in case.run("copy", tmp_path / "other", code=3).stdout


@pytest.mark.parametrize("what", ["file", "directory", "nowhere"])
def test_nothing_is_overwritten(case, tmp_path, what):
    place = tmp_path / "place"
    if what == "file":
        place.write_text("mine")
    elif what == "directory":
        place.mkdir()
        (place / "mine").write_text("mine")
    else:
        place = place / "deeper"
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.glob("place*/**")}
    assert case.run("copy", place, code=2).stderr
    after = {path: path.is_file() and path.read_bytes() for path in tmp_path.glob("place*/**")}
    assert after == before


def test_what_a_killed_copy_left_is_removed_by_the_next(case, tmp_path):
    left = tmp_path / ".copy.publishing.1"
    left.mkdir()
    (left / "evidence.db").write_text("begun")
    case.run("copy", tmp_path / "copy")
    assert not left.exists()


def test_an_edition_is_copied_as_it_is(case, tmp_path):
    (case.home / "edition.note").write_text("An edition has its note there.")
    said = case.run("copy", tmp_path / "copy", code=2).stderr
    assert "is an edition" in said
