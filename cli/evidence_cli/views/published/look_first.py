"""What a person should look at before an edition is made: no rule and no search decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evidence_cli.terminal import is_attended, say, wrapped
from evidence_cli.views.published.withholding import idle_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.publishing.asking import Asked
    from evidence_db.publishing.withholding.hinted import Hint
    from evidence_db.publishing.withholding.hints import Warn

_WARNINGS = 40
"""Warnings that are told one by one."""

yes = click.option("--yes", is_flag=True, help="Don't ask on a terminal before it is written.")
"""The option of whoever has looked, or will."""


def look_first(asked: Asked, *, yes: bool, as_json: bool) -> None:
    """Tell what to look at while nothing is written; whoever sits at a terminal may say no.

    Args:
        asked: What the gate was asked, and what came of it.
        yes: Whether somebody has looked, or will.
        as_json: Whether a program reads the answer, which has all of this.

    Raises:
        click.Abort: they said no.
    """
    lines = list(first_lines(asked))
    is_asked = not yes and is_attended()
    for line in lines if is_asked or not as_json else ():
        say(line, err=True)
    if lines and is_asked:
        click.confirm("Nothing is written yet. Go on?", abort=True, err=True)


def first_lines(asked: Asked) -> Iterator[str]:
    """What to look at: rules that may be mistyped, and what no search finds."""
    yield from idle_lines(asked.selection.idle)
    yield from to_look_at(asked.warnings)


def to_look_at(warnings: Sequence[Warn] | Sequence[Hint]) -> Iterator[str]:
    """What no search finds, in lines that fit."""
    if warnings:
        yield "Look at these before you publish. No search finds them:"
    for one in warnings[:_WARNINGS]:
        yield wrapped(f"{one.rule}: {one.detail}", "  ")
    if (more := len(warnings) - _WARNINGS) > 0:
        yield f"  {more:,} more: --check-only --json lists all."
