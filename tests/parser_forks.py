"""Parsers that are forked from a process that has them imported, instead of started anew.

Each gets the same order, and `worker.main` limits and confines it as ever; spared are the start of
an interpreter and its imports, which take longer than most documents do. Any process of a run may
ask for one, over a socket: it sends the order, and descriptors of the file and of the answer, and
is told the number of the process, and how that ended.
"""

import gc
import io
import json
import os
import select
import socket
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from evidence_chain import extract
from evidence_chain.extract.guard import guard

LATE = (
    "evidence_chain.mail.dkim",
    "backports.zstd",
    "brotlicffi",
    "encodings.cp437",
    "PIL.ImageOps",
)
"""Imported besides all extractors, by some of them and late."""
WARM = {
    "html": b"<!doctype html><style>p::before { content: '-' }</style><p>Read.",
    "message": b"From: a@firm.example\nContent-Type: text/html; charset=utf-8\n\n<p>Read.",
    "pdf": b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R
/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 31>> stream
BT /F 9 Tf 9 50 Td (Read.) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>""",
    "warc": b"""WARC/1.1\r
WARC-Type: response\r
WARC-Record-ID: <urn:uuid:4d9f1a4e-0000-4000-8000-000000000000>\r
WARC-Target-URI: https://firm.example/\r
WARC-Date: 2031-05-01T09:00:00Z\r
Content-Type: application/http\r
Content-Length: 52\r
\r
HTTP/1.1 200 OK\r
Content-Type: text/html\r
\r
<p>Read.\r
\r
""",
}
_BOOT = "import sys; sys.path[:] = sys.argv[2:]; from parser_forks import serve; serve(sys.argv[1])"
JOIN = (
    f"import sys; sys.path.append({str(Path(__file__).parent)!r}); "
    "from parser_forks import join; join(); "
)
"""How a program begins that joins."""
VERIFYING = ("-P", "-c", f"{JOIN}from evidence_db.resolving.progress import main; main()")
"""How a verification that somebody asks for in a browser is started, so that it joins."""
ADDRESS = "EVIDENCE_TESTS_FORK_PARSERS_AT"
_LARGEST = 100_000
_NUMBER = 8


class Server:
    """The process that has them imported, until standard input ends."""

    def __init__(self, address):
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listening.bind(address)
        self.listening.listen(64)
        self.running = {}
        self.ready = select.poll()
        self.ready.register(sys.stdin, select.POLLIN)
        self.ready.register(self.listening, select.POLLIN)

    def run(self):
        while True:
            for descriptor, _ in self.ready.poll():
                if descriptor == sys.stdin.fileno():
                    return
                if descriptor == self.listening.fileno():
                    self._fork()
                else:
                    self._tell(descriptor)

    def _fork(self):
        client, _ = self.listening.accept()
        asked, given, *_ = socket.recv_fds(client, _LARGEST, 2)
        if not (child := os.fork()):
            _become(json.loads(asked), given, client)
        for descriptor in given:
            os.close(descriptor)
        ending = os.pidfd_open(child)
        self.running[ending] = child, client
        self.ready.register(ending, select.POLLIN)

    def _tell(self, ending):
        child, client = self.running.pop(ending)
        self.ready.unregister(ending)
        os.close(ending)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with client:
            client.send(code.to_bytes(_NUMBER, "big", signed=True), socket.MSG_NOSIGNAL)


def serve(address):
    found = walk_packages(extract.__path__, f"{extract.__name__}.")
    for name in (*(module.name for module in found), *LATE):
        import_module(name)
    for kind, document in WARM.items():  # imports, and makes ready, what is late
        import_module(f"evidence_chain.extract.{kind}").extract(io.BytesIO(document))
    gc.freeze()
    server = Server(address)
    print("ready", flush=True)
    server.run()


def _become(asked, given, client):
    """Be what the guard would have started."""
    os.setsid()
    client.send(os.getpid().to_bytes(_NUMBER, "big"))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for there, here in zip((*given, nowhere), (0, 1, 2), strict=True):
        os.dup2(there, here)
    os.closerange(3, 1 << 16)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - for the rest of its life
    os.environ.clear()
    os.environ["PATH"] = asked["PATH"]
    sys.argv[1:] = [asked["order"]]
    sys.path[:] = asked["paths"]
    try:
        import_module("evidence_chain.extract.guard.worker").main()
    except BaseException:  # noqa: BLE001 - as an interpreter ends
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


class Fork:
    """As much of `subprocess.Popen` as the guard needs."""

    def __init__(self, client, stdout):
        self.client, self.stdout, self.returncode = client, stdout, None
        self.pid = int.from_bytes(client.recv(_NUMBER), "big")

    def wait(self, timeout=None):
        if self.returncode is None:
            self.client.settimeout(timeout)
            try:
                told = self.client.recv(_NUMBER)
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired("a parser", timeout) from None
            self.returncode = int.from_bytes(told, "big", signed=True)
        return self.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stdout.close()
        self.wait()
        self.client.close()


def asking(address, spawn):
    """A function in place of the guard's `spawn`, which is left what is too large to be told."""

    def fork(command, descriptor, path):
        order, *paths = command[command.index(guard._BOOT) + 1 :]
        asked = json.dumps({"order": order, "paths": paths, "PATH": path}).encode()
        if len(asked) > _LARGEST:
            return spawn(command, descriptor, path)
        client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        client.connect(address)
        reading, writing = os.pipe()
        socket.send_fds(client, [asked], [descriptor, writing])
        os.close(writing)
        return Fork(client, os.fdopen(reading, "rb"))

    return fork


def join():
    """Have the parsers of this process forked, too, where the tests that started it do so."""
    if address := os.environ.get(ADDRESS):
        guard._spawn = asking(address, guard._spawn)


@contextmanager
def forking(address, spawn):
    """Start the server; the function that asks it, which processes started meanwhile may join."""
    command = [sys.executable, "-I", "-S", "-B", "-c", _BOOT, address, *filter(None, sys.path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, start_new_session=True, **pipes) as server:
        server.stdout.readline()
        os.environ[ADDRESS] = address
        try:
            yield asking(address, spawn)
        finally:
            del os.environ[ADDRESS]
            server.stdin.close()
