"""Amendments: what may be corrected, and what a record says then (docs/format.md, section 4).

Without I/O. An amendment corrects what describes a thing: a title, an author, a date, a speaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.entry import RECORDED, is_evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from evidence_chain.canonical import Json

NEVER = RECORDED | {
    *("blake3", "sha256", "size", "media_type", "artifact", "text", "selector", "extractor"),
    *("extracted", "match", "regions", "slug", "statement"),
}
"""The fields that no amendment changes: what is hashed, what is quoted, who recorded it when."""


class Amendment(NamedTuple):
    """An amendment that stands, as far as it is disclosed."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    id: str
    changes: Json
    """An object of field names and values; `None` if it is withheld."""
    reason: str | None
    at: str | None
    by: str | None


class Corrected(NamedTuple):
    """What a field says since it was amended."""

    value: Any
    was: Any
    """What was sealed."""
    amendment: Amendment


def is_amended(kind: str) -> bool:
    """Whether a record of this kind may be amended."""
    return kind in ("artifact", "original") or is_evidence(kind)


def check_changes(kind: str, sealed: Collection[str], changes: Json) -> Iterator[str]:
    """Yield what is wrong with the changes of an amendment.

    Args:
        kind: The kind of the record that it corrects.
        sealed: The names of that record's fields.
        changes: The disclosed field `changes`.
    """
    if not isinstance(changes, dict):
        return  # what is no object is told by `values`
    for name in sorted(changes):
        if name in NEVER:
            yield f"It changes `{name}`, which no amendment may."
        elif name not in sealed:
            yield f"It changes `{name}`, which that record hasn't."
        elif (kind, name) == ("original", "title") and not isinstance(changes[name], str):
            yield "It takes the title of an original away, which every original has."


def amended(body: Mapping[str, Any], amendments: Iterable[Amendment]) -> dict[str, Corrected]:
    """What each corrected field says, by the newest amendment that names it.

    What isn't text, or takes the place of what isn't, is left as it was recorded.

    Args:
        body: The disclosed values of the record, as they were sealed.
        amendments: Its amendments that stand, in log order.
    """
    found: dict[str, Corrected] = {}
    for one in amendments:
        changes = one.changes if isinstance(one.changes, dict) else {}
        for name, value in changes.items():
            if name in body and name not in NEVER and _is_plain(value) and _is_plain(body[name]):
                found[name] = Corrected(value, body[name], one)
    return found


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | bool)
