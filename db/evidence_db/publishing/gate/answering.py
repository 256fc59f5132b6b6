"""What speaks against an answer's being one, and against a silence's having lasted long enough.

Headers are compared, which anybody can write: they show a mistake, and prove nothing.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.text.language.dates import days_named
from evidence_chain.wording.moment import sent_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ID = re.compile(r"<[^<>\s]+>")
_PROVIDER_NAMES = (
    "gmail googlemail outlook hotmail live msn yahoo gmx web icloud me proton protonmail pm mail "
    "aol t-online freenet posteo mailbox orange wanadoo free laposte libero virgilio tin yandex "
    "qq 163 126 sina naver seznam wp onet o2 btinternet comcast verizon tutanota tuta fastmail zoho"
)
_PROVIDERS = frozenset(_PROVIDER_NAMES.split())
"""Domains of who carries anybody's mail: two addresses there have nothing in common."""


class Doubt(NamedTuple):
    """What speaks against it, in words that go on from the record's name."""

    why: str
    is_final: bool = False
    """Whether nobody's sign-off takes it away."""


def doubts_of_answer(answer: Mapping[str, Any], request: Mapping[str, Any]) -> Iterator[Doubt]:
    """Why something answers no request, or why a person must say that it does."""
    if is_itself(answer, request):
        yield Doubt("stands in the request itself", is_final=True)
        return
    asked, by = _addresses(request, "sender"), _addresses(answer, "sender")
    is_thread = bool(_ids(answer, "in_reply_to") & _ids(request, "message_id"))
    if asked & by:
        yield Doubt("was sent by whoever asked")
    elif not by:
        yield Doubt("has no sender's address to compare with those whom the request was sent to")
    elif not is_thread and not _is_from_asked(by, request, asked):
        yield Doubt("names the request in no header, and comes from nobody whom that was sent to")
    sent, came = _moment(request), _moment(answer)
    if sent and came and came < sent:
        yield Doubt(f"is dated {came.date()}, before the request ({sent.date()})")
    elif not (sent and came) and not is_thread:
        yield Doubt("has no date that can be compared with the request's")


def doubts_of_silence(silence: Mapping[str, Any], request: Mapping[str, Any]) -> Iterator[Doubt]:
    """Why the time of a request is not past, or why a person must say that it is."""
    until = date.fromisoformat(str(silence.get("until")))
    if until >= datetime.now(UTC).date():
        yield Doubt(f"goes up to {until}, a day that is not over", is_final=True)
    moment = _moment(request)
    if moment is None:
        return
    sent = moment.date()
    if until <= sent:
        yield Doubt(f"goes up to {until}, and the request was sent on {sent}", is_final=True)
    text = f"{request.get('text') or ''}\n{silence.get('text') or ''}"
    if later := sorted(day for day in days_named(text, sent) if day > until):
        yield Doubt(f"goes up to {until}, and the request names {later[-1]}")


def is_itself(answer: Mapping[str, Any], request: Mapping[str, Any]) -> bool:
    """Whether an answer stands in the very e-mail that asks, or in a copy of it."""
    same = _ids(answer, "message_id") & _ids(request, "message_id")
    return answer.get("artifact") == request.get("artifact") or bool(same)


def _is_from_asked(by: set[str], request: Mapping[str, Any], asked: set[str]) -> bool:
    to = (_addresses(request, "recipient") | _addresses(request, "cc")) - asked
    return any(_are_together(one, other) for one in by for other in to)


def _moment(record: Mapping[str, Any]) -> datetime | None:
    """When something was sent: at its own clock; the end of a day of which no more is known."""
    said = str(record.get("date") or "")
    with suppress(ValueError):
        return sent_at(said)
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(said), datetime.max.time(), UTC)
    return None


def _ids(record: Mapping[str, Any], name: str) -> set[str]:
    return set(_ID.findall(str(record.get(name) or "")))


def _addresses(record: Mapping[str, Any], name: str) -> set[str]:
    found = getaddresses([str(record.get(name) or "")])
    return {address.lower() for _, address in found if "@" in address}


def _are_together(one: str, other: str) -> bool:
    """Whether two addresses are the same, or of one house."""
    (_, _, first), (_, _, second) = one.rpartition("@"), other.rpartition("@")
    if one == other or _PROVIDERS & {*first.split(".")[:-1]}:
        return one == other
    return first == second or _is_below(first, second) or _is_below(second, first)


def _is_below(domain: str, other: str) -> bool:
    return "." in other and domain.endswith(f".{other}")
