"""One cluster of two workers for all tests of clusters, which run in one process.

It ends with them: workers that have nothing to do take a tenth of a processor.
"""

import logging
import os
import signal
from contextlib import contextmanager, nullcontext

import pytest

from evidence_chain.spreading.connecting import started
from evidence_chain.spreading.spreading import ALONE
from evidence_db.verifying import records

FINE = 2
"""Stretches of four entries."""
distributed = pytest.importorskip("distributed")


def _prepare():
    """On a worker: a log has many stretches, and what parsers said of a file is said again."""
    from evidence_chain.digest import b3
    from evidence_chain.extract.guard import guard
    from evidence_chain.extract.pages import page_pictures
    from evidence_db.verifying import records

    if records.LEVEL == FINE:
        return
    records.LEVEL = FINE
    parse, answers = guard.run, {}

    def run(extractor, file, *limits, **call):
        asked = (extractor.__name__, b3(file.read()), str(limits), str(call))
        file.seek(0)
        if asked not in answers:
            answers[asked] = parse(extractor, file, *limits, **call)
        return answers[asked]

    guard.run = page_pictures.run = run


def _deny():
    """On a worker: no preserved file can be read."""
    from evidence_db.store import hashing

    def denied(*_):
        raise PermissionError

    hashing.kept = hashing.intact, hashing.regular_descriptor
    hashing.intact, hashing.regular_descriptor = (lambda *_: set()), denied


def _allow():
    from evidence_db.store import hashing

    hashing.intact, hashing.regular_descriptor = hashing.kept


class Workers:
    """The cluster, and what befalls its workers."""

    def __init__(self, cluster, client):
        self.cluster = cluster
        self.client = client

    @property
    def address(self):
        return self.cluster.scheduler_address

    @property
    def names(self):
        return list(self.client.nthreads())

    def kill(self):
        """Kill a worker; its nanny starts another one."""
        name = self.names[0]
        (pid,) = self.client.run(os.getpid, workers=[name]).values()
        os.kill(pid, signal.SIGKILL)

    def prepare(self):
        """Have two workers that are ready for tests, after some were killed."""
        self.client.wait_for_workers(2, timeout=100)
        self.client.run(_prepare)

    @contextmanager
    def blind(self, name):
        """Have a worker read no preserved file, or all of them."""
        workers = self.names if name is None else [name]
        self.client.run(_deny, workers=workers)
        yield
        self.client.run(_allow, workers=workers)


@pytest.fixture(scope="package")
def _cluster():
    with (
        started(2, security=False) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        for handler in logging.root.handlers:  # Dask silences those of the tests, too
            handler.setLevel(logging.NOTSET)
        found = Workers(cluster, client)
        found.prepare()
        yield found


@pytest.fixture
def workers(_cluster, monkeypatch):
    """Two workers that are there, and a log in many stretches."""
    monkeypatch.setattr(records, "LEVEL", FINE)
    _cluster.client.wait_for_workers(2, timeout=100)
    return _cluster


class Losing:
    """Works tasks out, but for one in so many."""

    forks = False

    def __init__(self, of, first):
        self.of = of
        self.first = first

    def in_turn(self, function, tasks, lost, done=lambda _: None):
        for number, task in enumerate(tasks):
            if number % self.of == self.first:
                yield lost(task, "it was lost")
            else:
                yield from ALONE.in_turn(function, [task], lost, done)

    def beside(self, function, task):
        return nullcontext(lambda: None)

    def everywhere(self, function):
        return []


@pytest.fixture
def losing():
    """Who loses one task in so many, from the first on that is given."""
    return Losing
