"""Agents for keys: a real `ssh-agent` where there is one, and one that answers as it is told."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def string(data):
    return len(data).to_bytes(4, "big") + data


class Agent:
    """Holds one Ed25519 key; `change(answer)` makes another answer of the right one."""

    def __init__(self, change=lambda answer: answer):
        self.secret = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
        raw = self.secret.public_key().public_bytes_raw()
        self.blob = string(b"ssh-ed25519") + string(raw)
        self.change = change
        self.signed = []

    @property
    def public(self):
        line = self.secret.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return f"{line.decode()} desk@newsroom\n"

    def answer(self, message):
        if message[0] == 11:
            said = b"\x0c" + (1).to_bytes(4, "big") + string(self.blob) + string(b"desk")
        else:
            size = int.from_bytes(message[1:5], "big")
            data = message[5 + size + 4 : -4]
            self.signed.append(data)
            signature = string(b"ssh-ed25519") + string(self.secret.sign(data))
            said = b"\x0e" + string(signature)
        return self.change(said)

    @contextmanager
    def running(self, monkeypatch):
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "agent")
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(path)
            listener.listen()
            thread = threading.Thread(target=self._serve, args=(listener,), daemon=True)
            thread.start()
            monkeypatch.setenv("SSH_AUTH_SOCK", path)
            yield self
            with socket.socket(socket.AF_UNIX) as waking:
                waking.connect(path)
            thread.join()
            listener.close()

    def _serve(self, listener):
        while True:
            connection, _ = listener.accept()
            with connection:
                head = connection.recv(4)
                if not head:
                    return
                while head:
                    message = connection.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL)
                    said = self.answer(message)
                    if said is None:
                        break
                    connection.sendall(said if isinstance(said, bytearray) else string(said))
                    head = connection.recv(4)


@contextmanager
def real_agent(monkeypatch, folder, kind="ed25519"):
    """OpenSSH's own agent with a new key; yields the public key's file, or None without OpenSSH."""
    if not all(map(shutil.which, ("ssh-agent", "ssh-keygen", "ssh-add"))):
        yield None
        return
    key = folder / f"id_{kind}"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", key], **quiet)
    with tempfile.TemporaryDirectory() as room:
        path = f"{room}/agent"
        agent = subprocess.Popen(["ssh-agent", "-D", "-a", path], stdout=subprocess.DEVNULL)
        try:
            while not os.path.exists(path):
                assert agent.poll() is None
            monkeypatch.setenv("SSH_AUTH_SOCK", path)
            subprocess.run(["ssh-add", key], **quiet)
            key.unlink()
            yield key.with_suffix(".pub")
        finally:
            agent.terminate()
            agent.wait()
