"""Time-stamps of time-stamps, before what they rest on ends (in the spirit of RFC 4998, 5.2).

What an authority said is worth as much as its key. Once its certificate has ended nobody vouches
that the key was kept, and one day the key can be computed. So another authority stamps, while the
first still counts, a text that names all time-stamps by their digests: what it says shows that
they were there before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import sha256
from evidence_chain.errors import ProofError
from evidence_chain.log import b64
from evidence_chain.stamps.authority import load
from evidence_chain.stamps.response import UNREADABLE, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from evidence_chain.stamps.response import Stamp

FIRST_LINE = "evidence-chain time-stamp renewal v1"


def lines_of(stamps: Iterable[tuple[int, bytes, bytes]], renewals: Iterable[bytes]) -> list[str]:
    """What a renewal may name: each checkpoint, each time-stamp of it, each earlier renewal.

    Args:
        stamps: For each time-stamp the size of its checkpoint, that one's text, and the response.
        renewals: The responses of earlier renewals.
    """
    known = list(stamps)
    checkpoints = (f"checkpoint {size} {_digest(text)}" for size, text, _ in known)
    return [
        *dict.fromkeys(checkpoints),
        *(f"timestamp {size} {_digest(token)}" for size, _, token in known),
        *(f"renewal {_digest(token)}" for token in renewals),
    ]


def text_over(origin: str, lines: Iterable[str]) -> str:
    """The text that is stamped: who it is of, and a line for each thing that it covers."""
    return "".join(f"{line}\n" for line in (FIRST_LINE, origin, *lines))


def covered_by(text: str, origin: str, lines: Sequence[str]) -> set[str]:
    """The lines of a text that was stamped.

    Args:
        text: The text.
        origin: The log's.
        lines: What it may name, as `lines_of` gives it for what there was before it.

    Raises:
        ProofError: it is of another log, names what isn't here, or is no such text.
    """
    head, *named = text.removesuffix("\n").split("\n")
    if head != FIRST_LINE or not named or not text.endswith("\n"):
        raise ProofError("Checking a renewal: what it is over is no list of time-stamps.")
    if named[0] != origin:
        raise ProofError(f"Checking a renewal: it is of the log {named[0]!r}, not of this one.")
    if unknown := [line for line in named[1:] if line not in set(lines)]:
        raise ProofError(
            f"Checking a renewal: it covers what is not here ({unknown[0]}). Something was "
            "changed or lost since: restore the case from a copy."
        )
    return set(named[1:])


def line_for(size: int, token: bytes) -> str:
    """The line by which a renewal names a time-stamp."""
    return f"timestamp {size} {_digest(token)}"


def line_for_renewal(token: bytes) -> str:
    """The line by which a renewal names an earlier one."""
    return f"renewal {_digest(token)}"


def ends_at(stamp: Stamp) -> datetime | None:
    """When the certificate of an authority ends, in UTC; None if it did not come with the stamp."""
    try:
        sid = stamp.signer["sid"]
        for choice in stamp.token["certificates"] or ():
            if choice.name == "certificate" and names(sid, choice.chosen):
                certificate = load(choice.chosen.dump())
                return certificate.not_valid_after_utc if certificate else None
    except UNREADABLE:
        return None
    return None


def _digest(data: bytes) -> str:
    return b64.encode(sha256(data))
