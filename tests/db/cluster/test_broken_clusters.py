"""Whatever befalls a cluster, its report is the same, or says *not checked*, and never better."""

import os

import pytest

from evidence_chain.spreading import cluster
from evidence_chain.spreading.cluster import Cluster
from evidence_chain.spreading.connecting import connected, started
from evidence_chain.verify.report import Outcome
from evidence_db.case import Case
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted


@pytest.fixture
def case(invented):
    return Case.open(invented.root)


@pytest.fixture
def wanted(invented):
    return Wanted(invented.key.verifier, all_digests=True)


@pytest.fixture
def by(workers, case):
    return Cluster(workers.client, [case.database, case.files.root])


def once(harm):
    """Do harm at the first sign of progress."""
    harms = [harm]

    def told(*_):
        if harms:
            harms.pop()()

    return told


def is_the_same(case, wanted, report):
    """Whether a report is that of this machine; else it says *not checked*, of no less."""
    here = verify(case, wanted)
    if report.outcome is not Outcome.NOT_CHECKED:
        assert report.as_json() == here.as_json()
        return True
    assert report.counts["holds"] < here.counts["holds"]
    assert report.failed == here.failed == set()
    return False


def test_a_worker_that_is_killed(case, wanted, workers, by):
    report = verify(case, wanted, once(workers.kill), by=by)
    workers.prepare()
    assert is_the_same(case, wanted, report)


def test_a_scheduler_that_forgets(case, wanted, workers, by):
    report = verify(case, wanted, once(workers.client.restart), by=by)
    workers.prepare()
    assert is_the_same(case, wanted, report)


def because(task, why):
    return f"{task}: {why}"


def die(task):
    os._exit(1)


def test_a_task_that_no_worker_survives(workers, monkeypatch):
    monkeypatch.setattr(workers.cluster.scheduler, "allowed_failures", 0)
    (answer,) = Cluster(workers.client).in_turn(die, ["a task"], because)
    workers.prepare()
    assert answer.startswith("a task: no worker of the cluster answered (KilledWorker: ")


def test_a_file_that_one_worker_cannot_read(case, wanted, workers, by):
    with workers.blind(workers.names[0]):
        report = verify(case, wanted, by=by)
    assert report.outcome in (Outcome.HOLDS, Outcome.NOT_CHECKED)
    is_the_same(case, wanted, report)
    with workers.blind(None):
        report = verify(case, wanted, by=by)
    assert not is_the_same(case, wanted, report)
    assert {one.check for one in report.findings} >= {"file", "stream"}


def test_workers_that_see_other_files(case, wanted, workers, by):
    copy = case.database.with_name("copy")
    copy.write_bytes(case.database.read_bytes())
    copy.replace(case.database)
    report = verify(case, wanted, by=by)
    assert not is_the_same(case, wanted, report)
    assert any("evidence.db is not there what it is here" in one.detail for one in report.findings)


def test_workers_of_another_version(case, wanted, by, monkeypatch):
    monkeypatch.setattr(cluster, "__version__", "0.0.1")
    report = verify(case, wanted, by=by)
    assert not is_the_same(case, wanted, report)
    assert any("not 0.0.1" in one.detail for one in report.findings)


@pytest.fixture
def idle():
    """A scheduler without a worker."""
    with started(0, security=False) as found:
        yield found


def test_a_cluster_without_workers(idle, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.1)
    with connected(idle.scheduler_address) as client:
        answers = list(Cluster(client).in_turn(str, range(9), because))
    assert answers == [f"{one}: the cluster has no workers any more" for one in range(9)]


def test_a_scheduler_that_is_gone(idle, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.1)

    def tasks():
        yield "before"
        idle.close()
        yield "after"

    with connected(idle.scheduler_address) as client:
        answers = list(Cluster(client).in_turn(str, tasks(), because))
    assert [answer.partition(":")[0] for answer in answers] == ["before", "after"]
    assert all("no worker" in one or "forgot" in one for one in answers)


@pytest.mark.parametrize(("of", "first"), [(1, 0), *((3, first) for first in range(3))])
def test_tasks_that_are_lost(case, wanted, losing, of, first):
    report = verify(case, wanted, by=losing(of, first))
    assert report.outcome is Outcome.NOT_CHECKED
    assert not is_the_same(case, wanted, report)
    if of == 1:
        held = {check for check, _ in report.held}
        assert held.isdisjoint({"entry", "commitment", "file", "stream", "passage", "claim"})


def test_each_answer_comes_once_and_in_turn(workers):
    done = []
    answers = Cluster(workers.client).in_turn(str, range(40), because, done.append)
    assert list(answers) == list(map(str, range(40)))
    assert done == list(range(1, 41))
