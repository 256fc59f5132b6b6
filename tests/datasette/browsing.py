"""A case as somebody with a browser sees it: Datasette in this process, without a network."""

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import evidence_datasette
from cases import CaseDir
from evidence_datasette.answering.compat import IS_1, configuration
from evidence_db.publishing.writing.metadata import packaged

PAGES = (
    "claims",
    "claim/board-knew",
    "record/board-knew",
    "record/@1",
    "document/@1",
    "search",
    "search?q=recordings",
    "log",
    "log/3",
)
SQL = "/evidence/-/query.json" if IS_1 else "/evidence.json"


@dataclass
class Site:
    """A Datasette that serves a case."""

    case: CaseDir
    datasette: Any
    loop: Any = field(default_factory=asyncio.new_event_loop)

    def ask(self, path, code=200, **more):
        """Get a page; `code` is the status that it has to have, or one of them."""
        response = self.loop.run_until_complete(self.datasette.client.get(path, **more))
        codes = code if isinstance(code, tuple) else (code,)
        assert response.status_code in codes, response.text
        return response

    def text(self, path, code=200):
        return self.ask(path, code).text

    def json(self, path, code=200):
        return self.ask(path, code).json()

    def rows(self, path):
        return self.json(f"{path}{'&' if '?' in path else '?'}_shape=array")

    def page(self, path):
        page = Page()
        page.feed(self.text(path))
        return page

    def close(self):
        for database in self.datasette.databases.values():
            database.close()
        self.datasette.executor.shutdown()
        self.loop.close()


class Page(HTMLParser):
    """What a browser would make of a page: its tags, attributes and text."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.marked, self.words = [], [], [], ""
        self._in_mark = False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._in_mark = tag == "mark"

    def handle_endtag(self, tag):
        self._in_mark = False

    def handle_data(self, data):
        self.words += data
        if self._in_mark:
            self.marked.append(data)

    @property
    def links(self):
        return [value for _, name, value in self.attributes if name == "href"]

    @property
    def text(self):
        return " ".join(self.words.split())


def custom(files, own):
    """A Datasette of these databases, with parts of the metadata in others' place.

    What is `...` is left out.
    """
    from datasette.app import Datasette
    from datasette.plugins import pm

    if not pm.is_registered(evidence_datasette):
        pm.register(evidence_datasette, "evidence")
    described = packaged()
    whole = described["databases"]["evidence"] | own
    described["databases"]["evidence"] = {k: v for k, v in whole.items() if v is not ...}
    if own.get("allow_sql") is ...:
        described["settings"]["default_allow_sql"] = True
    return Datasette([str(path) for path in files], **configuration(described))
