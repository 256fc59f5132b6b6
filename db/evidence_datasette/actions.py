"""Links from Datasette's own pages to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from markupsafe import Markup

from evidence_datasette.answering import compat
from evidence_datasette.answering.cases import case_databases, is_case
from evidence_datasette.answering.links import Links
from evidence_datasette.words.shown_text import is_hostile, shown
from evidence_db.store.tables.schema import READABLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from datasette.app import Datasette

Action = dict[str, str]
SHORT = 40
"""Characters of JSON that are shown before it is unfolded."""
LONGEST = 2048
"""Characters of a cell that are shown where it has to be written otherwise, as Datasette does."""


@hookimpl
def menu_links(datasette: Datasette, actor: compat.Actor) -> Callable[[], Awaitable[list[Action]]]:
    """The claims of each case that somebody may see, in the menu of every page."""

    async def links() -> list[Action]:
        cases = case_databases(datasette)
        names = [n for n in cases if not await compat.forbidden(datasette, actor, n, ())]
        several = len(names) > 1
        return [
            _action(Links(datasette, name).claims(), f"Claims of {name}" if several else "Claims")
            for name in names
        ]

    return links


@hookimpl
def database_actions(datasette: Datasette, database: str) -> list[Action]:
    """Claims, search and log of a case."""
    if not is_case(datasette, database):
        return []
    to = Links(datasette, database)
    return [
        _action(to.claims(), "Claims and what they rest on"),
        _action(to.search(), "Search claims, passages and documents"),
        _action(to.log(), "The log and its checkpoints"),
    ]


@hookimpl
def table_actions(datasette: Datasette, database: str, table: str) -> list[Action]:
    """The page of ours that shows what this table has."""
    if not is_case(datasette, database):
        return []
    to = Links(datasette, database)
    if table in ("entry", "checkpoint"):
        return [_action(to.log(), "The log, with the proof of each entry")]
    return [_action(to.claims(), "Claims and what they rest on")] if table in READABLE else []


@hookimpl(optionalhook=True)
def row_actions(
    datasette: Datasette, database: str, table: str, row: Mapping[str, Any]
) -> list[Action]:
    """The page of ours about a record (Datasette 1.0)."""
    if table not in (*READABLE, "entry") or not is_case(datasette, database):
        return []
    to = Links(datasette, database)
    index = _index(row)
    kind = row["kind"] if table == "entry" else table
    return [
        _action(to.of(kind, f"@{index}"), "This record with what it is linked to"),
        _action(to.entry(index), "Its proof in the log"),
    ]


@hookimpl
def render_cell(
    datasette: Datasette,
    database: str,
    table: str,
    column: str,
    value: Any,  # noqa: ANN401
    row: Any,  # noqa: ANN401
) -> Markup | None:
    """A claim's short name, a file's name and an entry's id lead to our pages.

    What reorders or hides a line is shown as its code point, as on our pages.
    """
    if column in _FOLDED and isinstance(value, str) and is_case(datasette, database):
        return _folded(value)
    if table is None:
        return _led(datasette, database, column, value) or _visible(datasette, database, value)
    named = _LEADS.get((table, column))
    if named is None or not isinstance(value, str) or not is_case(datasette, database):
        return _visible(datasette, database, value)
    href = Links(datasette, database).of(named, f"@{_index(row)}")
    return Markup('<a href="{}">{}</a>').format(href, shown(value))


def _folded(value: str) -> Markup:
    """JSON, folded where it is long; of a very long one, its beginning."""
    if len(value) <= SHORT:
        return shown(value)
    cut = value[:LONGEST] + ("…" if len(value) > LONGEST else "")
    return Markup("<details><summary>{}…</summary>{}</details>").format(
        shown(value[:SHORT]), shown(cut)
    )


def _visible(datasette: Datasette, database: str, value: Any) -> Markup | None:  # noqa: ANN401
    """A text that would be shown otherwise than it is; of a long one, its beginning."""
    if not isinstance(value, str) or not is_hostile(value) or not is_case(datasette, database):
        return None
    cut = value[:LONGEST]
    return shown(cut if cut == value else f"{cut}…")


def _led(datasette: Datasette, database: str, column: str, value: Any) -> Markup | None:  # noqa: ANN401
    """A value in the answer to a query: a claim's short name, or the place of an entry."""
    named = _LED.get(column)
    if named is None or not isinstance(value, named) or not is_case(datasette, database):
        return None
    to = Links(datasette, database)
    href = to.claim(value) if column == "claim" else to.entry(value)
    return Markup('<a href="{}">{}</a>').format(href, shown(value))


_LED: dict[str, type[Any]] = {"claim": str, "entry": int, "retraction_entry": int}
"""The columns of the ready-made questions that lead to a page of ours, and their types."""
_FOLDED = frozenset(("body", "match_notes", "marks", "regions", "dkim"))
"""The columns that hold JSON."""
_LEADS = {
    ("claim", "slug"): "claim",
    ("artifact", "filename"): "artifact",
    ("evidence", "kind"): "evidence",
    ("original", "title"): "original",
    ("entry", "id"): "entry",
    ("link", "relation"): "link",
}
"""The columns that lead to a page of ours, and the kind of their record."""


def _index(row: Mapping[str, Any]) -> int:
    """The place in the log of a row, which Datasette may have given a label."""
    index = row["idx"]
    return int(index["value"] if isinstance(index, dict) else index)


def _action(href: str, label: str) -> Action:
    return {"href": href, "label": label}
