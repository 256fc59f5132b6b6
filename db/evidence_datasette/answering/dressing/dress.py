"""Datasette's own pages of a case in the dress of ours, and so that everybody can use them.

Their templates differ between the versions of Datasette, so what they made is changed: markup that
both versions write, found by what it is. Whatever a case says in it is escaped, so that nothing of
it is taken for markup here.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from datasette import hookimpl
from datasette.utils import tilde_decode
from markupsafe import Markup

from evidence_datasette.answering.cases import case_databases, is_case
from evidence_datasette.answering.links import Links, static
from evidence_db.store.tables.schema import READABLE

if TYPE_CHECKING:
    from datasette.app import Datasette

_CALLED = {
    "_filter_column": "Column",
    "_filter_op": "Comparison",
    "_filter_value": "Value",
    "_sort": "Sort by",
    "_where": "Condition",
}
"""What the parts of the form above a table are for."""
_PART = re.compile(rf'<(?:select|input type="text") (?=name="({"|".join(_CALLED)})(?:_\d+)?")')
_CROSS = re.compile(r'<a (?=href="[^"]*" class="cross">)')
_TABLE = re.compile(r'<table class="rows-and-columns.*?</table>', re.DOTALL)
_BODY = re.compile(r'(<t([dh]) [^>]*class="col-body[ "][^>]*>.*?</t\2>)(.*?)(?=</tr>)', re.DOTALL)
_NARROW = re.compile(
    r'(\.rows-and-columns td:nth-of-type\()\d+(\):before \{ content: ")([^"\n]*)("; \})'
)
"""How each column is called where the window is narrow."""
_COLUMNS = re.compile(r'<dl class="column-descriptions">.*?</dl>', re.DOTALL)
_FOLDED = '<details class="columns-of-table"><summary>What the columns are</summary>{}</details>'


@hookimpl
def extra_css_urls(datasette: Datasette, database: str | None) -> list[str]:
    """The style sheet of Datasette's own pages of a case, and of the page that lists databases."""
    ours = is_case(datasette, database) if database else bool(case_databases(datasette))
    return [static(datasette, "tables.css")] if ours else []


def sheet() -> bytes:
    """That style sheet: ours for our own pages, which gives way to Datasette's, and the dress."""
    there = resources.files("evidence_datasette") / "static"
    ours, dress = ((there / name).read_bytes() for name in ("evidence.css", "dress.css"))
    return b"@layer ours {\n%s}\n%s" % (ours, dress)


def dressed(html: str, datasette: Datasette, path: str) -> str:
    """A page of Datasette's with names for what is filled in, and ways back to our pages."""
    html = html.replace("<html>", '<html lang="en">', 1)
    html = _PART.sub(lambda found: f'{found[0]}aria-label="{_CALLED[found[1]]}" ', html)
    html = _CROSS.sub('<a aria-label="Remove this filter" ', html)
    html = _COLUMNS.sub(lambda found: _FOLDED.format(found[0]), html, count=1)
    table = _TABLE.search(html)
    if table and _BODY.search(table[0]):
        last = _BODY.sub(r"\3\1", table[0])
        html = _renamed(html[: table.start()]) + last + html[table.end() :]
    return _led(html, datasette, path)


def _renamed(head: str) -> str:
    """The names of columns in a narrow window, once `body` is the last of them."""
    names = [found[3] for found in _NARROW.finditer(head)]
    order = sorted(names, key=lambda name: name == "body")
    numbered = iter(enumerate(order, 1))

    def named(found: re.Match[str]) -> str:
        number, name = next(numbered)
        return f"{found[1]}{number}{found[2]}{name}{found[4]}"

    return _NARROW.sub(named, head)


def _led(html: str, datasette: Datasette, path: str) -> str:
    """With the links of our pages at its head, and those of a record below its title."""
    base = datasette.setting("base_url")
    parts = [tilde_decode(part) for part in path.removeprefix(base).strip("/").split("/")]
    if not is_case(datasette, parts[0]):
        return html
    to = Links(datasette, parts[0])
    html = re.sub(r"<body[^>]*>", lambda found: found[0] + str(_nav(to)), html, count=1)
    if len(parts) != 3 or not parts[2].isdecimal() or parts[1] not in (*READABLE, "entry"):
        return html
    return html.replace("</h1>", f"</h1>{_row(to, parts[1], int(parts[2]))}", 1)


def _nav(to: Links) -> Markup:
    ways = {"Claims": to.claims(), "Search": to.search(), "Log": to.log(), "Tables": to.tables()}
    one = Markup('<li><a href="{}">{}</a></li>')
    links = Markup("").join(one.format(href, name) for name, href in ways.items())
    return Markup('<nav class="of-case" aria-label="This case"><ul>{}</ul></nav>').format(links)


def _row(to: Links, table: str, index: int) -> Markup:
    shown = {"claim": "This claim, and what it rests on", "artifact": "This document with its text"}
    name = shown.get(table, "This record, and what it is linked to")
    return Markup('<p class="of-record"><a href="{}">{}</a> · <a href="{}">{}</a></p>').format(
        to.of(table, f"@{index}"), name, to.entry(index), "its proof in the log"
    )
