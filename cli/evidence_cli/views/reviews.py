"""Who looked at a claim or a passage, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.plural import counted
from evidence_cli.terminal import flat, paint, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLOURS = {"approved": "green", "rejected": "red"}


def review_lines(reviews: list[dict[str, Any]]) -> Iterator[str]:
    """A paragraph for each review that counts: by whom, when, what came after."""
    for one in reviews:
        if not one["replaced"] and not one["ended"]:
            colour = _COLOURS[one["verdict"]] if one["stands"] else "yellow"
            for line in wrapped(_said(one)).splitlines():
                yield paint(line, fg=colour)


def _said(one: dict[str, Any]) -> str:
    who = flat(one["reviewer"] or "somebody whose name is withheld")
    when = flat((one["at"] or "a day that is withheld")[:10])
    note = f" – {flat(one['note'])}" if one["note"] else ""
    return f"looked at by {who} on {when}: {one['verdict']}{note}{_signed(one)}{_since(one)}"


def _signed(one: dict[str, Any]) -> str:
    if one["holds"] is False:
        return " · its signature does not hold, so it does not count"
    return " · signed" if one["signed"] else ""


def _since(one: dict[str, Any]) -> str:
    if one["size"] is None:
        return " · which state they looked at is withheld"
    if not one["stale_by"]:
        return ""
    entries = ", ".join(map(str, one["stale_by"][:5])) + ("…" if len(one["stale_by"]) > 5 else "")
    came = counted(len(one["stale_by"]), "entry")
    return f" · stale: {came} about it came after ({entries}); to be looked at again"
