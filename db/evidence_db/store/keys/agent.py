"""A signing key that an ssh-agent holds: it signs, and its secret never leaves it.

Two messages of its protocol (draft-ietf-sshm-ssh-agent): which keys are there, and sign this. Only
`ssh-ed25519` will do: its signature is over the bytes as they are, as a note needs it. Of
other types, security keys among them, the agent signs something else.
"""

from __future__ import annotations

import base64
import os
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, KeyFileError
from evidence_chain.log.key import VerifierKey, check_key_name
from evidence_chain.reviews.wire import Reader, string

if TYPE_CHECKING:
    from pathlib import Path

TYPE = "ssh-ed25519"
SOCKET = "SSH_AUTH_SOCK"
SECONDS = 120
"""How long an agent may take, since it may have to ask its owner."""
_LARGEST = 1 << 18
"""Bytes that an agent's answer may have, as in OpenSSH's."""
_ASK_KEYS, _KEYS = 11, 12
_ASK_SIGNATURE, _SIGNATURE = 13, 14


@dataclass(frozen=True)
class AgentKey:
    """The name of a log, and the public half of the agent's key that signs it.

    `str` is the line of OpenSSH's public key files; a key file that holds it says where the key is.
    """

    name: str
    public_key: bytes
    comment: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        check_key_name(self.name)

    @classmethod
    def parse(cls, text: str, name: str) -> AgentKey:
        """Read a line of a public key file, such as `ssh-ed25519 AAAA… you@newsroom`.

        Raises:
            FormatError: it is none, or of a type by which no note can be signed.
        """
        words = text.split(maxsplit=2)
        if len(words) < 2:
            raise FormatError("This is no public key as ssh-keygen writes them (FILE.pub).")
        if words[0] != TYPE:
            raise FormatError(
                f"This key is of type {words[0][:60]}. Only {TYPE} can sign a log: what an agent "
                "signs with others, such as those of security keys, is not what a note needs. Make "
                "one with `ssh-keygen -t ed25519`."
            )
        try:
            reader = Reader(base64.b64decode(words[1], validate=True), "This public key")
        except ValueError as error:
            raise FormatError(f"This public key is not base64: {error}.") from error
        if reader.name() != TYPE:
            raise FormatError(f"This public key says that it is {TYPE}, and holds another.")
        key = reader.string()
        reader.end()
        VerifierKey.of(name, key)
        return cls(name, key, words[2].strip() if len(words) > 2 else "")

    def __str__(self) -> str:
        return f"{TYPE} {base64.b64encode(self._blob).decode()} {self.comment}".strip()

    @property
    def verifier(self) -> VerifierKey:
        """The public half, to hand to readers."""
        return VerifierKey.of(self.name, self.public_key)

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`, 64 bytes (RFC 8032), by the agent.

        Raises:
            KeyFileError: there is no agent, it doesn't hold the key, or it refuses.
        """
        with _connected() as agent:
            if self._blob not in _keys(_ask(agent, bytes([_ASK_KEYS]), _KEYS)):
                raise KeyFileError(
                    f"The agent ({SOCKET}) doesn't hold the signing key of {self.name} "
                    f"({self.comment or 'without a comment'}). Add it: ssh-add FILE."
                )
            asked = bytes([_ASK_SIGNATURE]) + string(self._blob) + string(message) + bytes(4)
            answer = _ask(agent, asked, _SIGNATURE)
        signature = _signature(answer)
        if not self.verifier.signed(message, signature):
            raise KeyFileError(
                f"What the agent ({SOCKET}) signed does not hold by the key of {self.name}. "
                "Nothing was signed; ask who runs it."
            )
        return signature

    @property
    def _blob(self) -> bytes:
        return string(TYPE.encode()) + string(self.public_key)


def is_public(text: str) -> bool:
    """Whether a key file holds no secret, but says which key an agent holds."""
    return text.startswith(("ssh-", "sk-", "ecdsa-"))


def read_public(path: Path, name: str) -> AgentKey:
    """The agent's key that a public key file names, to sign the log called `name`.

    Raises:
        KeyFileError: it can't be read, or is no key that can sign a log.
    """
    from evidence_chain.regular import read_named

    try:
        return AgentKey.parse(read_named(path, 1 << 14).decode().strip(), name)
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"The public key {path} can't be read: {error}.") from error
    except FormatError as error:
        raise KeyFileError(f"The key {path} can't sign a log: {error}") from error


def _connected() -> socket.socket:
    path = os.environ.get(SOCKET)
    if not path:
        raise KeyFileError(
            f"The signing key lies in an ssh-agent, and {SOCKET} names none. Start one, and add "
            "the key: ssh-add FILE."
        )
    agent = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        agent.settimeout(SECONDS)
        agent.connect(path)
    except OSError as error:
        agent.close()
        raise KeyFileError(f"The ssh-agent at {path} can't be asked: {error}.") from error
    return agent


def _ask(agent: socket.socket, message: bytes, wanted: int) -> bytes:
    """What the agent answers to one message, without its type."""
    end = time.monotonic() + SECONDS
    try:
        agent.sendall(string(message))
        length = int.from_bytes(_received(agent, 4, end), "big")
        if not 0 < length <= _LARGEST:
            raise KeyFileError(f"The ssh-agent's answer would have {length} bytes.")
        answer = _received(agent, length, end)
    except OSError as error:
        raise KeyFileError(f"The ssh-agent didn't answer: {error}.") from error
    if answer[0] != wanted:
        raise KeyFileError(
            "The ssh-agent refused to sign. It may be locked (ssh-add -X), or its owner said no."
        )
    return answer[1:]


def _received(agent: socket.socket, length: int, end: float) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        agent.settimeout(max(0.001, end - time.monotonic()))
        part = agent.recv(length - len(parts))
        if not part:
            raise KeyFileError("The ssh-agent ended in the middle of its answer.")
        parts += part
    return bytes(parts)


def _keys(answer: bytes) -> set[bytes]:
    try:
        reader = Reader(answer, "The ssh-agent's list of keys")
        found = set()
        for _ in range(reader.uint32()):
            found.add(reader.string())
            reader.string()
        reader.end()
    except FormatError as error:
        raise KeyFileError(str(error)) from error
    return found


def _signature(answer: bytes) -> bytes:
    try:
        outer = Reader(answer, "The ssh-agent's answer")
        inner = Reader(outer.string(), "The ssh-agent's signature")
        outer.end()
        kind, signature = inner.name(), inner.string()
        inner.end()
    except FormatError as error:
        raise KeyFileError(str(error)) from error
    if kind != TYPE:
        raise KeyFileError(f"The ssh-agent signed with {kind}, where {TYPE} was asked for.")
    return signature
