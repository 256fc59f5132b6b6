"""What was noted while a page was loaded: the input of those who write it, without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Exchange:
    """A request of the browser and the answer to it."""

    url: str
    at: datetime
    """When it was asked for, in UTC."""
    status: int
    reason: str
    asked: Headers
    """The headers of the request, with what tells who asked."""
    answered: Headers
    """The headers of the answer, as they were sent."""
    body: bytes | None
    """The content without its encodings; `None` if an answer of this kind has none."""
    method: str = "GET"
    address: str = ""
    """The address on the net that answered; empty if the browser doesn't say."""


@dataclass(frozen=True)
class Missing:
    """Something that belongs to the page and isn't in the archive."""

    url: str
    why: str


@dataclass(frozen=True)
class Certificate:
    """The certificates that a server showed, its own first."""

    origin: str
    pem: bytes


@dataclass
class Visit:
    """A page as it was got, and what is to be said of that."""

    asked: str
    """The address that was asked for."""
    url: str = ""
    """The address that the page had in the end."""
    at: datetime | None = None
    """When it was asked for."""
    title: str = ""
    user_agent: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What scripts, the page or the browser did that a reader must know, in sentences."""
    certificates: list[Certificate] = field(default_factory=list)
    picture: bytes = b""
    """PNG of the whole page."""
    pdf: bytes = b""
    document: str = ""
    """The page's HTML as scripts left it, where that says what no server sent."""

    @property
    def page(self) -> Exchange | None:
        """The answer that is the page itself."""
        bare = self.url.partition("#")[0]
        answers = [one for one in self.exchanges if one.url.partition("#")[0] == bare]
        whole = [one for one in answers if one.body and one.method == "GET"]
        return next(iter(whole or answers), None)

    @property
    def redirects(self) -> list[tuple[int, str]]:
        """Status and address of each step from the address asked for to the page."""
        steps = []
        for one in self.exchanges:
            if one.url.partition("#")[0] == self.url.partition("#")[0]:
                break
            if 300 <= one.status < 400:
                steps.append((one.status, one.url))
        return steps
