"""What was erased, said as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import flat, paint

if TYPE_CHECKING:
    from collections.abc import Mapping


def sentence(erased: Mapping[str, Any]) -> str:
    """When and why a record was erased, as a sentence."""
    return f"Erased {_how(erased)}."


def badge(erased: Mapping[str, Any] | None) -> str:
    """The same beside a record; empty if it wasn't erased."""
    return paint(f"[erased {_how(erased)}]", fg="yellow") if erased else ""


def _how(erased: Mapping[str, Any]) -> str:
    when = f"on {str(erased['at'])[:10]}" if erased["at"] else "at a time that is withheld"
    why = flat(erased["reason"] or "the reason is withheld").removesuffix(".")
    uncovered = "; not covered by a checkpoint" if erased.get("uncovered") else ""
    return f"{when} by entry {erased['index']}: {why}{uncovered}"


def gone(part: Mapping[str, Any], what: str) -> str:
    """What stands in the place of a value that isn't there."""
    return f"The {what} {'was erased' if part.get('erased') else 'is withheld'}."
