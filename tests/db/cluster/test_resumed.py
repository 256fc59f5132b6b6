"""A verification by a cluster that broke off: what its workers read is handed to nobody again."""

import pytest

from evidence_chain.spreading.cluster import Cluster
from evidence_chain.spreading.spreading import ALONE
from evidence_chain.verify.report import Outcome
from evidence_db.case import Case
from evidence_db.verifying.resuming.resuming import Resuming
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted
from interrupted import at_once  # noqa: F401

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture
def case(invented, monkeypatch):
    monkeypatch.setenv("EVIDENCE_KEY", str(invented.key_file))
    return Case.open(invented.root)


@pytest.fixture
def by(workers, case):
    return Counting(workers.client, [case.database, case.files.root])


class Counting(Cluster):
    """A cluster that counts the files and documents that are handed out."""

    handed = 0

    def in_turn(self, function, tasks, lost, done=lambda _: None):
        return super().in_turn(function, map(self.counted, tasks), lost, done)

    def counted(self, task):
        if isinstance(task, (list, tuple)):
            self.handed += len(task)
        elif "documents" in getattr(task, "keywords", {}):
            self.handed += len(task.keywords["documents"])
        return task


class Another:
    """Stands for a cluster that was started anew, and works out what it is handed."""

    forks = False

    def __init__(self):
        self.handed = []

    def in_turn(self, function, tasks, lost, done=lambda _: None):
        for task in tasks:
            self.handed.append(task)
            yield from ALONE.in_turn(function, [task], lost)

    def everywhere(self, function):
        return []


def interrupt_at(what):
    def told(doing, *_):
        if doing.startswith(what):
            raise KeyboardInterrupt

    return told


def broken_off(case, by=None, at="claims"):
    with pytest.raises(KeyboardInterrupt):
        verify(case, Wanted(), interrupt_at(at), by=by, resuming=Resuming(remembers=True))


def resumed(case, by=None):
    """The report, and what was taken over."""
    resuming = Resuming(takes_over=True)
    return verify(case, Wanted(), by=by, resuming=resuming), resuming.taken


def test_what_was_read_is_not_handed_out_again_by_whatever_scheduler(case, by):
    broken_off(case, by)
    assert by.handed == 9
    another = Another()
    report, taken = resumed(case, another)
    assert not any("documents" in str(task) or isinstance(task, list) for task in another.handed)
    assert any("check_claims" in str(task) for task in another.handed)
    assert (taken.files, taken.documents, taken.passages) == (5, 4, 6)
    assert report.outcome is Outcome.NOT_CHECKED
    assert [one.subject for one in report.findings] == ["files"]


def test_one_machine_and_a_cluster_say_the_same_of_what_one_machine_began(case, by):
    reports = []
    for who in (None, by):
        broken_off(case, at="passages")
        reports.append(resumed(case, who)[0].as_json())
    for one in reports:
        one["checks"] = [check for check in one["checks"] if check["subject"] != "files"]
    assert reports[0] == reports[1]
    assert by.handed == 4  # documents, and no file


def test_what_a_cluster_read_is_nothing_for_one_machine_to_go_on_from(case, by):
    broken_off(case, by)
    report, taken = resumed(case)
    assert taken.files == 0
    assert report.outcome is Outcome.HOLDS


def test_files_that_no_worker_could_read_are_read_then(case, by, workers):
    with workers.blind(None):
        report = verify(case, Wanted(), by=by, resuming=Resuming(remembers=True))
    assert report.outcome is Outcome.NOT_CHECKED
    report, taken = resumed(case, by)
    assert taken.files == 0
    assert report.outcome is Outcome.HOLDS
