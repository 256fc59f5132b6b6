"""What the drawing of a claim shows: its records, the files they stand in, and their origins.

Each record is a row of its own as long as there are few; beyond that, records of one relation that
have the same origins and the same standing are drawn as one (those of one file, if that is enough),
and what is more than a drawing can hold is named in its last row. Where it all stands is up to
`layout`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain.rules import SPEAKS
from evidence_chain.text import STANDS
from evidence_datasette.graph.outcomes import Standing, standing_of, standings
from evidence_datasette.graph.timeline import date_words
from evidence_datasette.words.claim_words import (
    first_words,
    name_of,
    speaker,
    whence,
    who,
)
from evidence_datasette.words.mark_words import match_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

ALONE = 24
"""Records that are each drawn by themselves."""
ROWS = 10
"""Rows of one relation, when there are more records than that."""
PATHS = 4
"""Files and origins that one row leads to, when it is a claim with much evidence."""
MOST = 36
"""Files, or origins, that are drawn; what leads to further ones leads to one for all of them."""
REST = "rest"


@dataclass
class Node:
    """A file or an origin: one thing, to which any number of rows lead."""

    key: str
    kind: str
    """`file` or `origin`."""
    label: str
    detail: str
    reference: tuple[str, str] | None
    """Kind and id of the record, for its page."""
    standings: list[Standing] = field(default_factory=list)
    held: bool = True
    rows: list[int] = field(default_factory=list)
    leaning: set[str] = field(default_factory=set)
    """The records that lead here, by id."""


@dataclass
class Row:
    """One record that speaks to a claim, or several that are drawn as one."""

    number: int
    relation: str
    links: list[Json]
    label: str
    detail: str
    standings: list[Standing]
    counts: bool
    is_claim: bool
    paths: list[tuple[str | None, str]] = field(default_factory=list)
    """Pairs of a file, if it is disclosed, and an origin, by their keys."""

    @property
    def card(self) -> int | None:
        """The link whose card says more; `None` for what is left over."""
        return self.links[0]["index"] if self.links else None


@dataclass
class Scene:
    """Everything that is drawn."""

    rows: list[Row]
    files: dict[str, Node]
    origins: dict[str, Node]
    merged: bool
    """Whether any row stands for several records."""
    left_over: int
    """Records that only a last row stands for."""


def scene(resolved: Json) -> Scene:
    """What is to be drawn of a resolved claim."""
    return _Painter(resolved).scene


class _Painter:
    def __init__(self, resolved: Json) -> None:
        self.scene = Scene([], {}, {}, merged=False, left_over=0)
        few = len(resolved["chain"]) <= ALONE
        for relation in SPEAKS:
            links = [link for link in resolved["chain"] if link["relation"] == relation]
            groups = [[link] for link in links] if few else _groups(links)
            kept, rest = (groups, []) if few else (groups[:ROWS], groups[ROWS:])
            kept, rest = (groups, []) if len(rest) == 1 else (kept, rest)
            for group in sorted(kept, key=_by_origin(kept)):
                self._row(group)
            if rest:
                self._rest(relation, sum(map(len, rest)))

    def _row(self, links: list[Json]) -> None:
        first = links[0]
        row = Row(
            number=len(self.scene.rows),
            relation=first["relation"],
            links=links,
            label=_label(first) if len(links) == 1 else _label_of_several(links),
            detail=_detail(first) if len(links) == 1 else f"{_label(first)} and others",
            standings=standings(first),
            counts=first["counts"],
            is_claim=first["record"]["kind"] == "claim",
        )
        self.scene.merged |= len(links) > 1
        for leaf in _leaves(first):
            for root in leaf["roots"]:
                leaning = {leaf["id"]} | {link["record"]["id"] for link in links[1:]}
                self._lead(row, self._path(row, leaf, root), leaning)
        self.scene.rows.append(row)

    def _path(self, row: Row, leaf: Json, root: Json) -> tuple[str | None, str]:
        """The file and the origin that a row leads to, which are drawn if there is place."""
        path = self._file_of(row.links, leaf), str(root["id"])
        drawn = max(len(self.scene.files), len(self.scene.origins))
        if path not in row.paths and (len(row.paths) >= PATHS or drawn >= MOST):
            return self._nowhere()
        self._add_file(path[0], row.links, leaf)
        self._add_origin(root, leaf)
        return path

    def _nowhere(self) -> tuple[None, str]:
        node = Node(REST, "origin", "further origins", "in the table below", None)
        self.scene.origins.setdefault(REST, node)
        return None, REST

    def _lead(self, row: Row, path: tuple[str | None, str], leaning: set[str]) -> None:
        """Let a row lead to a file and an origin, and count the records that do."""
        file, origin = path
        nodes = [self.scene.origins[origin]] + ([self.scene.files[file]] if file else [])
        if path not in row.paths:
            row.paths.append(path)
        for node in nodes:
            node.leaning |= leaning
            if row.number not in node.rows:
                node.rows.append(row.number)

    def _rest(self, relation: str, records: int) -> None:
        """A last row for all that there is no more place for."""
        row = Row(
            number=len(self.scene.rows),
            relation=relation,
            links=[],
            label=f"{records:,} more records",
            detail="in the table below",
            standings=[],
            counts=True,
            is_claim=False,
        )
        self._lead(row, self._nowhere(), set())
        self.scene.rows.append(row)
        self.scene.left_over += records

    def _file_of(self, links: list[Json], leaf: Json) -> str | None:
        """The key of the file that a row leads to; several files of one row are one."""
        several = len(links) > 1 and len({_document_id(link["record"]) for link in links}) > 1
        return f"files-{len(self.scene.rows)}" if several else _document_id(leaf)

    def _add_file(self, key: str | None, links: list[Json], leaf: Json) -> None:
        if key is None:
            return
        document = leaf["document"]
        if document is not None and key == document["id"]:
            about = [str(document[name]) for name in ("publisher", "published") if document[name]]
            detail = " · ".join(about) or "preserved file"
            self._add(self.scene.files, document, "file", detail, held=True)
        else:
            files = {_document_id(link["record"]) for link in links} - {None}
            label = f"{len(files):,} files"
            self.scene.files[key] = Node(key, "file", label, "in the table below", None)

    def _add_origin(self, root: Json, record: Json) -> None:
        held = root["held"] or root["kind"] != "original"
        self._add(self.scene.origins, root, "origin", whence(root, record), held=held)

    def _add(
        self, nodes: dict[str, Node], part: Json, kind: str, detail: str, *, held: bool
    ) -> None:
        if (id_ := part["id"]) not in nodes:
            reference = (part["kind"], id_)
            node = Node(id_, kind, name_of(part), detail, reference, standing_of(part), held=held)
            nodes[id_] = node


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
    document = _document_id(record) if of_one_file else None
    roots = tuple(root["id"] for root in record["roots"])
    return document, roots, tuple(standings(link)), link["counts"]


def _document_id(record: Json) -> str | None:
    return str(record["document"]["id"]) if record["document"] else None


def _by_origin(groups: list[list[Json]]) -> Any:  # noqa: ANN401
    """Sorts rows that lean on one origin beside each other, the most leaned on first."""
    leaning = Counter(_first_root(group[0]) for group in groups)
    order = {root: place for place, (root, _) in enumerate(leaning.most_common())}
    return lambda group: order[_first_root(group[0])]


def _first_root(link: Json) -> str:
    for leaf in _leaves(link):
        return str(leaf["roots"][0]["id"])
    return str(link["id"])


def _leaves(link: Json) -> Iterator[Json]:
    """The evidence of a link: its record, or what supports its claim and counts."""
    if link["record"]["kind"] != "claim":
        yield link["record"]
        return
    for further in link["chain"]:
        if further["relation"] == "supports" and further["counts"]:
            yield from _leaves(further)


def _label(link: Json) -> str:
    record = link["record"]
    if record["kind"] == "claim":
        gone = "was erased" if record.get("erased") else "is withheld"
        return str(record["statement"] or f"a claim whose statement {gone}")
    kind = _kind(record)
    if record["text"] is None:
        kind = f"{'an erased' if record.get('erased') else 'a withheld'} {kind}"
    return speaker(record) or first_words(record) or who(record) or kind


def _label_of_several(links: list[Json]) -> str:
    """How many they are, and who published the file or is called so: `6 records · Breitbart`."""
    documents = [link["record"].get("document") or {} for link in links]
    called = {str(one.get("publisher") or one.get("title") or "") for one in documents} - {""}
    number = f"{len(links):,} records"
    return f"{number} · {called.pop()}" if len(called) == 1 else number


def _detail(link: Json) -> str:
    record = link["record"]
    if record["kind"] == "claim":
        return f"claim, {record['status']}"
    match = match_of(record).get("status")
    edited = str(match) if match in STANDS[1:] else ""
    parts = (_kind(record), date_words(record["fields"].get("date")), edited)
    return " · ".join(part for part in parts if part)


def _kind(record: Json) -> str:
    return str(record["kind"]).removeprefix("evidence/").replace("-", " ")
