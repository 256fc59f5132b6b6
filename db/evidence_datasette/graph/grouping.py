"""Which records of a claim with many are drawn as one, and which of these groups are opened.

A group is named by the entry of its first link, and what is left over by its relation, so that an
address that opens it means the same as long as nothing is recorded.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_datasette.graph.outcomes import standings

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

Json = dict[str, Any]

ROWS = 10
"""Rows of one relation, when there are more records than can be drawn by themselves."""
OPENED = 60
"""Rows of one relation, when what is left over is opened."""


class Drawn(NamedTuple):
    """The rows of one relation."""

    rows: list[list[Json]]
    """Links that are drawn as one, for each row."""
    rest: list[Json]
    """What a last row stands for."""


def rows_of(links: list[Json], opened: Container[str]) -> Drawn:
    """The rows of one relation, of which there are too many to be drawn each by itself.

    Args:
        links: Those of the relation.
        opened: The names of the groups whose records are drawn each by itself.
    """
    groups = _groups(links)
    most = OPENED if links and rest_name(links) in opened else ROWS
    kept, rest = groups[:most], groups[most:]
    if len(rest) == 1:
        kept, rest = groups, []
    ordered = sorted(kept, key=by_origin(kept))
    rows = [row for group in ordered for row in _opened(group, opened)]
    return Drawn(rows, [link for group in rest for link in group])


def name_of_group(links: list[Json]) -> str:
    """What an address opens a group by."""
    return str(links[0]["index"])


def rest_name(links: list[Json]) -> str:
    """The same of what is left over of a relation."""
    return f"rest-{links[0]['relation']}"


def _opened(group: list[Json], opened: Container[str]) -> list[list[Json]]:
    is_open = len(group) > 1 and name_of_group(group) in opened
    return [[link] for link in group] if is_open else [group]


def _groups(links: list[Json]) -> list[list[Json]]:
    """Links that are drawn as one: those of one file, else those of one origin."""
    by_file = _alike(links, of_one_file=True)
    return by_file if len(by_file) <= ROWS else _alike(links, of_one_file=False)


def _alike(links: list[Json], *, of_one_file: bool) -> list[list[Json]]:
    """Links with the same origins and the same standing, together; the largest groups first."""
    groups: dict[Any, list[Json]] = {}
    for link in links:
        groups.setdefault(_drawn_as(link, of_one_file=of_one_file), []).append(link)
    return sorted(groups.values(), key=len, reverse=True)


def _drawn_as(link: Json, *, of_one_file: bool) -> Any:  # noqa: ANN401
    record = link["record"]
    if record["kind"] == "claim":
        return link["index"]
    document = document_id(record) if of_one_file else None
    roots = tuple(root["id"] for root in record["roots"])
    return document, roots, tuple(standings(link)), link["counts"]


def document_id(record: Json) -> str | None:
    """The id of the file that a record stands in; `None` if that is withheld."""
    return str(record["document"]["id"]) if record["document"] else None


def by_origin(groups: list[list[Json]]) -> Callable[[list[Json]], int]:
    """Sorts rows that lean on one origin beside each other, the most leaned on first."""
    leaning = Counter(_first_root(group[0]) for group in groups)
    order = {root: place for place, (root, _) in enumerate(leaning.most_common())}
    return lambda group: order[_first_root(group[0])]


def _first_root(link: Json) -> str:
    for leaf in leaves(link):
        return str(leaf["roots"][0]["id"])
    return str(link["id"])


def leaves(link: Json) -> Iterator[Json]:
    """The evidence of a link: its record, or what supports its claim and counts."""
    if link["record"]["kind"] != "claim":
        yield link["record"]
        return
    for further in link["chain"]:
        if further["relation"] == "supports" and further["counts"]:
            yield from leaves(further)
