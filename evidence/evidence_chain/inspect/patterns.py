"""What leads to a person, a machine or a session, wherever it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from evidence_chain.inspect.finding import Finding
from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH = pattern(
    r"[A-Za-z]:[\\/]+(?:Users|Documents and Settings)[\\/]+[^\s\"'<>|]{1,200}"
    r"|(?<![\w.:/])/(?:home|Users)/[^\s\"'<>|]{1,200}"
    r"|file:/{2,4}(?:[A-Za-z]:|home|Users)[^\s\"'<>|]{1,200}"
    r"|(?<![\\\w])\\\\[\w.-]{1,60}\\[^\s\"'<>|]{1,200}"
)
_PRIVATE = pattern(
    r"(?<![\w.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)"
    r"\.\d{1,3}\.\d{1,3}(?![\w.])"
    r"|(?<![\w.:-])f[cd][0-9a-f]{2}:[0-9a-f:]{2,40}"
)
_IN_HOUSE = pattern(r"(?:^|\.)(?:local|lan|internal|intranet|corp|home|localdomain)$")
_SECRET = pattern(
    r"^(?:x-amz-signature|access[_-]?token|auth[_-]?token|id[_-]?token|refresh[_-]?token|token|jwt"
    r"|api[_-]?key|apikey|auth|session[_-]?id|sessionid|sid|phpsessid|jsessionid|password|passwd"
    r"|pwd|secret|client[_-]?secret|sig|signature|otp|csrf[\w-]*token|authenticity_token"
    r"|__requestverificationtoken)$"
)
_JWT = pattern(r"\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}")
_SHORTEST_SECRET = 6


def paths(text: str, place: str) -> Iterator[Finding]:
    """The paths in a text that lie in a person's folder or on a shared drive."""
    for found in dict.fromkeys(one[0] for one in _PATH.finditer(text)):
        yield Finding("path", place, found)


def private_addresses(text: str, place: str) -> Iterator[Finding]:
    """The addresses in a text that are of a network of somebody's own (RFC 1918, 3927, 4193)."""
    for found in dict.fromkeys(one[0] for one in _PRIVATE.finditer(text)):
        yield Finding("internal-address", place, found)


def in_house(host: str) -> bool:
    """Whether a host's name is of no public network."""
    name = host.strip(" .[]").lower()
    return bool(_IN_HOUSE.search(name) or _PRIVATE.fullmatch(name))


def is_secret(name: str, value: str) -> bool:
    """Whether a field of this name holds what lets somebody in."""
    return bool(_SECRET.match(name.strip().lower())) and len(value.strip()) >= _SHORTEST_SECRET


def tokens(text: str, place: str) -> Iterator[Finding]:
    """The signed tokens that stand in a text (RFC 7519)."""
    for found in dict.fromkeys(one[0] for one in _JWT.finditer(text)):
        yield Finding("token", place, found)


def in_address(address: str, place: str) -> Iterator[Finding]:
    """What an address on the web gives away: a login, a token, a machine of somebody's own."""
    try:
        parts = urlsplit(address)
        host, login = parts.hostname or "", parts.password
    except ValueError:
        return
    if login:
        yield Finding("token", place, address)
    if host and in_house(host):
        yield Finding("internal-address", place, address)
    fields = parse_qsl(parts.query, max_num_fields=None) if len(parts.query) < 1 << 16 else []
    for name, value in fields + parse_qsl(parts.fragment[: 1 << 12]):
        if is_secret(name, value):
            yield Finding("token", place, f"{name}={value}, in {address}")
    yield from paths(address, place)
