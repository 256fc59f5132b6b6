"""An edition checked by a cluster: the report of this machine or *not checked*, never better."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from chain.edition.changes import Changes
from editions import flipped
from evidence_chain.edition.checking import documents, entries, outside
from evidence_chain.edition.checking.asked import Wanted
from evidence_chain.edition.checking.run import check
from evidence_chain.log.key import VerifierKey
from evidence_chain.spreading.cluster import Cluster
from evidence_chain.verify.report import Outcome
from evidence_cli.main import main
from evidence_db.verifying.published import check_rows


@pytest.fixture(autouse=True)
def _many_tasks(monkeypatch):
    """Few lines, files and texts for each task, so that there are many of them."""
    monkeypatch.setattr(entries, "STRETCH", 4)
    monkeypatch.setattr(outside, "BATCH", 5)
    monkeypatch.setattr(documents, "STREAMS", 1)


def run(*words):
    result = CliRunner().invoke(main, ["check", *map(str, words)])
    assert isinstance(result.exception, SystemExit | None)
    return result.exit_code, result.stdout


def same(edition, workers, *words):
    """What a check says here and by a cluster, and that it is the same."""
    words = (edition.path, "--key", edition.key.verifier, *words)
    here, there = run(*words), run(*words, "--cluster", workers.address)
    assert there == here
    return here[0]


@pytest.mark.parametrize("name", ["whole", "selected", "grown"])
def test_the_report_is_the_same(editions, workers, name):
    assert same(editions[name], workers) == 0
    assert same(editions[name], workers, "--json") == 0


def alter(edition):
    name = next(name for name in edition.files if "/artifacts/" in name)
    edition.write(name, flipped(edition.read(name), 0))


def alter_and_seal(edition):
    alter(edition)
    edition.seal()


def alter_database(edition):
    with edition.database() as db:
        db.execute("UPDATE record SET id = 'another' WHERE idx = 3")
    edition.seal()


def drop_a_field(edition):
    def change(index, line):
        if line.get("body", {}).pop("title", None) is not None:
            del line["salts"]["title"]
        return line

    edition.change_lines(change)
    edition.seal()


@pytest.mark.parametrize("harm", [alter, alter_and_seal, alter_database, drop_a_field])
def test_of_one_that_was_changed(edition, workers, harm):
    harm(edition)
    assert same(edition, workers, "--json") == 1
    assert same(edition, workers, "--json", "--all") == 1


def test_of_changes_of_the_example(shared, tmp_path, workers):
    """Of those that are found out when work is handed out already, every twelfth."""
    keys = json.loads(shared("edition-example.json").read_bytes())["keys"]
    listed = json.loads(shared("edition-refused.json").read_bytes())["mutations"]
    late = [one for one in listed if one["step"] > 3 and "needs" not in one]
    changes, wanted = Changes(tmp_path, shared("edition-example")), key_alone(keys["first"])
    for change in late[::12]:
        path = changes.make(change)
        by = Cluster(workers.client, [path])
        here, there = checked(path, wanted), checked(path, wanted, by)
        assert there.as_json() == here.as_json(), change["why"]
        if "do" in change:
            shutil.rmtree(path)
    assert len(late) > 100


def key_alone(key):
    return Wanted(key=VerifierKey.parse(str(key)), workers=1)


def checked(path, wanted, by=None, progress=lambda *_: None):
    return check(path, wanted, rows=check_rows, by=by, progress=progress).report


@pytest.fixture
def wanted(edition):
    return key_alone(edition.key.verifier)


def is_never_better(edition, wanted, report):
    """Whether it is that of this machine; else it says *not checked*, of no less."""
    here = checked(edition.path, wanted)
    if report.outcome is here.outcome:
        assert report.as_json() == here.as_json()
        return True
    assert report.outcome is Outcome.NOT_CHECKED
    assert report.counts["holds"] < here.counts["holds"]
    assert report.failed <= here.failed
    return False


def test_a_worker_that_is_killed(edition, wanted, workers):
    harms = [workers.kill]
    report = checked(
        edition.path,
        wanted,
        Cluster(workers.client, [edition.path]),
        lambda *_: harms.pop()() if harms else None,
    )
    workers.prepare()
    is_never_better(edition, wanted, report)


@pytest.mark.parametrize("harm", [lambda _: None, alter_database])
@pytest.mark.parametrize(("of", "first"), [(1, 0), *((3, first) for first in range(3))])
def test_tasks_that_are_lost(edition, wanted, losing, of, first, harm):
    harm(edition)
    report = checked(edition.path, wanted, losing(of, first))
    assert report.outcome is Outcome.NOT_CHECKED
    assert not is_never_better(edition, wanted, report)
    if of == 1:
        held = {check for check, _ in report.held}
        assert held == {"layout", "note", "manifest"}


class OnlyOf:
    """Loses the tasks of one function."""

    def __init__(self, losing, name):
        self.losing, self.some, self.name = losing(1, 0), losing(2**31, 2**31 - 1), name
        self.forks, self.beside = False, self.some.beside

    def in_turn(self, function, *rest):
        name = function.func.__name__
        return (self.losing if name == self.name else self.some).in_turn(function, *rest)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("_hash_all", {"payload", "file", "stream", "passage"}),
        ("_read_stretch", {"entry", "log"}),
        ("_check_streams", {"passage"}),
        ("_check_file", {"extraction"}),
    ],
)
def test_what_was_lost_is_named(edition, wanted, losing, name, told):
    report = checked(edition.path, wanted, OnlyOf(losing, name))
    assert {one.check for one in report.findings} == told
    assert report.failed == set()
    assert not is_never_better(edition, wanted, report)


def _deny():
    from evidence_chain.edition.place import Directory

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    Directory.kept, Directory.open = Directory.open, denied


def _allow():
    from evidence_chain.edition.place import Directory

    Directory.open = Directory.kept


@pytest.mark.parametrize("all_of_them", [False, True])
def test_a_worker_that_can_read_nothing(edition, wanted, workers, all_of_them):
    blind = workers.names if all_of_them else workers.names[:1]
    workers.client.run(_deny, workers=blind)
    report = checked(edition.path, wanted, Cluster(workers.client, [edition.path]))
    workers.client.run(_allow, workers=blind)
    assert "failed" not in {one.outcome for one in report.findings}
    if all_of_them:
        assert not is_never_better(edition, wanted, report)


def test_workers_that_see_another_edition(edition, wanted, workers, tmp_path):
    by = Cluster(workers.client, [edition.path])
    shutil.copytree(edition.path, tmp_path / "copy")
    shutil.rmtree(edition.path)
    os.rename(tmp_path / "copy", edition.path)
    report = checked(edition.path, wanted, by)
    assert not is_never_better(edition, wanted, report)
    assert "is not there what it is here" in report.findings[0].detail


def test_what_one_process_reads_takes_no_cluster(edition, workers):
    packed = Path(shutil.make_archive(str(edition.path), "zip", edition.path))
    proof = next(name for name in edition.files if name.endswith(".tlog-proof"))
    for path in (packed, edition.path / proof):
        assert run(path, "--cluster", workers.address)[0] == 2
