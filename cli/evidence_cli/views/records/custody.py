"""Through whose hands something went, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import flat, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator


def custody_lines(events: list[dict[str, Any]]) -> Iterator[str]:
    """A paragraph for each event, the oldest first; those that were retracted say so."""
    for one in events:
        when = flat((one["at"] or "a day that is withheld")[:10])
        about = "" if one["records"] else ", the whole case"
        gone = " (retracted)" if one["ended"] else ""
        yield wrapped(f"custody: {summary(one)} on {when}{about}{_note(one)}{gone}")


def summary(one: dict[str, Any]) -> str:
    """What was done, and by whom."""
    who = flat(one["actor"] or "somebody whose name is withheld")
    return f"{flat(one['action'] or 'what was done is withheld')} by {who}"


def _note(one: dict[str, Any]) -> str:
    return f" – {flat(one['note'])}" if one["note"] else ""
