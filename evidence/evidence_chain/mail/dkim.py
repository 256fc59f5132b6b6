"""Checks the DKIM signatures of a message. What runs here reads hostile bytes: see `guarded`.

What a signature and a key say is read and judged here, strictly and by the clock that the caller
names. Canonical forms, digests and signatures are dkimpy's.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from evidence_chain.mail.fields import Message
from evidence_chain.mail.judging import judge
from evidence_chain.mail.keys import Key, find
from evidence_chain.mail.signature_facts import describe_key, describe_signature
from evidence_chain.mail.tags import Signature, check_time
from evidence_chain.mail.verdict import ARC, MOST_SIGNATURES, Outcome, Reason, new_verdict, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.canonical import Json

_SIGNED = re.compile(rb"^dkim-signature[ \t]*:", re.I | re.M)
_ARC = ("arc-seal", "arc-message-signature")


class Packed(NamedTuple):
    """What goes back through the pipe of the subprocess."""

    answer: Json

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes."""
        return {"answer": self.answer}, b""


def read_signers(file: BinaryIO) -> Packed:
    """Pairs of domain and selector whose keys the message's signatures need, each once."""
    message = Message.parse(file.read())
    found = map(Signature.parse, message.values("DKIM-Signature")[:MOST_SIGNATURES])
    pairs = [[one.domain, one.selector] for one in found if one.domain and one.selector]
    return Packed(list({tuple(pair): pair for pair in pairs}.values()))


def read_verdicts(file: BinaryIO, keys: list[dict[str, Json]], checked_at: str) -> Packed:
    """What `check_signatures` says, of keys and to a caller in another process."""
    return Packed(check_signatures(file.read(), [Key(**key) for key in keys], checked_at))


def check_signatures(stored: bytes, keys: Sequence[Key], checked_at: str) -> list[dict[str, Json]]:
    """Return a verdict on each DKIM signature of a message, from the top.

    Args:
        stored: the whole message, byte for byte as it is preserved.
        keys: the keys that may be used; of several that fit a signer the first is.
        checked_at: the time by which expiry is judged (RFC 3339, UTC, whole seconds).

    A chain of ARC seals gets one verdict, `not-checked`, after the others.

    Raises:
        FormatError: `checked_at` is no such time.
    """
    check_time(checked_at)
    message = Message.parse(stored)
    found = message.values("DKIM-Signature")
    verdicts = [
        _check(message, place, Signature.parse(value), keys, checked_at)
        for place, value in enumerate(found[:MOST_SIGNATURES])
    ]
    return verdicts + _not_checked(message, len(found), checked_at)


def _check(
    message: Message, place: int, signature: Signature, keys: Sequence[Key], checked_at: str
) -> dict[str, Json]:
    domain, selector = signature.domain, signature.selector
    key = find(keys, domain, selector) if domain and selector else None
    verdict = new_verdict(checked_at)
    describe_signature(verdict, message, signature)
    public = describe_key(verdict, key)
    judge(verdict, message, place, signature, key, public)
    verdict["checker"]["library"] = f"dkimpy {version('dkimpy')}"
    return verdict


def _not_checked(message: Message, found: int, checked_at: str) -> list[dict[str, Json]]:
    """Verdicts on what stands in the message and is not looked into."""
    unread = message.problem and not found and _SIGNED.search(message.head)
    beyond = found - MOST_SIGNATURES
    arc = any(message.count(name) for name in _ARC)
    findings = [
        (unread, Outcome.REFUSED, Reason.MESSAGE_MALFORMED, message.problem),
        (beyond > 0, Outcome.NOT_CHECKED, Reason.TOO_MANY, f"{beyond} more"),
        (arc, Outcome.NOT_CHECKED, Reason.ARC, None),
    ]
    verdicts = []
    for holds, outcome, reason, detail in findings:
        if holds:
            verdicts.append(new_verdict(checked_at))
            settle(verdicts[-1], outcome, reason, detail)
    if arc:
        verdicts[-1]["header"] = ARC
    return verdicts
