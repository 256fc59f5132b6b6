"""Time-stamps of the newest checkpoint, by authorities (docs/format.md, section 5; RFC 3161)."""

from __future__ import annotations

import secrets
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from evidence_chain.errors import EvidenceError, InputError, ProofError, UncheckedError
from evidence_chain.stamps import response
from evidence_chain.stamps.request import NONCE_BITS, answered, request_over
from evidence_chain.stamps.response import MAX_RESPONSE, open_response

if TYPE_CHECKING:
    from evidence_chain.stamps.response import Stamp
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Signed
    from evidence_db.recording.writer import Writer

SECONDS = 30
"""How long an authority may take to answer."""


class Answer(NamedTuple):
    """A response that is over a checkpoint of the case; whether to believe it is asked later."""

    size: int
    """The checkpoint's."""
    whence: str
    """The address or file that it came from."""
    token: bytes
    """As it came."""
    stamp: Stamp


def newest(reader: Reader) -> tuple[Signed, bytes]:
    """The newest checkpoint, and the text that is stamped.

    Raises:
        InputError: there is none.
        FormatError: it can't be read.
    """
    stored = reader.checkpoints()
    if not stored:
        raise InputError(
            "There is no checkpoint to be stamped. Sign the log first: `evidence checkpoint`."
        )
    return stored[-1], stored[-1].text


def ask(address: str, size: int, text: bytes, seconds: float = SECONDS) -> Answer:
    """Ask an authority for a time-stamp over the text of a checkpoint.

    Nothing of the case leaves it but the SHA-256 of that text.

    Raises:
        InputError: the address is none of the web.
        UncheckedError: the authority can't be reached, or doesn't answer as RFC 3161 has it.
    """
    if not address.startswith(("http://", "https://")):
        raise InputError(f"{address!r} is no address of an authority, such as https://tsa.example.")
    request = request_over(text, secrets.randbits(NONCE_BITS) | 1)
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        asking = Request(address, request, headers)  # noqa: S310 - the scheme was looked at
        token = _fetched(asking, seconds)
        return Answer(size, address, token, answered(token, request, text))
    except (OSError, ValueError, HTTPException) as error:
        raise UncheckedError(
            f"{address} can't be asked: {getattr(error, 'reason', error)}"
        ) from error
    except EvidenceError as error:
        raise UncheckedError(f"{address}: {error}") from error


def _fetched(asking: Request, seconds: float) -> bytes:
    """What comes back within so many seconds, whatever trickles in until then.

    A time-out of the connection begins anew with each byte.
    """
    found: SimpleQueue[bytes | Exception] = SimpleQueue()

    def fetch() -> None:
        try:
            with urlopen(asking, timeout=seconds) as reply:  # noqa: S310
                found.put(reply.read(MAX_RESPONSE + 1))
        except HTTPError as error:
            error.close()
            found.put(error)
        except (OSError, ValueError, HTTPException) as error:
            found.put(error)

    Thread(target=fetch, daemon=True).start()
    try:
        answer = found.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"it took longer than {seconds:.0f} seconds") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def read(reader: Reader, whence: str, token: bytes) -> Answer:
    """A response that was fetched elsewhere.

    Raises:
        FormatError: it is none.
        ProofError: it is over none of the case's checkpoints.
    """
    response.read(token)  # one that was refused, or is none, is over nothing
    failure: ProofError | None = None
    for one in reversed(reader.checkpoints()):
        text = one.text
        try:
            return Answer(one.size, whence, token, open_response(token, text))
        except ProofError as error:
            failure = failure or error
    raise ProofError(f"{whence} is over no checkpoint of this case. {failure or ''}".strip())


def store(writer: Writer, answers: list[Answer]) -> int:
    """Keep responses with their checkpoints; how many were not there yet."""
    known = {token for _, token in writer.reader.timestamps()}
    new = {one.token: one for one in answers if one.token not in known}
    for one in new.values():
        writer.store_timestamp(one.size, one.token)
    return len(new)
