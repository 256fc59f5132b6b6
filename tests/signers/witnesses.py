"""A witness of our own on loopback, written from C2SP tlog-witness, that refuses forks."""

import base64
import socket
import threading
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from evidence_chain.errors import EvidenceError
from evidence_chain.log.checkpoint import open_checkpoint
from evidence_chain.log.cosignature import MlDsaWitnessKey, WitnessKey
from evidence_chain.log.note import Signature
from evidence_chain.log.proof import verify_consistency

TIME = 1_795_000_000


class Witness:
    """Remembers the newest checkpoint of each log that it knows, and cosigns what goes on from it.

    Args:
        number: Tells witnesses apart.
        logs: The verifier keys of the logs that it knows.
        is_new: Whether it signs with ML-DSA-44, as new ones should.
    """

    def __init__(self, number, logs, *, is_new=False):
        self.logs = {key.name: key for key in logs}
        self.seen = {}
        name, seed = f"witness.example/w{number}", bytes([number] * 32)
        if is_new:
            self.secret = MLDSA44PrivateKey.from_seed_bytes(seed)
            self.key = MlDsaWitnessKey.of(name, self.secret.public_key().public_bytes_raw())
        else:
            self.secret = Ed25519PrivateKey.from_private_bytes(seed)
            self.key = WitnessKey.of(name, self.secret.public_key().public_bytes_raw())

    def cosignature(self, text, time=TIME):
        signature = time.to_bytes(8, "big") + self.secret.sign(self.key.message(text, time))
        return Signature(self.key.name, self.key.key_id, signature)

    def answer(self, path, body):
        """Status and body for an `add-checkpoint`."""
        if path != "/add-checkpoint":
            return 404, b""
        before, _, note = body.decode().partition("\n\n")
        head, *hashes = before.split("\n")
        word, _, said = head.partition(" ")
        if word != "old" or not said.isdecimal() or len(hashes) > 63:
            return 400, b""
        origin = note.partition("\n")[0]
        if origin not in self.logs:
            return 404, b""
        try:
            new, _ = open_checkpoint(note, self.logs[origin])
        except EvidenceError:
            return 403, b""
        old, proof = int(said), [base64.b64decode(one) for one in hashes]
        return self.compare(note, new, old, proof)

    def compare(self, note, new, old, proof):
        """What is answered to a checkpoint that a log signed that is known."""
        origin = new.origin
        if old > new.size:
            return 400, b""
        size, root = self.seen.get(origin, (0, sha256(b"").digest()))
        if old != size:
            return 409, f"{size}\n".encode()
        try:
            if size == new.size and root != new.root:
                return 422, b""
            if size:
                verify_consistency(size, new.size, root, new.root, proof)
            elif proof:
                return 422, b""
        except EvidenceError:
            return 422, b""
        self.seen[origin] = new.size, new.root
        text = note.rpartition("\n\n")[0] + "\n"
        return 200, f"{self.cosignature(text)}\n".encode()


class Served:
    """Answers on loopback; `answer(path, body)` gives status, body, and headers if any."""

    def __init__(self, answer):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, said, *headers = answer(self.path, body)
                self.send_response(status)
                for name, value in dict(*headers).items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(OSError):  # whoever asked may have had enough
                    self.wfile.write(said)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()


def policy_of(*witnesses, quorum="all", logs=()):
    """The text of a policy: pairs of a witness and its address, which may be None."""
    lines = [f"log {key}" for key in logs]
    for number, (witness, address) in enumerate(witnesses, 1):
        lines.append(f"witness W{number} {witness.key} {address or ''}".rstrip())
    names = " ".join(f"W{number + 1}" for number in range(len(witnesses)))
    return "\n".join([*lines, f"group enough {quorum} {names}", "quorum enough", ""])


@contextmanager
def trickling(what):
    """The address of a server on loopback whose answer never ends: `what`, again and again."""
    listener, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def trickle():
        connection, _ = listener.accept()
        with connection, suppress(OSError):  # whoever asked may have had enough
            connection.recv(1 << 16)
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while not ended.wait(0.02):
                connection.sendall(what)

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    ended.set()
    thread.join()
    listener.close()
