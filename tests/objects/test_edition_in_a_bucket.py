"""An edition that lies in a bucket is checked as one in a directory, to the letter."""

import json
import shutil
from pathlib import Path

import obstore
import pytest
from click.testing import CliRunner
from obstore.store import from_url

from chain.edition.changes import Changes
from editions import flipped
from evidence_chain.edition import bucket as buckets
from evidence_chain.edition import fetched
from evidence_chain.edition.checking.asked import Wanted
from evidence_chain.edition.checking.run import check
from evidence_chain.log.key import VerifierKey
from evidence_chain.objects.address import Address
from evidence_cli.main import main
from evidence_db.verifying.published import check_edition, check_rows


def run(*words):
    """A command, and its exit code, what it says, and what it complains of."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


class Far:
    """A prefix of a bucket that is made to hold what a directory holds."""

    def __init__(self, address):
        self.address, self.store = address, from_url(address)
        self.held = {}

    def hold(self, path):
        there = {str(one.relative_to(path)): one.read_bytes() for one in files(path)}
        for name in self.held.keys() - there.keys():
            obstore.delete(self.store, name)
        for name, content in there.items():
            if self.held.get(name) != content:
                obstore.put(self.store, name, content)
        self.held = there


def files(path):
    return [one for one in path.rglob("*") if one.is_file()]


def fits_a_bucket(path):
    """Whether all that is there are files, with names that S3 takes, and their folders."""
    return all(
        "\\" not in one.name
        and not one.is_symlink()
        and (any(one.iterdir()) if one.is_dir() else one.is_file() and one.stat().st_nlink == 1)
        for one in path.rglob("*")
    )


@pytest.fixture
def far(bucket):
    return Far(bucket)


def same(far, edition, *words):
    """What a command says of both, which is the same."""
    far.hold(edition.path)
    words = ("--key", edition.key.verifier, *words)
    here, there = (run("check", where, *words) for where in (edition.path, far.address))
    assert there == here
    return here[0]


def lose(edition):
    edition.remove(next(name for name in edition.files if "/artifacts/" in name))


def alter(edition):
    name = next(name for name in edition.files if "/artifacts/" in name)
    edition.write(name, flipped(edition.read(name), 0))


def alter_database(edition):
    with edition.database() as db:
        db.execute("UPDATE record SET id = 'another' WHERE idx = 3")
    edition.seal()


CHANGES = {
    "none": (lambda _: None, 0),
    "a file less": (lose, 1),
    "a file altered": (alter, 1),
    "a file more": (lambda one: one.write("data/more.txt", b"More."), 1),
    "a file of a system": (lambda one: one.write("data/.DS_Store", b"0"), 1),
    "two names but for case": (lambda one: one.write("data/readme.TXT", b"Again."), 1),
    "a path that is too long": (lambda one: one.write(f"data/site/{'a' * 200}.html", b"A"), 1),
    "an empty note": (lambda one: one.write("edition.note", b""), 1),
    "another database": (alter_database, 1),
    "no last line": (lambda one: one.write("data/log.jsonl", one.read("data/log.jsonl")[:-9]), 1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_row_49d_the_report_is_that_of_a_directory(edition, far, change):
    make, code = CHANGES[change]
    make(edition)
    assert same(far, edition) == code
    assert same(far, edition, "--json", "--all") == code


def test_what_was_seen_before_may_lie_in_a_bucket(editions, far):
    far.hold(editions["whole"].path)
    grown = editions["grown"]
    code, said, _ = run("check", grown.path, "--seen", far.address, "--key", grown.key.verifier)
    assert code == 0
    assert "seen 1" in said
    code, _, complaint = run("check", grown.path, "--seen", f"{far.address}/nothing")
    assert code == 2
    assert "is no edition" in complaint


def test_by_who_works_in_python(edition, far):
    far.hold(edition.path)
    assert check_edition(far.address, str(edition.key.verifier)).outcome == "holds"


def test_a_log_that_is_not_held_in_memory(edition, far, monkeypatch):
    monkeypatch.setattr(buckets, "HELD", 0)
    assert same(far, edition) == 0


def test_no_more_is_fetched_than_this_machine_has_room_for(edition, far, monkeypatch):
    far.hold(edition.path)
    monkeypatch.setattr(fetched, "LARGEST", 1000)
    code, said, _ = run("check", far.address, "--key", edition.key.verifier)
    assert code == 3
    assert "not checked database: data/evidence.db has" in said
    assert "1 could not be made" in said


def test_nothing_stays_on_this_machine(edition, far, monkeypatch, tmp_path):
    """What was fetched to be looked at is gone, and nobody else could read it."""
    room, modes = tmp_path / "tmp", []
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    copy = shutil.copyfileobj

    def watched(file, out, size):
        copy(file, out, size)
        modes.append(oct(Path(out.name).parent.stat().st_mode & 0o777))

    monkeypatch.setattr(fetched.shutil, "copyfileobj", watched)
    assert same(far, edition) == 0
    assert set(modes) == {"0o700"}
    assert list(room.iterdir()) == []


def test_changes_of_the_example_are_refused_in_a_bucket_too(shared, tmp_path, far):
    """A sixth of them, by what is put and taken away from one change to the next."""
    keys = json.loads(shared("edition-example.json").read_bytes())["keys"]
    key = VerifierKey.parse(keys["first"])
    listed = json.loads(shared("edition-refused.json").read_bytes())["mutations"]
    changes, compared = Changes(tmp_path, shared("edition-example")), 0
    for change in listed[::6]:
        path = changes.make(change)
        if "needs" not in change and fits_a_bucket(path):
            far.hold(path)
            wanted = Wanted(key=key, workers=1)
            here, there = (
                check(where, wanted, rows=check_rows).as_json()
                for where in (path, Address.parse(far.address))
            )
            assert there == here, change["why"]
            compared += 1
        if "do" in change:
            shutil.rmtree(path)
    assert compared > 20
