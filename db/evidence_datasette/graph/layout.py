"""Where everything in the drawing of a claim stands, as lines, outlines and words of an SVG.

Four columns: the claim, the records that speak to it, the files they stand in, their origins. All
lengths are in units of the drawing; text is cut by an estimate of its width. What a node is, is
told by its outline and its words; colours only repeat it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from evidence_datasette.graph.scene import scene
from evidence_datasette.graph.shapes import SMALL, Box, Edge, Label, clipped, curve, wrapped
from evidence_datasette.words.shown_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence_datasette.graph.scene import Node, Row, Scene

WIDTH = 1000
_HEAD = 30
_HIGH = {"record": 46, "file": 62, "origin": 62}
_GAP = 10
_BETWEEN = 34
_LINE = 17
_LISTED = 500
"""Records of a group that are listed."""
_COLUMNS = {"claim": (1, 158), "record": (216, 256), "file": (530, 204), "origin": (790, 208)}
"""Left edge and width of each column."""
SIGNS = {"supports": "+", "contradicts": "−", "qualifies": "~"}
_HEADINGS = {
    "supports": "supports it",
    "contradicts": "contradicts it",
    "qualifies": "qualifies it",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, ready to be written as SVG."""

    width: int
    height: float
    boxes: list[Box]
    edges: list[Edge]
    labels: list[Label]
    merged: bool
    left_over: int
    groups: list[Group]
    is_opened: bool
    """Whether records are drawn each by itself that would else be drawn as one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are drawn as one."""

    name: str
    label: str
    relation: str
    links: list[dict[str, Any]]

    @classmethod
    def of(cls, row: Row) -> Group:
        """Those of a row."""
        name = row.group or f"left-{row.relation}"
        return cls(name, row.label, row.relation, [*row.links, *row.hidden][:_LISTED])


def drawing(resolved: dict[str, Any], opened: str = "") -> Drawing:
    """Lay out the drawing of a resolved claim.

    It is never higher than what `grouping.ROWS` rows of each relation need, and the records of the
    groups that are opened.

    Args:
        resolved: The claim.
        opened: The names of groups of which each record is drawn, with dots between them.
    """
    names = set(opened.split("."))
    shown = scene(resolved, names)
    records, labels, bottom = _records(shown.rows)
    high = max(bottom, _HEAD + 3.0 * _HIGH["record"])
    at = {row.number: box.middle for row, box in zip(shown.rows, records, strict=True)}
    files = _stacked(shown.files.values(), at, high)
    through = {box.key: box.middle for box in files}
    origins = _stacked(shown.origins.values(), _beyond(shown, at, through), high)
    high = max([high, *(box.top + box.height for box in (*files, *origins))]) + _GAP
    claim = _claim(resolved, [box.middle for box in records] or [high / 2], high)
    heads = ("The claim", "Records", "Files they stand in", "Where these come from")
    tops = zip(_COLUMNS.values(), heads, strict=True)
    return Drawing(
        width=WIDTH,
        height=high,
        boxes=[claim, *records, *files, *origins],
        edges=[*_to_claim(claim, shown.rows, records), *_onward(shown, records, files, origins)],
        labels=[*(Label(left, 14, words) for (left, _), words in tops), *labels],
        merged=shown.merged,
        left_over=shown.left_over,
        groups=[Group.of(row) for row in shown.rows if row.hidden],
        is_opened=bool(opened),
    )


def _records(rows: list[Row]) -> tuple[list[Box], list[Label], float]:
    """The boxes of the records, below each other, with a heading for each relation."""
    left, width = _COLUMNS["record"]
    boxes, labels, top = [], [], float(_HEAD)
    for relation, group in groupby(rows, key=lambda row: row.relation):
        labels.append(Label(left, top + 12, f"{SIGNS[relation]} {_HEADINGS[relation]}"))
        top += 22
        for row in group:
            boxes.append(_record(row, left, top, width))
            top += _HIGH["record"] + _GAP
        top += _BETWEEN - _GAP - 10
    return boxes, labels, top - _BETWEEN + _GAP


def _record(row: Row, left: float, top: float, width: float) -> Box:
    standing = [f"{one.sign} {one.words}" for one in row.standings]
    detail = " · ".join([*standing[:1], row.detail])
    names = {one.name for one in row.standings}
    classes = ("record", row.relation, *sorted(names), *(() if row.counts else ("uncounted",)))
    return Box(
        key=f"r{row.number}",
        kind="record",
        left=left,
        top=top,
        width=width,
        height=_HIGH["record"],
        lines=(clipped(row.label, width - 44), clipped(detail, (width - 44) / SMALL)),
        said=_said(f"{_HEADINGS[row.relation]}: {row.label}", row.detail, *standing),
        classes=classes,
        rows=(row.number,),
        sign=SIGNS[row.relation],
        card=row.card,
        opens=row.group,
        shape=_shape(names, "pill" if row.is_claim else "plain"),
    )


