"""What all tests share."""

import gc
import json
import os
import shutil
import sqlite3
import sys
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import Environment
from xdist.scheduler import LoadFileScheduling

from cases import CaseDir, make_case, make_demo
from editions import publish
from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError
from evidence_chain.extract.guard import guard
from evidence_chain.extract.pages import page_pictures
from parser_forks import forking

settings.register_profile(  # a slow machine is no failure
    "project", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")


class OneProcessEach(LoadFileScheduling):
    """The tests of a file run in one process, and so do those of each of these folders.

    It makes a case once, and starts Chromium, the store or the cluster once.
    """

    TOGETHER = ("tests/browser/", "tests/objects/", "tests/db/cluster/")

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return next((folder for folder in self.TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config, log):
    return OneProcessEach(config, log)


def pytest_xdist_auto_num_workers():
    """One process more than there are cores, since tests of pages wait for browsers and servers."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Importing Datasette leaves a connection open, which is no fault of the first test."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish(session):
    """What was collected stays: to search all of it for garbage takes a sixth of the time.

    What tests make is searched less often than it would be in a program that runs for days.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_configure():
    """Keep what tests write in memory, where there is room and programs may run from there.

    Cases are synced to the disk with every record, which costs tests more than what they test.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        has = os.statvfs(MEMORY)
        if has.f_bavail * has.f_frsize >= ENOUGH and not has.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


MEMORY, ENOUGH = Path("/dev/shm"), 2 << 30
SHARED = Path(__file__).resolve().parents[2] / "shared"
TESTS = Path(__file__).resolve().parent
PARSERS, MAIL = TESTS / "chain/extract", TESTS / "chain/mail"
STARTED = (
    PARSERS / "guard/test_guard.py",
    PARSERS / "guard/test_escapes.py",
    PARSERS / "guard/test_late_imports.py",
    TESTS / "threats/machine",
)
"""Tests of how a process of a parser is started and confined, and of what it can do."""


@pytest.fixture(scope="session")
def shared():
    """A function that finds conformance data kept beside the project, or skips the test.

    The data belongs to others and is no part of the project. Continuous integration has it,
    so there a missing file is a failure.
    """

    def find(name):
        path = SHARED / name
        if not path.exists():
            reason = f"The conformance data {name} is not beside the project."
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return find


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id):
    """A function that has a case made by another one, once for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    place = own if worker_id == "master" else own.parent

    def find(make):
        home, ids = place / make.__name__, place / f"{make.__name__}.json"
        with home.with_suffix(".lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not ids.exists():
                shutil.rmtree(home, ignore_errors=True)
                home.mkdir()
                ids.write_text(json.dumps(make(home).ids))
        return CaseDir(home, json.loads(ids.read_text()))

    return find


@pytest.fixture(scope="session")
def template(made_once):
    """The case of `cases.make_case`; not to be changed."""
    return made_once(make_case)


@pytest.fixture(scope="session")
def demo_case(made_once):
    """What `evidence demo` leaves; not to be changed."""
    return made_once(make_demo)


@pytest.fixture
def invented(template, tmp_path):
    """A copy of that case, for one test to do with as it likes."""
    return template.copy_to(tmp_path / "invented")


@pytest.fixture(scope="session")
def publisher(template, tmp_path_factory):
    """A copy of that case that three editions were published of; not to be changed."""
    return template.copy_to(tmp_path_factory.mktemp("publisher"))


@pytest.fixture(scope="session")
def editions(publisher):
    """Editions of one case: `whole`, then `selected` claims alone, then `grown` by records."""
    home = publisher.home
    found = {"whole": publish(publisher, home / "whole")}
    only = ("--claim", "board-was-told", "--claim", "quay-is-wired")
    found["selected"] = publish(publisher, home / "selected", 2, only)
    publisher.ids["new"] = publisher.id("claim", "quay-was-silent", "The quay was silent")
    publisher.run("checkpoint")
    found["grown"] = publish(publisher, home / "grown", 3)
    return found


@pytest.fixture
def edition(editions, tmp_path):
    """A copy of the edition of the whole case, for one test to do with as it likes."""
    return editions["whole"].copy_to(tmp_path / "edition")


@pytest.fixture
def selected(editions, tmp_path):
    """A copy of the one that withholds the records of other claims."""
    return editions["selected"].copy_to(tmp_path / "selected")


@pytest.fixture
def grown(editions, tmp_path):
    """A copy of the third one, which names the others."""
    return editions["grown"].copy_to(tmp_path / "grown")


@pytest.fixture(scope="session", autouse=True)
def _forking(tmp_path_factory):
    """Parsers are forked; without Linux they are started, as the guard does. Tells how it does."""
    started = guard._spawn
    if sys.platform != "linux":
        yield started
        return
    address = str(tmp_path_factory.mktemp("parsers") / "socket")
    with forking(address, started) as fork, pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_spawn", fork)
        yield started


@pytest.fixture(scope="module", autouse=True)
def forked(request, _forking):
    """But where starting them is what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        if any(request.path.is_relative_to(place) for place in STARTED):
            patch.setattr(guard, "_spawn", _forking)
        yield


@pytest.fixture(scope="session", autouse=True)
def _answering():
    """A parser's subprocess takes longer than most tests, and says the same each time.

    Tells how the guard asks one.
    """
    parse, answers = guard.run, {}

    def run(extractor, file, *limits, **call):
        asked = (extractor.__name__, b3(file.read()), str(limits), str(call))
        file.seek(0)
        if asked not in answers:
            try:
                answers[asked] = parse(extractor, file, *limits, **call)
            except ExtractionError as error:
                answers[asked] = str(error)
        if isinstance(answer := answers[asked], str):
            raise ExtractionError(answer)
        return answer

    with running(run):
        yield parse


@contextmanager
def running(run):
    """Have parsers run by this function."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "run", run)
        patch.setattr(page_pictures, "run", run)
        yield


@pytest.fixture(scope="module", autouse=True)
def parsed_once(request, _answering):
    """But for the tests of parsers themselves, which are asked each time."""
    if any(request.path.is_relative_to(room) for room in (PARSERS, MAIL)):
        with running(_answering):
            yield
        return
    yield


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once():
    """Compiling a template takes longer than filling it in; each environment would do it anew."""
    compile_, known = Environment.compile, {}

    def compile_once(self, *source, **how):
        asked = (*source, *how.items(), self.is_async, self.autoescape, frozenset(self.filters))
        if asked not in known:
            known[asked] = compile_(self, *source, **how)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session")
def datasette_closes():
    """Datasette leaves its connections to the collector of garbage, which Python 3.13 warns of."""
    from datasette import app, database, utils
    from datasette.utils import sqlite

    class Connection(sqlite3.Connection):
        def __del__(self):
            self.close()

    connect = partial(sqlite3.connect, factory=Connection, check_same_thread=False)
    closing = SimpleNamespace(**vars(sqlite3) | {"connect": connect})
    with pytest.MonkeyPatch.context() as patch:
        for module in (app, database, utils, sqlite):
            patch.setattr(module, "sqlite3", closing)
        yield


@pytest.fixture(scope="session")
def shows_pages():
    """Chromium, confined; without it the test is skipped, or fails in CI."""
    if shutil.which("chromium"):
        return
    reason = "Chromium is not installed (apt-get install chromium)."
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def tesseract():
    """The program that reads pictures; without it the test is skipped, or fails in CI."""
    if shutil.which("tesseract"):
        return
    reason = "tesseract is not installed (apt-get install tesseract-ocr)."
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
