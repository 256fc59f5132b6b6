"""The options by which others are asked from another machine: the question, and their answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable


def question_option(name: str) -> Callable[..., Any]:
    """The option that writes the question into a file."""
    return click.option(
        name,
        "question",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the question into this new file, to be sent from another machine; ask nobody.",
    )


def answers_option(name: str) -> Callable[..., Any]:
    """The option that takes answers which came to another machine."""
    return click.option(
        name,
        "files",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Keep this answer, which was fetched elsewhere. May be repeated.",
    )
