"""What edition.json says of an edition (docs/edition.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_db.publishing.gate.gate import Line
from evidence_db.publishing.leaks.report import DESPITE, RULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evidence_db.publishing.writing.order import Order
    from evidence_db.publishing.writing.standing import Standing


def described(
    origin: str,
    size: int,
    order: Order,
    standing: Standing,
    before: Sequence[Mapping[str, Any]],
    despite: Iterable[str],
    title: str | None,
) -> dict[str, Any]:
    """What an edition says of itself, once its records are written.

    Args:
        origin: The name of the key that signs it.
        size: Entries of its log.
        order: What was to be published.
        standing: What its records came to.
        before: The editions that were made before it.
        despite: The ids of the files that are disclosed though what is withheld stands in them.
        title: What the case is called, if the edition may say it.
    """
    selection = order.selection
    everywhere = [name for name in selection.everywhere if name in standing.sealed]
    return {
        "v": 1,
        "origin": origin,
        "size": size,
        "made": order.made,
        "title": title,
        "claims": sorted(standing.claims),
        "everywhere": {
            "fields": everywhere,
            "reason": selection.reason_everywhere if everywhere else None,
        },
        "counts": standing.counts,
        "withheld": standing.withheld,
        "absent": [
            {"blake3": digest, "reason": selection.absent[digest]}
            for digest in sorted(selection.absent.keys() & standing.files)
        ],
        "earlier": [
            {name: one[name] for name in ("made", "size", "root", "note")} for one in before
        ],
        "policy": order.policy.as_json(),
        "gate": [line.as_json() for line in (*order.gate, *_leak_lines(despite))],
    }


def _leak_lines(despite: Iterable[str]) -> list[Line]:
    """What the gate says of leaks: an edition with any is not put in its place."""
    named = [Line(RULE, id_, "overridden", DESPITE) for id_ in sorted(despite)]
    return [Line(RULE, None, "met"), *named]
