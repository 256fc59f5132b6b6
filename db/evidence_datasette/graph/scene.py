"""What the drawing of a claim shows: its records, the files they stand in, and their origins.

Each record is a row of its own as long as there are few; beyond that, records of one relation that
have the same origins and the same standing are drawn as one (those of one file, if that is enough),
and what is more than a drawing can hold is named in its last row. Where it all stands is up to
`layout`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain.rules import SPEAKS
from evidence_chain.text import STANDS
from evidence_datasette.graph.grouping import (
    by_origin,
    document_id,
    leaves,
    name_of_group,
    rest_name,
    rows_of,
)
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
    from collections.abc import Container

Json = dict[str, Any]

ALONE = 24
"""Records that are each drawn by themselves."""
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
    group: str | None = None
    """What an address opens it by, if it stands for several records."""
    hidden: list[Json] = field(default_factory=list)
    """The links that it stands for besides its own."""

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


def scene(resolved: Json, opened: Container[str] = ()) -> Scene:
    """What is to be drawn of a resolved claim; of groups that are `opened` each record."""
    return _Painter(resolved, opened).scene


class _Painter:
    def __init__(self, resolved: Json, opened: Container[str]) -> None:
        self.scene = Scene([], {}, {}, merged=False, left_over=0)
        few = len(resolved["chain"]) <= ALONE
        for relation in SPEAKS:
            links = [link for link in resolved["chain"] if link["relation"] == relation]
            each = [[link] for link in links]
            rows, rest = (sorted(each, key=by_origin(each)), []) if few else rows_of(links, opened)
            for row in rows:
                self._row(row)
            if rest:
                self._rest(rest, is_open=rest_name(rest) in opened)

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
            group=name_of_group(links) if len(links) > 1 else None,
            hidden=links[1:],
        )
        self.scene.merged |= len(links) > 1
        for leaf in leaves(first):
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

    def _rest(self, links: list[Json], *, is_open: bool) -> None:
        """A last row for all that there is no more place for."""
        row = Row(
            number=len(self.scene.rows),
            relation=links[0]["relation"],
            links=[],
            label=f"{len(links):,} more records",
            detail="in the table below" if is_open else "open them",
            standings=[],
            counts=True,
            is_claim=False,
            group=None if is_open else rest_name(links),
            hidden=links,
        )
        self._lead(row, self._nowhere(), set())
        self.scene.rows.append(row)
        self.scene.left_over += len(links)

    def _file_of(self, links: list[Json], leaf: Json) -> str | None:
        """The key of the file that a row leads to; several files of one row are one."""
        several = len(links) > 1 and len({document_id(link["record"]) for link in links}) > 1
        return f"files-{len(self.scene.rows)}" if several else document_id(leaf)

    def _add_file(self, key: str | None, links: list[Json], leaf: Json) -> None:
        if key is None:
            return
        document = leaf["document"]
        if document is not None and key == document["id"]:
            about = [str(document[name]) for name in ("publisher", "published") if document[name]]
            detail = " · ".join(about) or "preserved file"
            self._add(self.scene.files, document, "file", detail, held=True)
        else:
            files = {document_id(link["record"]) for link in links} - {None}
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
