"""Addresses of our pages and of Datasette's own, for one case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol
from urllib.parse import quote, urlencode

from evidence_db.store.tables.schema import table_of

if TYPE_CHECKING:
    from datasette.app import Datasette

STATIC = "-/evidence"


class To(Protocol):
    """What pages need of addresses beyond their templates, which need all methods of `Links`."""

    is_served: ClassVar[bool]
    """Whether a server answers at the addresses; else they are names of files (`site/`)."""

    def record(self, reference: object) -> str:
        """One record, by its id."""

    def claim(self, reference: object, id_: object = None) -> str:
        """One claim, by its short name or id."""

    def document(self, reference: object, *, at: int | None = None) -> str:
        """One preserved file, by the id of its record, at a character of its text."""

    def picture(self, digest: str, of: int) -> str:
        """The picture of a passage."""

    def of(self, kind: str, reference: object) -> str:
        """The page that shows most of a record of this kind."""

    def entry(self, index: int) -> str:
        """One entry of the log."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses for one database of a Datasette, which may be served below a prefix."""

    is_served: ClassVar[bool] = True
    whose: ClassVar[str] = "whoever serves this"
    """Whose key a checkpoint was signed with that was signed with the user's own."""

    datasette: Datasette
    database: str
    _start: str = field(init=False)

    def __post_init__(self) -> None:
        """A page has hundreds of addresses, and they begin alike."""
        object.__setattr__(self, "_start", f"{self.datasette.urls.database(self.database)}/-/")

    def page(self, path: str, **query: object) -> str:
        """A page of ours, such as `log/3`, with those query parameters that have a value."""
        given = {name: value for name, value in query.items() if value not in (None, "")}
        start = f"{self._start}{path}"
        return f"{start}?{urlencode(given)}" if given else start

    def claims(self, **query: object) -> str:
        """The claims of the case."""
        return self.page("claims", **query)

    def claim(self, reference: object, id_: object = None) -> str:
        """One claim, by its short name or id; by `id_` if it has no short name."""
        return self.page(f"claim/{_part(reference or id_)}")

    def record(self, reference: object) -> str:
        """One record, by its id."""
        return self.page(f"record/{_part(reference)}")

    def document(self, reference: object, **query: object) -> str:
        """One preserved file, by the id of its record, or a part of it."""
        return self.page(f"document/{_part(reference)}", **query)

    def file(self, reference: object, _digest: object) -> str:
        """The file itself, by the id of its record and its BLAKE3."""
        return self.page(f"file/{_part(reference)}")

    def picture(self, digest: str, of: int) -> str:
        """The picture of a passage, by its BLAKE3 and the entry of the passage."""
        return self.page(f"picture/{digest}", of=of)

    def of(self, kind: str, reference: object) -> str:
        """The page that shows most of a record of this kind."""
        if kind == "claim":
            return self.claim(reference)
        return self.document(reference) if kind == "artifact" else self.record(reference)

    def entry(self, index: int) -> str:
        """One entry of the log."""
        return self.page(f"log/{index}")

    def log(self, **query: object) -> str:
        """The log."""
        return self.page("log", **query)

    def withheld(self, start: int | None = None) -> str:
        """What an edition withholds, or its records from an entry on."""
        return self.page("withheld", **{"from": start})

    def search(self, **query: object) -> str:
        """The search."""
        return self.page("search", **query)

    def tables(self) -> str:
        """Datasette's own page of the database."""
        return str(self.datasette.urls.database(self.database))

    def row(self, kind: str, index: int) -> str:
        """Datasette's own page of a record."""
        return str(self.datasette.urls.row(self.database, table_of(kind), str(index)))

    def static(self, name: str) -> str:
        """One of our static files."""
        return static(self.datasette, name)


def static(datasette: Datasette, name: str) -> str:
    """One of our static files."""
    return str(datasette.urls.path(f"{STATIC}/{name}"))


def _part(reference: object) -> str:
    return quote(str(reference), safe="@")
