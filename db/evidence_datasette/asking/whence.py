"""Where a request comes from, as far as its headers and its connection tell."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from datasette import Request

_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def is_local(request: Request) -> bool:
    """Whether a request comes from this machine, by its name, and through no proxy."""
    client = request.scope.get("client")
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    passed_on = any(name in request.headers for name in _FORWARDED)
    return bool(client) and not passed_on and is_loopback(client[0]) and is_loopback(host)


def is_foreign(request: Request) -> bool:
    """Whether another site sent the browser here, so that the reader did not ask for it."""
    return request.headers.get("sec-fetch-site") not in (None, "none", "same-origin")


def is_told(request: Request) -> bool:
    """Whether a browser says at all where this comes from; other programs don't."""
    return "origin" in request.headers or "sec-fetch-site" in request.headers


def is_own(request: Request) -> bool:
    """Whether a page of this server sent this: both headers of the browser are to say so.

    A form of a page that tells nobody where it lies (`Referrer-Policy: no-referrer`) has the
    origin `null`, as a foreign one in a sandbox has. Then `Sec-Fetch-Site`, which no page can
    forge, must say that it is ours; browsers send that to this machine and over https alone.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if is_foreign(request) or site == "none":
        return False
    if origin in (None, "null"):
        return bool(site == "same-origin")
    return bool(origin == f"{request.scheme}://{request.host}")


def is_loopback(host: str | None) -> bool:
    """Whether an address, or a name, is this machine's own for itself."""
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"
