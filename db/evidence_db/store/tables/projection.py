"""The plain columns that stand beside a record's body, derived from its entry.

The writer makes them here and `verify` compares them with what it makes here again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.entry import is_evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.entry import Entry
    from evidence_chain.rules import Place


def project(
    index: int, entry: Entry, artifact: str | None, find: Callable[[str], Place | None]
) -> dict[str, Any]:
    """The row of a record without its body.

    Args:
        index: The entry's index in the log.
        entry: The parsed entry.
        artifact: The id in the disclosed field `artifact`, `None` if there is none.
        find: The place of an id in the log.
    """
    row: dict[str, Any] = {"idx": index}
    if is_evidence(entry.kind):
        row |= {"kind": entry.kind, "artifact_idx": _index(artifact, find)}
    elif entry.kind == "link":
        row["relation"] = entry.open["relation"]
        row["from_idx"] = _index(entry.open["from"], find)
        row["to_idx"] = _index(entry.open["to"], find)
    elif entry.kind in ("retraction", "amendment", "erasure", "review"):
        if entry.kind == "review":
            row["verdict"] = entry.open["verdict"]
        row["to_idx"] = _index(entry.open["to"], find)
    return row


def _index(id_: str | None, find: Callable[[str], Place | None]) -> int | None:
    place = find(id_) if id_ is not None else None
    return place.index if place else None
