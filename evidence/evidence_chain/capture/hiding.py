"""What tells who asked, and is never written into an archive: cookies and credentials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.capture.recorded import Exchange, Headers

HIDDEN = frozenset(
    {*("cookie", "cookie2", "set-cookie", "set-cookie2", "authorization"), "proxy-authorization"}
    | {*("x-csrf-token", "x-xsrf-token", "x-api-key", "x-auth-token")}
)
"""Headers, in small letters, of which not even the value's length is written."""
_SHORTEST = 8
"""Characters of a cookie's value from which on it is looked for elsewhere."""
_SETTING = re.compile(r"\s*([^=;\s]+)=([^;]*)")


def without_secrets(headers: Headers) -> Headers:
    """The headers without those that tell who asked."""
    return [(name, value) for name, value in headers if name.lower() not in HIDDEN]


def hidden_names(exchanges: Iterable[Exchange]) -> list[str]:
    """The names of the headers that are left out."""
    found = {name.lower() for one in exchanges for name, _ in [*one.asked, *one.answered]}
    return sorted(found & HIDDEN)


def secrets_of(exchanges: Iterable[Exchange]) -> dict[str, str]:
    """The values of cookies that are long enough to tell who asked, each with its name."""
    found: dict[str, str] = {}
    for one in exchanges:
        for name, value in [*one.asked, *one.answered]:
            pieces = {"cookie": value.split(";"), "set-cookie": value.split("\n")}
            for piece in pieces.get(name.lower(), ()):
                if (set_ := _SETTING.match(piece)) and len(set_[2].strip('" ')) >= _SHORTEST:
                    found[set_[2].strip('" ')] = set_[1]
    return found


def stands_in(secret: str, exchange: Exchange) -> bool:
    """Whether a cookie's value stands in what is written of an exchange, besides its headers."""
    forms = {secret, unquote(secret)}
    shown = [*without_secrets(exchange.asked), *without_secrets(exchange.answered)]
    texts = [exchange.url, *(value for _, value in shown)]
    body = exchange.body or b""
    return any(form in text for form in forms for text in texts) or any(
        form.encode() in body for form in forms
    )
