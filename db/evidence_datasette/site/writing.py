"""Templates become files of an edition, one page after the other."""

from __future__ import annotations

import time
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader

from evidence_datasette.answering.page import View
from evidence_datasette.filters import FILTERS
from evidence_datasette.site.cards import cards
from evidence_datasette.site.index import Index
from evidence_datasette.site.links import FileLinks
from evidence_datasette.site.pages import pages
from evidence_datasette.site.published import Published
from evidence_db.case import Case

if TYPE_CHECKING:
    from evidence_datasette.site.file_page import FilePage
    from evidence_db.publishing.writing.order import Unsealed

STATIC = ("evidence.css", "claim.css", "site.css", "mark.svg", "site-search.js")


def write(edition: Unsealed, address: str | None = None) -> None:
    """Write all pages of an edition that is not sealed yet.

    Raises:
        StorageError: the edition can't be read, or the pages can't be written.
    """
    case = Case.unsigned(edition.path)
    with case.reader() as reader, Index() as index:
        site = _Site(edition, Published(case, reader, edition.said))
        for name in STATIC:
            file = resources.files("evidence_datasette") / "static" / name
            edition.put(f"static/{name}", file.read_bytes())
        total = reader.size()
        for page in pages(site.known, site.view):
            site.put(page)
            for name, one in page.found.items():
                index.add(name, one)
            edition.progress("pages", min(page.done, total), total)
        for name, data in cards(site.known, address):
            edition.put(name, data)
        for name, data in index.files():
            edition.put(f"search/{name}", data)
        site.put(index.page())


class _Site:
    def __init__(self, edition: Unsealed, known: Published) -> None:
        self._put = edition.put
        self.known = known
        self._shared = {
            "info": known.reader.info(),
            "now": time.strptime(edition.said["made"], "%Y-%m-%dT%H:%M:%SZ"),
            "as_json": None,
            "as_jsonld": None,
        }
        self._environment = Environment(
            loader=PackageLoader("evidence_datasette", "templates"), autoescape=True
        )
        self._environment.filters.update(FILTERS)

    def view(self, name: str, reference: str = "", **query: object) -> View:
        """What the functions of pages get, for the page of this name."""
        known = self.known
        asked = {key: str(value) for key, value in query.items()}
        parts = {"reference": reference}
        return View(known.case, known.reader, FileLinks(known, name), parts, asked)

    def put(self, page: FilePage) -> None:
        """Write a page."""
        context: dict[str, Any] = self._shared | {
            "to": FileLinks(self.known, page.name),
            "here": page.here,
            "asked": page.asked,
            "data": page.data,
        }
        html = self._environment.get_template(f"evidence/{page.template}").render(context)
        self._put(page.name, html.encode())
