"""Rows 47-49: other commands, the clock, what lies in a file's place, and other users."""

import faulthandler
import mmap
import os
import resource
import socket
import stat
import sys
from subprocess import PIPE, Popen

import pytest
from blake3 import blake3

from adversary import overwrite, verdict
from cases import CaseDir, make_empty_case
from evidence_chain.kinds import CLAIM
from evidence_db.case import Case
from evidence_db.recording.writer import Writer
from evidence_db.store import files, hashing


def test_row_47_two_writers_at_once(case):
    """Two programs that start together both record what they were given."""
    before = case.json("log")["size"]
    command = [sys.executable, "-m", "evidence_cli", "--quiet", "claim"]
    writers = [
        Popen([*command, slug, "Said at once"], env=os.environ | case.environment, stdout=PIPE)
        for slug in ("first", "second")
    ]
    ids = {writer.communicate()[0].decode().strip() for writer in writers}
    assert [writer.returncode for writer in writers] == [0, 0]
    log = case.json("log")
    assert {entry["id"] for entry in log["entries"][before:]} == ids
    case.run("checkpoint")
    assert verdict(case, "--seen", case.seen, code=0).failed == []


def test_row_47_the_clock_set_back(case):
    """Times are the recorder's word; the order of the log does not rest on them."""
    early = "1999-12-31T23:59:59Z"
    with Writer(Case(case.root), "tester", clock=lambda: early) as writer:
        writer.add(CLAIM, {"slug": "backdated", "statement": "Said long ago", "note": None})
    assert case.json("log")["entries"][-1]["recorded_at"] == early
    case.run("checkpoint")
    assert verdict(case, "--seen", case.seen, code=0).failed == []