def _stacked(nodes: Iterable[Node], at: dict[int, float], high: float) -> list[Box]:
    """Boxes of files or origins, each as near as may be to the rows that lead to it."""
    placed = sorted((_mean([at[row] for row in node.rows]), node.key, node) for node in nodes)
    boxes = [_node(node, wanted) for wanted, _, node in placed]
    bottom = float(_HEAD)
    for place, box in enumerate(boxes):
        below = (len(boxes) - place) * (box.height + _GAP)
        top = max(bottom, min(box.top, high - below))
        boxes[place] = replace(box, top=top)
        bottom = top + box.height + _GAP
    return boxes


def _node(node: Node, middle: float) -> Box:
    left, width = _COLUMNS[node.kind]
    standing = [f"{one.sign} {one.words}" for one in node.standings]
    leaning = len(node.leaning)
    count = f"{leaning:,} record{'s' * (leaning != 1)}" if leaning else ""
    details = [*standing[:1], *([count] if leaning > 1 else []), node.detail]
    names = {one.name for one in node.standings} | ({"not-held"} if not node.held else set())
    many = ("leaned",) if leaning > 1 else ()
    return Box(
        key=node.key,
        kind=node.kind,
        left=left,
        top=middle - _HIGH[node.kind] / 2,
        width=width,
        height=_HIGH[node.kind],
        lines=(
            *wrapped(node.label, width - 26, most=2),
            clipped(" · ".join(details), (width - 26) / SMALL),
        ),
        said=_said(f"{node.kind}: {node.label}", node.detail, *standing, count),
        classes=(node.kind, *sorted(names), *many),
        rows=tuple(node.rows),
        reference=node.reference,
        shape=_shape(names, "sheet" if node.kind == "file" else "pill"),
    )


def _claim(resolved: dict[str, Any], middles: Sequence[float], high: float) -> Box:
    left, width = _COLUMNS["claim"]
    gone = "was erased" if resolved["claim"].get("erased") else "is withheld"
    statement = resolved["claim"]["statement"] or f"The statement {gone}"
    lines = wrapped(str(statement), width - 22, most=8)
    height = (len(lines) + 1) * _LINE + 24
    ended = resolved["claim"]["ended"]
    status = str(resolved["status"])
    return Box(
        key="claim",
        kind="claim",
        left=left,
        top=min(max(_HEAD, _mean(middles) - height / 2), max(_HEAD, high - height - _GAP)),
        width=width,
        height=height,
        lines=(*lines, ended["how"] if ended else status),
        said=_said(f"The claim: {statement}", status, ended["how"] if ended else ""),
        classes=("claim", status, *(("ended",) if ended else ())),
    )


def _beyond(shown: Scene, at: dict[int, float], through: dict[str, float]) -> dict[int, float]:
    """Where the origins of each row are best placed: between the row and its files."""
    return {
        row.number: _mean([at[row.number], *(through[file] for file, _ in row.paths if file)])
        for row in shown.rows
    }


def _to_claim(claim: Box, rows: list[Row], records: list[Box]) -> list[Edge]:
    """A line for each record, side by side where they reach the claim."""
    room = claim.height - 20
    edges = []
    for place, (row, box) in enumerate(zip(rows, records, strict=True)):
        top = claim.top + 10 + room * (place + 0.5) / len(rows)
        classes = (row.relation, *(() if row.counts else ("uncounted",)))
        path = curve((claim.departure[0], top), box.arrival)
        edges.append(Edge(path, classes, (row.number,), _thick(len(row.links))))
    return edges


def _onward(shown: Scene, records: list[Box], files: list[Box], origins: list[Box]) -> list[Edge]:
    """Lines from records to files, and from files to origins; as thick as many go there."""
    file, origin = ({box.key: box for box in boxes} for boxes in (files, origins))
    lines: dict[tuple[Box, Box], set[int]] = {}
    weights: Counter[tuple[Box, Box]] = Counter()
    for row, box in zip(shown.rows, records, strict=True):
        for through, root in row.paths:
            steps = [box, *([file[through]] if through else []), origin[root]]
            for line in pairwise(steps):
                if row.number not in lines.setdefault(line, set()):
                    weights[line] += max(1, len(row.links))
                lines[line].add(row.number)
    counting = {row.number for row in shown.rows if row.counts}
    return [
        Edge(
            curve(one.departure, other.arrival),
            ("onward", *(() if rows & counting else ("uncounted",))),
            tuple(sorted(rows)),
            _thick(weights[one, other]),
        )
        for (one, other), rows in lines.items()
    ]


def _shape(names: set[str], usual: str) -> str:
    return "cut" if "failed" in names else usual


def _thick(records: int) -> float:
    return min(1.5 + 0.9 * (records - 1), 9) if records else 1.5


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0


def _said(*parts: str) -> str:
    return plain(" · ".join(" ".join(part.split()) for part in parts if part))


FILTERS = {"drawing": drawing}
