"""What an e-mail gives away in its header: where it was written, with what, and who got it, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract.message.decoding import decode_header
from evidence_chain.extract.message.mime import content, leaves, parse
from evidence_chain.extract.sniffing import HTML
from evidence_chain.inspect import web
from evidence_chain.inspect.finding import Finding
from evidence_chain.inspect.patterns import in_house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_ADDRESS = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|\bIPv6:[0-9a-fA-F:.]{3,45}|\[[0-9a-fA-F]*:[0-9a-fA-F:]{2,45}\]"
)
_ORIGINS = (
    *("x-originating-ip", "x-sender-ip", "x-client-ip", "x-source-ip", "x-remote-ip", "x-aol-ip"),
    *("x-yahoo-newman-property-ip", "x-mdremoteip", "x-forwarded-for", "x-authenticated-ip"),
)
_LOGINS = (
    "x-authenticated-sender",
    "x-authenticated-user",
    "x-authenticated-user-id",
    "x-sender-id",
)
_CLIENTS = ("user-agent", "x-mailer", "x-mailer-version", "x-mimeole")
_BLIND = ("bcc", "resent-bcc", "apparently-to", "x-bcc")
_LOCAL = ("127.0.0.1", "0.0.0.0", "[::1]", "IPv6:::1")  # noqa: S104 - told, not bound to


def look(data: bytes) -> tuple[list[Finding], list[str], list[tuple[str, bytes]]]:
    """What an e-mail gives away, nothing that was not looked into, and what is attached.

    Raises:
        ExtractionError: its parts are nested too deeply.
    """
    message = parse(data)
    found = list(_header(message))
    parts, unnamed = list[tuple[str, bytes]](), 0
    for part in leaves(message):
        name = part.get_filename()
        attached = part.get_content_disposition() == "attachment" or name
        if part.get_content_type() == HTML and not attached:
            markup = content(part).decode(part.get_content_charset() or "utf-8", "replace")
            found += web.in_markup(markup, "HTML part")
        elif attached or part.get_content_maintype() not in ("text", "multipart", "message"):
            unnamed += not name
            parts.append((decode_header(name) if name else f"part {unnamed}", content(part)))
    found += [Finding("attachment", "attached", name) for name, _ in parts]
    return found, [], parts


def _header(message: Message) -> Iterator[Finding]:
    received = [number for number, (name, _) in enumerate(message.items()) if _is(name, "received")]
    for number, (name, held) in enumerate(message.items()):
        value, lower = " ".join(decode_header(str(held)).split()), name.lower()
        place = f"header line {name}"
        if lower == "received":
            yield from _received(value, place, first=number == received[-1])
        elif lower in _ORIGINS:
            yield Finding("sender-address", place, value)
        elif lower in _LOGINS:
            yield Finding("login-name", place, value)
        elif lower in _CLIENTS:
            yield Finding("client", place, value)
        elif lower in _BLIND:
            yield Finding("blind-copy", place, value)
        elif lower == "message-id":
            yield from _message_id(value, place)


def _is(name: str, wanted: str) -> bool:
    return name.lower() == wanted


def _received(value: str, place: str, *, first: bool) -> Iterator[Finding]:
    """A hop: who handed it over stands before `by`; the first hop's is whoever wrote it."""
    sender = re.split(r"\bby\b", value, maxsplit=1)[0]
    addresses = [one for one in _ADDRESS.findall(sender) if one.strip() not in _LOCAL]
    if first and addresses:
        yield Finding("sender-address", f"{place} (the first)", value)
        return
    hosts = re.findall(r"[\w.-]+\.[\w-]+", value)
    if inside := [one for one in hosts if in_house(one) and one not in _LOCAL]:
        yield Finding("internal-address", place, ", ".join(dict.fromkeys(inside)))
    yield Finding("route", place, value)


def _message_id(value: str, place: str) -> Iterator[Finding]:
    host = value.strip("<> ").rpartition("@")[2]
    inside = in_house(host) or (host.isascii() and host.replace("-", "").isalnum())
    yield Finding("internal-address" if inside else "message-id", place, value)
