"""All that reaches the terminal: hostile text made harmless, colours only where they show.

Quotes, titles and file names come from documents that anybody may have written, so control
codes and characters that reorder a line are shown as escapes.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
WIDTH = 96
"""Columns that are used at most."""
_OUTCOME = {
    "holds": ("checked", "green"),
    "failed": ("FAILED", "red"),
    "not-checked": ("not checked", "yellow"),
}


def clean(text: object) -> str:
    """`text` with control codes, direction overrides and bytes of no text as escapes."""
    return _HOSTILE.sub(_escape, str(text))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def flat(text: object) -> str:
    """`text` on one line, harmless."""
    return " ".join(clean(text).split())


def sentence_end(text: str) -> str:
    """`text`, which ends a sentence, with one full stop, unless it ends as a sentence does."""
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line that was put together from `clean` and `paint`."""
    click.echo(text, err=err)


def paint(text: object, **style: Any) -> str:  # noqa: ANN401
    """`text`, harmless, in a colour or weight; click drops it where there is no terminal."""
    return click.style(clean(text), **style)


def outcome(name: str) -> str:
    """The outcome of a check in a word and a colour."""
    word, colour = _OUTCOME[name]
    return paint(word, fg=colour, bold=name != "holds")


def holding(number: int) -> str:
    """How many checks hold."""
    return f"{counted(number, 'check')} {'holds' if number == 1 else 'hold'}"


def say_json(value: Any) -> None:  # noqa: ANN401
    """Print a JSON document; what is not ASCII stays readable, what is hostile is escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(_HOSTILE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def wrapped(text: str, indent: str = "") -> str:
    """`text` in lines that fit, each after `indent`."""
    import textwrap

    return textwrap.fill(
        flat(text),
        _columns(),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
    )


def _columns() -> int:
    """The columns to fill: on a terminal no more than it has, with room for the tree."""
    if not sys.stdout.isatty():
        return WIDTH
    import shutil

    return max(24, min(WIDTH, shutil.get_terminal_size().columns - 12))


def is_attended() -> bool:
    """Whether somebody sits at a terminal, reads what is said there, and can answer."""
    return all(one and one.isatty() for one in (sys.stdin, sys.stderr))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function that shows how far the work is, on a terminal only."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield lambda *_: None
        return

    def show(what: str, done: int, total: int) -> None:
        share = f"{done * 100 // total}%" if total else ""
        click.echo(f"\r\x1b[2K{what} {share}", nl=False, err=True)

    try:
        yield show
    finally:
        click.echo("\r\x1b[2K", nl=False, err=True)
