"""What ending a record does to claims, told before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evidence_cli.terminal import flat, is_attended, paint, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.recording.replacing import Change, Effects

yes = click.option("--yes", is_flag=True, help="Don't ask on a terminal before it is recorded.")
"""The option of commands whose effects are told first."""


def foretell(effects: Effects, *, yes: bool) -> None:
    """Tell what a command will do; whoever sits at a terminal may say no.

    Raises:
        click.Abort: they said no.
    """
    for line in _lines(effects):
        say(line, err=True)
    if not yes and is_attended():
        click.confirm("What is recorded stays in the log. Go on?", abort=True, err=True)


def as_json(effects: Effects) -> dict[str, Any]:
    """The same for `--json`."""
    return {
        "links_ended": effects.links,
        "links_carried": effects.carried,
        "claims_changed": [
            {
                "slug": change.slug,
                "before": change.before._asdict(),
                "after": change.after._asdict(),
            }
            for change in effects.changes
        ],
        "all_looked_at": not effects.cut,
    }


def _lines(effects: Effects) -> Iterator[str]:
    if effects.carried:
        go = "link goes" if effects.carried == 1 else "links go"
        yield f"{effects.carried} {go} over to the new record."
    if effects.links > 0:
        verb = "link ends" if effects.links == 1 else "links end"
        yield f"{effects.links} {verb} with it."
    for change in effects.changes:
        yield _line(change)
    if not effects.changes:
        yield "No claim changes with it."
    if effects.cut:
        yield "More claims rest on it than were looked at; others may change, too."


def _line(change: Change) -> str:
    claim = f"claim {paint(flat(change.slug), bold=True)}"
    before, after = change.before, change.after
    if before.status != after.status:
        return f"{claim} goes from {before.status} to {after.status}"
    counts = (
        f"{name} {getattr(before, name)} → {getattr(after, name)}"
        for name in before._fields[1:]
        if getattr(before, name) != getattr(after, name)
    )
    return f"{claim} stays {after.status}: {', '.join(counts)}"
