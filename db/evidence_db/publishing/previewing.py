"""What an edition would disclose, before it is made: every record and field, claim by claim."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.entry import RECORDED
from evidence_chain.kinds import label_of
from evidence_db.publishing.asking import Request, select
from evidence_db.publishing.gate.withheld_lines import WithheldLines
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.selection import all_claims
from evidence_db.publishing.shown_before import SHOWN, shown_before
from evidence_db.publishing.withholding.gathering import every_record, withholding
from evidence_db.publishing.withholding.hints import Told, Warn, warnings
from evidence_db.publishing.withholding.in_words import Hidden, sentences
from evidence_db.reading.references import find_claim
from evidence_db.resolving.resolution import rests_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evidence_db.case import Case
    from evidence_db.publishing.gate.gate import Line
    from evidence_db.publishing.withholding.closure import Withheld
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """One record, and what would be disclosed of it."""

    told: Told
    how: str
    """`disclosed`, `partly` or `withheld`, as edition.json counts it."""
    withheld: Mapping[str, tuple[str, int | None]]
    """The fields that are withheld, with the reason, and the record that they go with."""
    reason: str | None
    """Why something is withheld, as edition.json has it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A claim, or all that bears on none, with its records."""

    claim: int | None
    records: Sequence[int]
    counts: Mapping[str, int]
    instead: Sequence[str]
    """What a reader sees in the place of what is withheld, in sentences."""


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it."""

    rows: Mapping[int, Row]
    parts: Sequence[Part]
    counts: Mapping[str, int]
    selection: Selection
    lines: Sequence[Line]
    """What the gate says of what is withheld."""
    warnings: Sequence[Warn]


def preview(case: Case, request: Request) -> Preview:
    """What an edition would disclose, and what to look at before it is made. Verifies nothing.

    Raises:
        InputError: a reference names nothing, or the policy can't be read.
        FormatError: the database has what is no record.
    """
    policy = read_policy(case.root)
    with case.reader() as reader:
        found = withholding(reader, policy.withhold, policy.everywhere)
        selection = select(case, reader, policy, request, found)
        rows = {row.told.known.index: row for row in _rows(reader, selection, found.withheld)}
        parts = list(_parts(reader, selection, rows))
        wanted = {find_claim(reader, one).index for one in request.claims}
        lines = WithheldLines(case, reader, selection)
        told = [*lines.statements(wanted), *lines.passages(request.despite)]
        every = (row.told for row in rows.values())
        hints = [
            *warnings(every, selection.withheld),
            *(
                Warn(SHOWN, one.index, one.sentence)
                for one in shown_before(case.root, reader, selection.withheld)
            ),
        ]
    return Preview(rows, parts, _counts(rows.values()), selection, told, hints)


def _rows(reader: Reader, selection: Selection, causes: Withheld) -> Iterable[Row]:
    for known, body in every_record(reader):
        shown = frozenset(selection.names(known.index, known.sealed))
        lacking = known.sealed - shown - set(selection.everywhere)
        told = shown - set(selection.everywhere)
        how = "disclosed" if not lacking else "partly" if told else "withheld"
        why = {name: _why(selection, causes, known.index, name) for name in sorted(lacking)}
        reason = selection.reason_for(known.index, sorted(lacking)) if lacking else None
        yield Row(Told(known, body, shown), how, why, reason)


def _why(selection: Selection, causes: Withheld, index: int, name: str) -> tuple[str, int | None]:
    cause = causes.get(index, {}).get(name)
    return (selection.reason, None) if cause is None else (cause.reason, cause.of)


def _parts(reader: Reader, selection: Selection, rows: Mapping[int, Row]) -> Iterable[Part]:
    """The published claims, then what bears on none of them."""
    seen: set[int] = set()
    for claim in all_claims(reader):
        if not selection.names(claim, ["statement"]):
            continue
        graph = reader.graph(claim)
        records = [index for index in rests_on(graph) if index in rows]
        seen.update(records)
        speaking = {link.from_: link.relation for link in graph.links if link.to == claim}
        yield _part(claim, records, rows, speaking)
    yield _part(None, [index for index in rows if index not in seen], rows, {})


def _part(
    claim: int | None, records: Sequence[int], rows: Mapping[int, Row], speaking: Mapping[int, str]
) -> Part:
    mine = [rows[index] for index in records]
    hidden = [
        Hidden(
            speaking.get(row.told.known.index, ""),
            label_of(row.told.known.kind),
            None if row.how == "withheld" else tuple(row.withheld),
            row.reason or "",
            tuple(sorted(row.told.shown - RECORDED)),
        )
        for row in mine
        if row.how != "disclosed"
    ]
    return Part(claim, records, _counts(mine), list(sentences(hidden)))


def _counts(rows: Iterable[Row]) -> dict[str, Any]:
    found = Counter(row.how for row in rows)
    counts = {name: found[name] for name in ("disclosed", "partly", "withheld")}
    return {"entries": sum(found.values()), **counts}
