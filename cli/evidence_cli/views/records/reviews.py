"""Who looked at a claim or a passage, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.wording.plural import counted
from evidence_cli.terminal import flat, paint, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLOURS = {"approved": "green", "rejected": "red"}


def review_lines(reviews: list[dict[str, Any]]) -> Iterator[str]:
    """A paragraph for each review that counts: by whom, when, what came after.

    One that somebody else retracted is told, too, with who did.
    """
    for one in reviews:
        if not one["replaced"] and not one["taken_back"]:
            colour = _COLOURS[one["verdict"]] if one["stands"] else "yellow"
            for line in wrapped(_said(one)).splitlines():
                yield paint(line, fg=colour)


def before_lines(reviews: list[dict[str, Any]]) -> Iterator[str]:
    """A paragraph for each objection to what this replaced."""
    for one in reviews:
        for line in wrapped(f"what this replaces was {_said(one)}").splitlines():
            yield paint(line, fg="red")


def _retracted(one: dict[str, Any]) -> str:
    who = " and ".join(flat(by["by"] or "somebody") for by in one["retracted"])
    if not who:
        return ""
    what = "which takes no objection back" if one["objects"] else "so it does not count"
    return f" · retracted by {who}, {what}"


def _said(one: dict[str, Any]) -> str:
    who = flat(one["reviewer"] or "somebody whose name is withheld")
    when = flat((one["at"] or "a day that is withheld")[:10])
    note = f" – {flat(one['note'])}" if one["note"] else ""
    further = f"{note}{_signed(one)}{_since(one)}{_retracted(one)}"
    return f"looked at by {who} on {when}: {one['verdict']}{further}"


def _signed(one: dict[str, Any]) -> str:
    if one["holds"] is False:
        return " · its signature does not hold, so it does not count"
    return " · signed" if one["signed"] else ""


def _since(one: dict[str, Any]) -> str:
    if one["size"] is None:
        return " · which state they looked at is withheld"
    if not one["stale_by"]:
        return ""
    after = zip(one["stale_by"][:5], one["came_after"], strict=False)
    entries = "; ".join(f"{flat(what)} ({index})" for index, what in after)
    entries += "…" if len(one["stale_by"]) > 5 else ""
    came = counted(len(one["stale_by"]), "entry")
    return f" · stale: {came} about it came after: {entries}; to be looked at again"
