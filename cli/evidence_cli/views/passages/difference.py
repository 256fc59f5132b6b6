"""The difference between a passage as typed and as it stands, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_cli.terminal import flat, paint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.text import Difference, Match


def shown(difference: Sequence[Difference]) -> Iterator[str]:
    """A line for each step in which they differ: its kind, what was typed, what stands there."""
    for step in difference:
        if not step.kind:
            continue
        typed = f"“{flat(step.typed)}”" if step.typed else "nothing"
        there = f"“{flat(step.found)}”" if step.found else "nothing"
        yield f"{paint(step.kind, fg='red')}: you typed {typed}, and {there} stands there"


def edited(found: Match) -> Iterator[str]:
    """What was left out of a passage, and what was put into it."""
    for words in found.omitted:
        yield f"left out: “{flat(words)}”"
    for words in found.inserted:
        yield f"put in: “{flat(words)}”"