def test_row_47_a_disk_without_room_is_no_damage(case):
    """To check the search takes a little room, and a case isn't damaged for the lack of it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 13, hard))
    try:
        found = verdict(case, code=3)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (found.failed, found.missed) == ([], {"projection"})
    assert "The search index can't be checked here" in found.details


def link_to_the_same_content(path, tmp_path):
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")


def link_to_a_device(path, tmp_path):
    path.unlink()
    path.symlink_to("/dev/zero")


def link_to_nowhere(path, tmp_path):
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")


def pipe(path, tmp_path):
    path.unlink()
    os.mkfifo(path)


def directory(path, tmp_path):
    path.unlink()
    path.mkdir()


def listening(path, tmp_path):
    path.unlink()
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(path.parent)  # the path of a socket may have 108 bytes
        server.bind(path.name)


def link_in_place_of_its_directory(path, tmp_path):
    path.parent.rename(tmp_path / "elsewhere")
    path.parent.symlink_to(tmp_path / "elsewhere")


IN_PLACE = [
    link_to_the_same_content,
    link_to_a_device,
    link_to_nowhere,
    pipe,
    directory,
    listening,
    link_in_place_of_its_directory,
]


@pytest.fixture
def _stay_here(monkeypatch):
    monkeypatch.chdir(".")


@pytest.mark.usefixtures("_stay_here")
@pytest.mark.parametrize("attack", IN_PLACE, ids=lambda attack: attack.__name__)
def test_row_48_something_else_in_the_place_of_a_preserved_file(case, tmp_path, attack):
    attack(case.preserved("tender"), tmp_path)
    found = verdict(case, "--all-digests", code=1)
    assert found.failed == ["file"]
    assert case.json("resolve", "quay-is-wired", code=1)["integrity"]["outcome"] == "failed"
    quote = ("add", "quote", "--artifact", case.ids["tender"], "--text", "Tender 9/2031")
    result = case.run(*quote, code=3)
    assert "can't be read" in result.stderr


@pytest.mark.usefixtures("_stay_here")
@pytest.mark.parametrize("attack", IN_PLACE[:-1], ids=lambda attack: attack.__name__)
def test_row_48_something_else_where_a_file_will_be_preserved(tmp_path, attack):
    case = make_empty_case(tmp_path / "new")
    file = case.write("a.txt", "A file to be preserved")
    other = case.copy_to(tmp_path / "other")
    path = case.kept(other.json("show", other.id("add", "artifact", file))["fields"]["blake3"])
    path.parent.mkdir()
    path.write_bytes(file.read_bytes())
    attack(path, tmp_path)
    result = case.run("add", "artifact", file, code=4)
    assert "Nothing was recorded" in result.stderr
    assert case.json("log")["size"] == 1  # what the case is called


def test_row_48_a_damaged_file_where_a_file_will_be_preserved(case):
    overwrite(case.preserved("tender"), b"something else")
    case.run("retract", case.ids["tender"], "--reason", "damaged")
    result = case.run("add", "artifact", case.home / "tender.txt", code=4)
    assert "damaged" in result.stderr


@pytest.mark.parametrize("kind", ["device", "pipe", "link to a device"])
def test_row_48_a_device_is_not_preserved(case, kind):
    path = case.home / "odd"
    if kind == "device":
        path = "/dev/zero"
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    assert "device or pipe" in case.run("add", "artifact", path, code=2).stderr


def grow(path):
    with path.open("ab") as file:
        file.write(b"and more")


def cut(path):
    os.truncate(path, 3)


def rewrite(path):
    status = path.stat()
    path.write_bytes(b"x" * status.st_size)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


@pytest.mark.parametrize("change", [grow, cut, rewrite], ids=lambda change: change.__name__)
def test_row_48_a_file_that_changes_while_it_is_added(case, monkeypatch, change):
    path = case.write("changing.txt", "x" * 100)
    read, reads = os.read, []

    def reading(descriptor, size):
        content = read(descriptor, min(size, 10))
        if not reads:
            change(path)
        reads.append(content)
        return content

    monkeypatch.setattr(files.os, "read", reading)
    result = case.run("add", "artifact", path, code=2)
    assert "changed while it was read" in result.stderr
    monkeypatch.undo()
    assert not list((case.root / "artifacts").glob(".incoming*"))
    assert verdict(case, code=0).failed == []


@pytest.fixture
def large(case, monkeypatch):
    """A case in which every file counts as large."""
    monkeypatch.setattr(hashing, "LARGE", 1)
    return case


def test_row_48_large_files_are_checked_by_a_process_of_their_own(large):
    assert verdict(large, "--all-digests", code=0).failed == []
    overwrite(large.preserved("tender"), b"something else")
    assert verdict(large, code=1).failed == ["file"]


@pytest.mark.parametrize(
    "attack", [pipe, directory, link_to_a_device], ids=lambda one: one.__name__
)
def test_row_48_something_else_in_the_place_of_a_large_file(large, tmp_path, attack):
    attack(large.preserved("tender"), tmp_path)
    assert verdict(large, code=1).failed == ["file"]


class CutShort:
    """Hashes a mapped file that somebody truncates meanwhile, which kills the process."""

    AUTO = blake3.AUTO

    def __init__(self, **options):
        state = blake3(**options)
        self.update, self.hexdigest = state.update, state.hexdigest

    def update_mmap(self, path):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        faulthandler.disable()  # pytest's would say farewell at length
        os.chmod(path, 0o600)
        with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as content:
            os.truncate(path, 0)
            bytes(content)


def test_row_48_a_large_file_that_is_truncated_while_it_is_mapped(large, monkeypatch):
    """The process that reads it is killed by SIGBUS; the command lives, and says so."""
    monkeypatch.setattr(hashing, "blake3", CutShort)
    found = verdict(large, code=1)
    assert found.failed == ["file"] * 4
    assert found.details.count("cut short") == 4
    assert found.missed == {"passage", "extraction"}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("_no_umask")
def test_row_49_other_users_of_the_machine_read_nothing(tmp_path):
    case = CaseDir(tmp_path / "made" / "on" / "the" / "way")
    case.run("init", case.root, "--origin", "newsroom.example/closed")
    case.run("add", "artifact", case_file(tmp_path))
    with Writer(Case(case.root), "tester"):
        paths = sorted(case.root.glob("evidence.db*"))
        assert [path.name for path in paths] == [
            "evidence.db",
            "evidence.db-shm",
            "evidence.db-wal",
        ]
        assert [mode(path) for path in paths] == [0o600] * 3
    assert mode(case.key_file) == 0o600
    for path in (case.root, case.root / "artifacts", *case.root.glob("artifacts/*")):
        assert mode(path) == 0o700, path
    (kept,) = case.root.glob("artifacts/*/*")
    assert mode(kept) == 0o400


def case_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A file to be preserved")
    return path


@pytest.mark.usefixtures("_no_umask")
def test_row_49_the_directory_of_the_key_is_closed_too(tmp_path, monkeypatch):
    case = make_empty_case(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    environment = case.environment | {"EVIDENCE_KEY": ""}
    monkeypatch.setattr(CaseDir, "environment", environment)
    result = case.json("init", tmp_path / "other", "--origin", "newsroom.example/open")
    key = tmp_path / result["key_file"]
    assert mode(key) == 0o600
    assert mode(key.parent) == 0o700


@pytest.mark.usefixtures("_no_umask")
def test_row_49_a_copy_on_its_way_in_is_closed(case, tmp_path):
    with Case(case.root).files.receive(case_file(tmp_path)) as incoming:
        assert mode(incoming.path) == 0o400
