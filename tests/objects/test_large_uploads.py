"""Large files go up in parts: nothing is lost when that breaks off, whenever it does."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases import CaseDir
from evidence_chain.digest import b3
from evidence_chain.objects.address import Address
from evidence_db.store.files import Files
from evidence_db.store.files.objects import ONE_REQUEST, ObjectStore

ADDRESS = "s3://stand-in/files"
CONTENT = b"A recording. " * (2 * ONE_REQUEST // 13)
NAME = f"/stand-in/files/{b3(CONTENT).hex()[:2]}/{b3(CONTENT).hex()}"


@pytest.fixture
def case(tmp_path):
    found = CaseDir(tmp_path / "home")
    found.home.mkdir()
    found.run("init", found.root, "--origin", "newsroom.example/far", "--files", ADDRESS)
    return found


@pytest.fixture
def recording(case):
    path = case.write("recording.txt", "")
    path.write_bytes(CONTENT)
    return path


@pytest.mark.parametrize("at", ["begin", "part 1", "part 2", "end", "ended"])
def test_an_upload_that_breaks_off(stand_in, case, recording, at):
    """No record is made; whoever adds the file again has it whole, and once."""
    before = case.json("log")["entries"]
    stand_in.breaks_off = at
    said = case.run("add", "artifact", recording, code=4).stderr
    assert "Nothing was recorded" in said
    assert (NAME in stand_in.objects) == (at == "ended")
    assert stand_in.parts == {}
    assert case.json("log")["entries"] == before
    assert recording.read_bytes() == CONTENT
    assert not list(case.root.glob("artifacts/.incoming-*"))
    stand_in.breaks_off = None
    case.run("add", "artifact", recording)
    assert stand_in.objects[NAME] == CONTENT
    case.run("checkpoint")
    assert case.json("verify", "--all-digests")["outcome"] == "holds"


def test_what_was_left_by_one_that_broke_off_can_be_tidied_away(stand_in, case, recording):
    stand_in.breaks_off = "ended"
    case.run("add", "artifact", recording, code=4)
    assert b3(CONTENT).hex() in case.run("tidy").stdout


def test_row_49c_a_part_that_does_not_arrive_as_it_was_sent(stand_in, case, recording):
    def spoil(name, _):
        if name in stand_in.objects:
            stand_in.objects[name] = CONTENT[:-1] + b"?"

    stand_in.meanwhile = spoil
    said = case.run("add", "artifact", recording, code=4).stderr
    assert "is not what was sent there. Nothing was recorded" in " ".join(said.split())
    assert NAME not in stand_in.objects


def test_of_writers_at_once_all_put_the_same(bucket, tmp_path):
    """There is no condition for what goes up in parts; its name says what it is."""
    content = os.urandom(1 << 16) * (ONE_REQUEST // (1 << 16) + 1)
    store = ObjectStore(Address.parse(bucket), tmp_path / "artifacts")

    def write(number):
        files = Files(tmp_path / f"writer {number}", store)
        with files.receive_bytes(content, "a file") as incoming:
            return files.keep(incoming)

    with ThreadPoolExecutor(3) as pool:
        assert True in pool.map(write, range(3))
    digest = b3(content).hex()
    assert b"".join(store.arriving(digest)[1]) == content
    assert list(store.list()) == [f"{digest[:2]}/{digest}"]
