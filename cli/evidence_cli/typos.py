"""A word that names nothing, such as a command that there is none of: which was meant?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


def meant(word: str, known: Iterable[str]) -> str:
    """A question after the words that are written much like it; empty if there are none."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known))
    return f"Did you mean {' or '.join(close)}?" if close else ""


class Suggesting(click.Group):
    """A group that names the commands that are written much like one that it doesn't have.

    click does so for the commands that a group holds, and ours are listed without being held.
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the words begin with."""
        is_unknown = not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None
        if is_unknown and (question := meant(args[0], self.list_commands(ctx))):
            ctx.fail(f"No such command '{args[0]}'. {question}")
        return super().resolve_command(ctx, args)
