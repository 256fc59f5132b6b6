"""Addresses of our pages and of Datasette's own, for one case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from evidence_db.store.schema import table_of

if TYPE_CHECKING:
    from datasette.app import Datasette

STATIC = "-/evidence"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses for one database of a Datasette, which may be served below a prefix."""

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

    def claim(self, reference: object) -> str:
        """One claim, by its short name or id."""
        return self.page(f"claim/{_part(reference)}")

    def record(self, reference: object) -> str:
        """One record, by its id."""
        return self.page(f"record/{_part(reference)}")

    def document(self, reference: object) -> str:
        """One preserved file, by the id of its record."""
        return self.page(f"document/{_part(reference)}")

    def of(self, kind: str, reference: object) -> str:
        """The page that shows most of a record of this kind."""
        named = {"claim": self.claim, "artifact": self.document}
        return named.get(kind, self.record)(reference)

    def entry(self, index: int) -> str:
        """One entry of the log."""
        return self.page(f"log/{index}")

    def log(self, **query: object) -> str:
        """The log."""
        return self.page("log", **query)

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
