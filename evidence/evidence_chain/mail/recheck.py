"""Repeats verdicts from what was sealed with them, without a network, however late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError, FormatError
from evidence_chain.mail.guarded import check_or_fail
from evidence_chain.mail.keys import Key
from evidence_chain.mail.openpgp import NOT_INSTALLED
from evidence_chain.mail.verdict import PEOPLE, Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evidence_chain.canonical import Json

    Checker = Callable[[bytes, Iterable[Key], str], list[dict[str, Json]]]


def recheck(
    message: bytes, recorded: list[dict[str, Json]], checker: Checker = check_or_fail
) -> list[dict[str, Json]]:
    """Check a message again, with the keys and by the clock of verdicts that were recorded.

    Args:
        message: the whole message, as it is preserved.
        recorded: what `check` returned then.
        checker: what does the checking; in a guarded subprocess unless told otherwise.

    Raises:
        ExtractionError: the message made the checking program crash or run into its limits, or what
            checked a signature then is not installed.
        FormatError: `recorded` is no list of verdicts.
    """
    times = {_text(verdict.get("checked_at")) for verdict in _verdicts(recorded)}
    if len(times) != 1 or None in times:
        raise FormatError("These verdicts don't say when they were made, or say several times.")
    again = checker(message, _keys(recorded), str(*times))
    if any(one.get("detail") == NOT_INSTALLED for one in again):
        raise ExtractionError(
            "A signature of OpenPGP can't be checked again here: install evidence-chain[openpgp]."
        )
    return again


def differences(recorded: list[dict[str, Json]], again: list[dict[str, Json]]) -> list[str]:
    """Say in what verdicts differ that were made at two times; nothing if they say the same.

    Which version of the program made them is no difference. A check that failed then is none,
    either, nor are seals (ARC) and other kinds of signatures that weren't looked into: that it
    works now says nothing about the message.
    """
    if _failed(recorded):
        return []
    said = {one.get("reason") for one in recorded}
    if Reason.ARC in said:
        recorded = [one for one in recorded if one.get("reason") != Reason.ARC]
        again = [one for one in again if one.get("instance") is None]
    if Reason.OTHER_KIND not in said:
        again = [one for one in again if one.get("reason") != Reason.OTHER_KIND]
    elif any(_is_named_alone(one) for one in recorded):
        recorded = [one for one in recorded if not _is_named_alone(one)]
        again = [one for one in again if one.get("header") not in PEOPLE]
    if len(recorded) != len(again):
        return [f"there were {len(recorded)} verdicts, and are {len(again)}"]
    return [
        f"signature {number}: {name} was {_show(old.get(name))}, and is {_show(new.get(name))}"
        for number, (old, new) in enumerate(zip(recorded, again, strict=True), 1)
        for name in sorted({*old, *new} - {"checker"})
        if old.get(name) != new.get(name)
    ]


def _is_named_alone(verdict: dict[str, Json]) -> bool:
    """Whether a signature by a person was named, and looked into by nothing."""
    reason, key = verdict.get("reason"), verdict.get("key_from")
    return verdict.get("header") in PEOPLE and reason == Reason.OTHER_KIND and key is None


def _failed(verdicts: list[dict[str, Json]]) -> bool:
    said = [(verdict.get("verdict"), verdict.get("reason")) for verdict in verdicts]
    return said == [(Outcome.NOT_CHECKED, Reason.CHECK_FAILED)]


def _verdicts(recorded: Json) -> list[dict[str, Json]]:
    if not isinstance(recorded, list) or not all(isinstance(one, dict) for one in recorded):
        raise FormatError("This is no list of verdicts on the signatures of an e-mail.")
    return recorded


def _keys(recorded: list[dict[str, Json]]) -> list[Key]:
    """The keys that the verdicts were made with, each for its own signer."""
    names = ("key_from", "key_record", "domain", "selector", "detail")
    keys = []
    for verdict in recorded:
        origin, record, domain, selector, detail = (_text(verdict.get(name)) for name in names)
        if origin and verdict.get("header") in PEOPLE:
            keys.append(Key(origin, record, use=str(verdict["header"])))
        elif origin and domain and selector:
            keys.append(Key(origin, record, domain, selector, detail))
    return keys


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def _show(value: Json) -> str:
    return "nothing" if value in (None, []) else str(value)[:100]
