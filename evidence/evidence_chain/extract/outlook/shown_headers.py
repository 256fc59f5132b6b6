"""What Outlook shows as the headers of a message, and what its transport says otherwise."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract import message as transported
from evidence_chain.extract.outlook.compound import Text

if TYPE_CHECKING:
    from evidence_chain.extract.outlook.compound import Storage

_FROM, _SENDER = (0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F)
_RECIPIENT = (0x3001, 0x39FE, 0x3003)
"""Each: the name, the address of the internet, and that of whatever system it is of."""
_KIND, _KINDS = 0x0C15, {1: "To", 2: "Cc", 3: "Bcc"}
_SHOWN = {"To": 0x0E04, "Cc": 0x0E03, "Bcc": 0x0E02}
_SUBJECT, _SENT, _ID, _ANSWERS, _TRANSPORT = 0x0037, 0x0039, 0x1035, 0x1042, 0x007D
_BEGIN = datetime(1601, 1, 1, tzinfo=UTC)
_LATEST = 2650467743990000000
"""The last second of the year 9999, as such times are counted."""
_WORD = re.compile(r"[^\s<>,;\"'()]+")
_TWO_LISTS = "the e-mail has other recipients for display than in its list of them"
_OTHERWISE = "a header of the transport, in the place of which Outlook shows another or none"


class Line(NamedTuple):
    """A header."""

    name: str
    value: str
    guess: str | None = None
    """Why its letters are a guess, if they are."""
    hidden: str = ""
    """Why it isn't seen; empty if it is."""


def head(message: Storage) -> list[Line]:
    """The headers that are shown."""
    sender, writer = _person(message, _SENDER), _person(message, _FROM)
    lines = [Line("From", writer or sender, (writer or sender).guess)]
    if writer and sender and _bare(writer) != _bare(sender):
        lines.append(Line("Sender", sender, sender.guess))
    for name in _KINDS.values():
        lines += _people(message, name)
    lines.append(Line("Date", _date(message.time(_SENT))))
    for name, number in (("Subject", _SUBJECT), ("Message-ID", _ID), ("In-Reply-To", _ANSWERS)):
        value = message.text(number)
        lines.append(Line(name, value, value.guess))
    return [one._replace(value=" ".join(one.value.split())) for one in lines if one.value.strip()]


def transport(message: Storage) -> list[Line]:
    """Headers that the message came with and that say something else than what is shown."""
    there = message.text(_TRANSPORT)
    if not there:
        return []
    shown = {line.name: _bare(line.value, line.name) for line in head(message)}
    found = transported.headers(there.encode("utf-8", "replace"))
    names = transported.FIELDS
    return [
        Line(names[field], value, there.guess, _OTHERWISE)
        for field, value in found.items()
        if value and _bare(value, names[field]) != shown.get(names[field])
    ]


def _person(storage: Storage, numbers: tuple[int, int, int]) -> Text:
    name, address, other = map(storage.text, numbers)
    address = address or (other if "@" in other else Text(""))
    if not address or _bare(name) == _bare(address):
        return name or address
    return Text(f"{name} <{address}>" if name else address, name.guess or address.guess)


def _people(message: Storage, name: str) -> list[Line]:
    """The recipients of a kind, and those that the e-mail has for display, if these are others."""
    there, told = _recipients(message, name), message.text(_SHOWN[name])
    if not there or _words(told) <= _words(there):
        return [Line(name, one, one.guess) for one in (there or told,)]
    return [Line(name, one, one.guess, _TWO_LISTS) for one in (told, there)]


def _recipients(message: Storage, kind: str) -> Text:
    there = [one for one in message.within("__recip") if _KINDS.get(one.number(_KIND) & 15) == kind]
    people = [one for one in (_person(each, _RECIPIENT) for each in there) if one]
    guess = next((one.guess for one in people if one.guess), None)
    return Text("; ".join(people), guess)


def _date(count: int) -> str:
    if not 0 < count <= _LATEST:
        return ""
    return format_datetime((_BEGIN + timedelta(microseconds=count // 10)).replace(microsecond=0))


def _words(value: str) -> frozenset[str]:
    return frozenset(_WORD.findall(value.casefold()))


def _bare(value: str, name: str = "") -> object:
    """What a value says, without the ways of writing it."""
    if name == "Date":
        try:
            return parsedate_to_datetime(value).astimezone(UTC).replace(microsecond=0)
        except ValueError:
            return value.strip()
    if name in ("", "From", "To", "Cc"):
        return _words(value)
    return " ".join(value.split())
