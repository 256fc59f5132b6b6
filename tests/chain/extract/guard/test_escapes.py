"""What a parser that was taken over may try: refused, by each who may run it, on a harmless one."""

import fcntl
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import escapes
import pytest

from evidence_chain.extract.guard import guard, handing
from evidence_chain.extract.guard.guard import Limits, run
from evidence_chain.extract.guard.probe import isolation

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines parsers"),
    pytest.mark.xdist_group("escapes"),
]

NOBODY = 65534
REFUSED = {"EPERM", "EACCES", "ENOSYS"}
READING = {
    *("read_a_file", "read_the_signing_key", "read_accounts", "list_a_folder", "list_the_root"),
    *("list_processes", "read_environment", "read_memory"),
}
_WORKER = (
    "import sys; sys.path[:] = sys.argv[2:]; import evidence_chain.extract.guard.worker as w; "
)
BOOT = {
    "user": "",
    "nobody": (
        "import os, escapes, signal; from evidence_chain.extract.guard import landlock, namespaces,"
        f" seccomp; os.setgroups([]); os.setresgid(*[{NOBODY}] * 3); os.setresuid(*[{NOBODY}] * 3);"
    ),
    "free": "w.confine = w.enter_namespaces = lambda *_: None; ",
    "no Landlock": "from evidence_chain.extract.guard import landlock; landlock.abi = lambda: 0; ",
    "no seccomp": (
        "from evidence_chain.extract.guard import seccomp; seccomp.available = lambda _: False; "
    ),
    "no network of its own": (
        "from evidence_chain.extract.guard import kernel\n"
        "def unshare(_): raise PermissionError(1, 'Operation not permitted')\n"
        "kernel.unshare = unshare; "
    ),
    "no namespaces": (
        "from evidence_chain.extract.guard import namespaces; namespaces.enter = lambda _: False; "
    ),
}


@contextmanager
def booted(*ways):
    """The guarded process starts in these ways."""
    with pytest.MonkeyPatch.context() as patch:
        boot = _WORKER + "".join(BOOT[way] for way in ways) + "w.main()"
        patch.setattr(guard, "_BOOT", boot)
        isolation.cache_clear()
        yield
    isolation.cache_clear()


@contextmanager
def stage(owner):
    """A folder with a file for each attempt and a key, and a process; all are the owner's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for one in (*escapes.ATTEMPTS, "signing.key"):
            (folder / one).write_text("as it was")
            (folder / one).chmod(0o600)
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner, -1)
        group = os.getgid() if owner == os.getuid() else NOBODY
        other = subprocess.Popen(["sleep", "600"], env={"A": "b"}, user=owner, group=group)
        try:
            yield folder, other
        finally:
            other.kill()
            other.wait()


def tried(owner, *ways):
    """The outcome of every attempt, and what is in the folder afterwards."""
    with stage(owner) as (folder, other), booted(*ways), (folder / "truncate").open("rb") as file:
        arguments = (str(folder), other.pid)
        told, _ = run(escapes, file, Limits(files=200), function="every", arguments=arguments)
        assert other.poll() is None
        return told, {path.name: _content(path) for path in folder.iterdir()}


def _content(path):
    return path.read_text() if path.is_file() else "something else"


@pytest.fixture(scope="module", params=["user", "nobody"])
def who(request):
    if isolation().lacking:
        pytest.skip("; ".join(isolation().lacking))
    if request.param == "nobody" and os.getuid():
        pytest.skip("Only root can become somebody else.")
    return request.param, NOBODY if request.param == "nobody" else os.getuid()


@pytest.fixture(scope="module")
def confined(who):
    return tried(who[1], who[0])


@pytest.fixture(scope="module")
def free(who):
    return tried(who[1], who[0], "free")


@pytest.mark.parametrize("name", escapes.ATTEMPTS)
def test_it_is_refused(confined, name):
    assert confined[0][name] in REFUSED


@pytest.mark.parametrize("name", escapes.ATTEMPTS)
def test_it_works_where_nothing_confines(who, free, name):
    if who[0] == "nobody" and name.endswith("_the_input"):
        pytest.skip("The copy of the input belongs to whoever started the process.")
    assert free[0][name] == "done"


def test_nothing_was_changed(confined):
    assert confined[1] == dict.fromkeys([*escapes.ATTEMPTS, "signing.key"], "as it was")


def test_a_large_file_is_not_copied_and_as_safe(who, monkeypatch):
    monkeypatch.setattr(handing, "LARGE", 0)
    told, left = tried(who[1], who[0])
    assert set(told.values()) <= REFUSED
    assert set(left.values()) == {"as it was"}


@pytest.mark.parametrize(
    ("lacking", "possible"),
    [
        ("no Landlock", READING),
        ("no namespaces", set()),
    ],
)
def test_one_line_of_defence_fewer(who, lacking, possible):
    told, left = tried(who[1], who[0], lacking)
    assert {name for name, outcome in told.items() if outcome == "done"} <= possible
    assert set(left.values()) == {"as it was"}


def test_without_a_filter_nothing_is_opened_or_reached(who):
    told, _ = tried(who[1], who[0], "no seccomp")
    reached = {
        *READING,
        "open_for_writing",
        "open_memory",
        "rename",
        "unlink",
        "signal_it",
        "trace",
    }
    assert {name for name in reached if told[name] == "done"} == set()
    assert told["send_a_datagram"] == "ENETUNREACH"


def asked(function, *ways):
    """What a function of the stand-in tells."""
    with open(os.devnull, "rb") as nothing, booted(*ways):
        return run(escapes, nothing, function=function)[0]


def test_privileges_are_given_up(who):
    """Told without the filter, which lets nobody ask."""
    told = asked("privileges", who[0], "no seccomp")
    assert told == {"capabilities": 0, "dumpable": 0, "no new ones": 1}


@pytest.mark.parametrize("large", [False, True])
def test_no_file_is_open_for_writing(who, monkeypatch, large):
    """Asked without the filter, which lets nobody ask for seals: copies are sealed against it."""
    if large:
        monkeypatch.setattr(handing, "LARGE", -1)
    sealed = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    for kind, writable, seals in asked("descriptors", who[0], "no seccomp")["open"]:
        assert kind in "-pc"
        assert kind != "-" or not writable or seals & sealed == sealed


def test_who_may_start_programs_starts_few_at_a_time(who):
    told = asked("fork_without_end", who[0])
    if who[1]:  # the kernel doesn't count the processes of root
        assert told == {"children": told["children"], "error": "EAGAIN"}
        assert told["children"] < 16


@pytest.mark.parametrize(
    ("lacking", "named"),
    [
        ("no Landlock", "Landlock: "),
        ("no seccomp", "seccomp: "),
        ("no namespaces", "namespaces (user, PID, IPC): "),
    ],
)
def test_what_is_lacking_is_named(who, lacking, named):
    with booted(lacking):
        (told,) = isolation().lacking
    assert told.startswith(named)


def test_neither_a_filter_nor_a_network_of_its_own(who):
    with booted("no seccomp", "no network of its own"):
        (sentence,) = isolation().sentences()
    assert "not confined by anything, and so are not run" in sentence
    assert "Nothing was read" in sentence
