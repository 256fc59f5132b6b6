"""`evidence serve` ends soon when it is told to, with all that it started, whoever still reads."""

import json
import os
import signal
import socket
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from running import running

HURRY = """
from evidence_datasette import serving
serving.GRACE = 0.2
"""
ENDLESS = f"""{HURRY}
from evidence_datasette.answering import verification
verification._TELLING = ("-c", {{child!r}})
"""
"""Lets a verification and a process of its own open a pipe, say so, and go on for ever."""
CHILD = """
import os, signal, subprocess, sys
{before}
os.set_inheritable(os.open(os.environ["ALIVE"], os.O_WRONLY), True)
subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], close_fds=False)
print('{{"at": "records", "done": 0, "total": 1}}', flush=True)
while True: signal.pause()
"""
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"


@pytest.mark.parametrize(
    ("kind", "before"), [(signal.SIGINT, ""), (signal.SIGTERM, ""), (signal.SIGTERM, STUBBORN)]
)
def test_a_verification_ends_with_its_server(template, tmp_path, kind, before):
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    endless = ENDLESS.format(child=CHILD.format(before=before))
    with running(template, endless, ALIVE=str(pipe)) as (server, address):
        alive = os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb")
        with alive, urlopen(address.replace("claims", "verify.ndjson")) as answer:
            assert "command" in json.loads(answer.readline())
            assert json.loads(answer.readline())["at"] == "records"
            server.send_signal(kind)
            assert server.communicate(timeout=60) == ("", "Ended.\n")
            assert server.returncode == 0
            os.set_blocking(alive.fileno(), True)
            assert alive.read() == b"", "the pipe is at its end when nobody has it open any more"


def test_a_reader_who_reads_no_further_is_not_waited_for(invented):
    file = invented.write("long.txt", "All work and no play.\n" * 1_000_000)
    document = invented.id("add", "artifact", file)
    with running(invented, HURRY) as (server, address), socket.socket() as reader:
        where = urlsplit(address)
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect((where.hostname, where.port))
        path = where.path.replace("claims", f"file/{document}")
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
        assert reader.recv(12) == b"HTTP/1.1 200"
        server.send_signal(signal.SIGINT)
        assert server.communicate(timeout=60) == ("", "Ended.\n")
        assert server.returncode == 0


def test_a_reader_who_waits_for_more_is_not_waited_for(template):
    with running(template) as (server, address), socket.socket() as reader:
        where = urlsplit(address)
        reader.connect((where.hostname, where.port))
        reader.sendall(f"GET {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
        assert reader.recv(12) == b"HTTP/1.1 200"
        server.send_signal(signal.SIGTERM)
        assert server.communicate(timeout=60) == ("", "Ended.\n")


BROKEN = """
from datasette.app import Datasette
async def invoke_startup(self): raise RuntimeError("no startup today")
Datasette.invoke_startup = invoke_startup
"""


def test_a_server_that_cannot_start_is_no_success(template):
    with running(template, BROKEN) as (server, _):
        _, said = server.communicate(timeout=60)
    assert "The server could not start" in said
    assert server.returncode == 4
