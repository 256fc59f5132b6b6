"""A command that was not understood, answered as JSON where that was asked for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from evidence_cli.terminal import clean, say_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_JSON = "evidence_cli.json"


def note_json(context: click.Context, words: list[str]) -> None:
    """Note whether the words of a command ask for JSON: it may be refused before that is read."""
    context.meta[_JSON] = "--json" in words


@contextmanager
def usage_told(context: click.Context) -> Iterator[None]:
    """Answer a wrong use in JSON, too, as other errors are."""
    try:
        yield
    except click.UsageError as error:
        if context.meta[_JSON]:
            say_json({"error": clean(error.format_message()), "exit_code": error.exit_code})
        raise
