"""One request to a witness over HTTP (C2SP tlog-witness), with every answer held within limits.

Nothing is followed to elsewhere, no proxy is asked, and nothing is sent but a checkpoint and hashes
of the log's tree. The connection is cut when its time is over, whatever trickles in.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Event, Timer
from typing import NamedTuple
from urllib.parse import urlsplit

from evidence_chain.errors import InputError, UncheckedError
from evidence_chain.log.witness.submission import MAX_ANSWER

SECONDS = 30.0
"""How long a witness may take for one answer, all in all."""
_CONNECT = 10.0
_PATH = "/add-checkpoint"


class Answer(NamedTuple):
    """What a witness answered."""

    status: int
    body: bytes


def check_address(url: str) -> None:
    """Refuse an address that a checkpoint is not sent to.

    Raises:
        InputError: it is neither https nor on this machine, or names a user, a query or a part.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise InputError(f"{url!r} is no address of a witness: {error}.") from error
    local = parts.scheme == "http" and _is_loopback(parts.hostname or "")
    if not (parts.hostname and (parts.scheme == "https" or local)):
        raise InputError(
            f"{url!r} is no address of a witness: https://… is, and http://… on this machine."
        )
    if parts.username or parts.password or parts.query or parts.fragment or not url.isascii():
        raise InputError(
            f"{url!r} is more than the address of a witness: leave out names, ? and #."
        )


def post(url: str, body: bytes, seconds: float = SECONDS) -> Answer:
    """Send a request to the witness with this submission prefix.

    Raises:
        InputError: the address is none that is sent to.
        UncheckedError: it can't be reached, takes too long, or answers more than it may.
    """
    check_address(url)
    parts = urlsplit(url)
    host = parts.hostname or ""
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(host, parts.port, timeout=min(_CONNECT, seconds))
    over = Event()
    cut = Timer(seconds, _cut, [connection, over])
    cut.daemon = True
    try:
        connection.connect()
        connection.sock.settimeout(seconds)
        cut.start()
        connection.request("POST", parts.path.rstrip("/") + _PATH, body)
        with connection.getresponse() as reply:
            answer = reply.read(MAX_ANSWER + 1)
        if over.is_set():  # what is cut off in its head may pass for a whole answer
            raise TimeoutError(f"it took longer than {seconds:.0f} seconds")
    except (OSError, HTTPException, ValueError) as error:
        raise UncheckedError(
            f"The witness at {url} can't be asked: {error or 'it ended the connection'}. Nothing "
            "was kept of it; try again."
        ) from error
    finally:
        cut.cancel()
        connection.close()
    if len(answer) > MAX_ANSWER:
        raise UncheckedError(
            f"The witness at {url} answers more than {MAX_ANSWER >> 10} KiB, which no cosignature "
            "needs. Ask its operator."
        )
    return Answer(reply.status, answer)


def _cut(connection: HTTPConnection, over: Event) -> None:
    """End a connection whose time is over."""
    over.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
