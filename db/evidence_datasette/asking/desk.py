"""Who may record in a browser: whoever came by the one-time link, and nobody else.

The link's secret is exchanged for a cookie once. Neither is kept on a disk: both end with the
server. Where the server isn't asked on this machine itself, the reader must have logged in, too.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from evidence_chain.digest import b3
from evidence_chain.errors import InputError
from evidence_datasette.asking.whence import is_local

if TYPE_CHECKING:
    from datasette import Request, Response
    from datasette.app import Datasette

COOKIE = "evidence_record"
SECONDS = 12 * 3600
"""How long somebody may record after they came by the link."""
LONGEST = 100
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may record."""

    name: str
    """What they said they are called; it stands in all that they record."""
    token: str = field(repr=False)
    """What each form of theirs must hold."""
    actor: dict[str, Any] | None
    until: float


class Desk:
    """The link of one server, until it is used, and who came by it."""

    def __init__(self) -> None:
        self.secret: str | None = secrets.token_urlsafe(32)
        self._holders: dict[bytes, Holder] = {}

    def fits(self, secret: str) -> bool:
        """Whether this is the secret of the link, which was not used yet."""
        return self.secret is not None and secrets.compare_digest(
            self.secret.encode(), secret.encode()
        )

    def exchange(self, request: Request, response: Response, secret: str, name: str) -> None:
        """Use the link up: the response sets a cookie by which its holder is known.

        Raises:
            InputError: the link was used already, or the name can't stand in a record.
        """
        called = " ".join(name.split())
        if not called or len(called) > LONGEST or not called.isprintable():
            raise InputError(
                f"Give your name, in at most {LONGEST} characters: it stands in what you record."
            )
        if not self.fits(secret):
            raise InputError("This link was used already, or is of another server.")
        self.secret = None
        given = secrets.token_urlsafe(32)
        until = time.monotonic() + SECONDS
        made = Holder(called, secrets.token_urlsafe(32), request.actor, until)
        self._holders[_kept(given)] = made
        response.set_cookie(
            COOKIE,
            given,
            max_age=SECONDS,
            secure=request.scheme == "https",
            httponly=True,
            samesite="strict",
        )

    def holder(self, request: Request) -> Holder | None:
        """Who asks, if they may record."""
        found = self._holders.get(_kept(request.cookies.get(COOKIE, "")))
        if found is None or found.actor != request.actor or not may_come(request):
            return None
        return found if time.monotonic() < found.until else None


def may_come(request: Request) -> bool:
    """Whether a request is of this machine, or of somebody who logged in over https."""
    return is_local(request) or bool(request.actor and request.scheme == "https")


def _kept(cookie: str) -> bytes:
    return b3(cookie.encode())


_desks: WeakKeyDictionary[Datasette, Desk] = WeakKeyDictionary()


def open_desk(datasette: Datasette) -> Desk:
    """Let a Datasette record, for who comes by the link of this desk."""
    return _desks.setdefault(datasette, Desk())


def desk_of(datasette: Datasette) -> Desk | None:
    """The desk of a Datasette, if it records."""
    return _desks.get(datasette)


def holder_of(datasette: Datasette, request: Request) -> Holder | None:
    """Who asks, if they may record here."""
    desk = desk_of(datasette)
    return None if desk is None else desk.holder(request)
