"""Checks the DKIM signatures of a message. What runs here reads hostile bytes: see `guarded`.

What a signature and a key say is read and judged here, strictly and by the clock that the caller
names. Canonical forms, digests and signatures are dkimpy's.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from evidence_chain.mail.arc import placed
from evidence_chain.mail.header.fields import Message
from evidence_chain.mail.header.tags import ARC, DKIM, Signature, check_time
from evidence_chain.mail.judging import is_made_with, judge
from evidence_chain.mail.keys import Key, find, readable
from evidence_chain.mail.openpgp import by_openpgp
from evidence_chain.mail.other_kinds import other_kind
from evidence_chain.mail.people import by_people
from evidence_chain.mail.signature_facts import describe_key, describe_signature
from evidence_chain.mail.verdict import (
    MOST_SIGNATURES,
    PEOPLE,
    Outcome,
    Reason,
    new_verdict,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.canonical import Json

_SIGNED = re.compile(rb"^dkim-signature[ \t]*:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.I | re.M)


class Packed(NamedTuple):
    """What goes back through the pipe of the subprocess."""

    answer: Json

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes."""
        return {"answer": self.answer}, b""


def read_signers(file: BinaryIO) -> Packed:
    """Pairs of domain and selector whose keys the message's signatures need, each once."""
    message = Message.parse(file.read())
    found = [signature for _, signature in _signatures(message)]
    pairs = [[one.domain, one.selector] for one in found if one.domain and one.selector]
    return Packed(list({tuple(pair): pair for pair in pairs}.values()))


def read_verdicts(file: BinaryIO, keys: list[dict[str, Json]], checked_at: str) -> Packed:
    """What `check_signatures` says, of keys and to a caller in another process."""
    return Packed(check_signatures(file.read(), [Key(**key) for key in keys], checked_at))


def check_signatures(stored: bytes, keys: Sequence[Key], checked_at: str) -> list[dict[str, Json]]:
    """Return a verdict on each signature of a message, those of DKIM first, from the top.

    Args:
        stored: the whole message, byte for byte as it is preserved.
        keys: the keys that may be used; each that may be a signer's is tried.
        checked_at: the time by which expiry is judged (RFC 3339, UTC, whole seconds).

    After them come the signatures and seals of those who passed it on (ARC), by their numbers, the
    signatures of people (S/MIME, OpenPGP), and what stands there and is not looked into.

    Raises:
        FormatError: `checked_at` is no such time.
    """
    check_time(checked_at)
    message = Message.parse(stored)
    verdicts = [
        _check(message, place, signature, keys, checked_at)
        for place, signature in _signatures(message)
    ]
    people = by_people(message, keys, checked_at) + by_openpgp(message, keys, checked_at)
    return [*verdicts, *people, *_not_checked(message, stored, checked_at, named=not people)]


def _signatures(message: Message) -> list[tuple[int, Signature]]:
    """Each signature with its place among those of its kind, of each kind the first few."""
    values = message.values(DKIM)[:MOST_SIGNATURES]
    own = [(place, Signature.parse(value)) for place, value in enumerate(values)]
    passed_on = [(place, signature) for _, place, signature in placed(message)]
    return own + passed_on[:MOST_SIGNATURES]


def _check(
    message: Message, place: int, signature: Signature, keys: Sequence[Key], checked_at: str
) -> dict[str, Json]:
    """The verdict by the key that fits best, of all that may be the signer's."""
    domain, selector = signature.domain, signature.selector
    found: list[Key | None] = [*find(keys, domain, selector)] if domain and selector else []
    tried = [
        _with_key(message, place, signature, _own(key, message, place, signature), checked_at)
        for key in found or [None]
    ]
    return min(tried, key=_rank)


def _with_key(
    message: Message, place: int, signature: Signature, key: Key | None, checked_at: str
) -> dict[str, Json]:
    verdict = new_verdict(checked_at)
    describe_signature(verdict, message, signature)
    public = describe_key(verdict, key)
    judge(verdict, message, place, signature, key, public)
    verdict["checker"]["library"] = f"dkimpy {version('dkimpy')}"
    return verdict


def _own(key: Key | None, message: Message, place: int, signature: Signature) -> Key | None:
    """The key, if it says whose it is or made this signature: else it says nothing of it."""
    if (
        key is None
        or key.is_named
        or not key.record
        or is_made_with(message, place, signature, readable(key))
    ):
        return key
    problem = f"no key for this selector: the one of {key.origin} names none, and does not fit"
    return Key(key.origin, None, signature.domain, signature.selector, problem)


def _rank(verdict: dict[str, Json]) -> int:
    """How much a verdict says of the key that it was made with: the better one first."""
    ranks = [Outcome.VALID, Outcome.INVALID, Outcome.REFUSED, Outcome.NOT_CHECKED]
    fits = verdict["reason"] == Reason.EXPIRED
    unread = verdict["key_bits"] is None
    return 1 if fits else 2 * ranks.index(Outcome(verdict["verdict"])) + 10 * unread


def _not_checked(
    message: Message, stored: bytes, checked_at: str, *, named: bool
) -> list[dict[str, Json]]:
    """Verdicts on what stands in the message and is not looked into.

    `named` tells whether signatures by people are to be named, since none was looked into.
    """
    found = message.count(DKIM)
    beyond = found - MOST_SIGNATURES
    passed_on = len(placed(message)) - MOST_SIGNATURES
    other = other_kind(stored)
    other = other if named or other not in PEOPLE else None
    findings = [
        (beyond > 0, DKIM, Outcome.NOT_CHECKED, Reason.TOO_MANY, f"{beyond} more"),
        (passed_on > 0, ARC, Outcome.NOT_CHECKED, Reason.TOO_MANY, f"{passed_on} more"),
        (other, other, Outcome.NOT_CHECKED, Reason.OTHER_KIND, f"signed with {other}"),
    ]
    verdicts = _behind_damage(message, checked_at)
    for holds, header, outcome, reason, detail in findings:
        if holds:
            verdicts.append(new_verdict(checked_at) | {"header": header})
            settle(verdicts[-1], outcome, reason, detail)
    return verdicts


def _behind_damage(message: Message, checked_at: str) -> list[dict[str, Json]]:
    """Verdicts on signatures that stand in the header behind a line that is no field."""
    values = _SIGNED.findall(message.head) if message.problem else []
    verdicts = []
    for value in values[message.count(DKIM) : MOST_SIGNATURES]:
        verdicts.append(new_verdict(checked_at))
        describe_signature(verdicts[-1], message, Signature.parse(value))
        settle(verdicts[-1], Outcome.REFUSED, Reason.MESSAGE_MALFORMED, message.problem)
    return verdicts
