"""What ended a record of a chain, said beside it."""

from __future__ import annotations

from typing import Any

from evidence_cli.terminal import flat, paint
from evidence_cli.views.records.erased import badge

UNCOVERED = "not covered by a checkpoint"


def ended(part: dict[str, Any]) -> str:
    """That it was erased, retracted or replaced, and why; empty if it stands."""
    erased = f" {badge(part['erased'])}" if part.get("erased") else ""
    end = part.get("ended")
    if not end:
        return erased
    so_far = f"; {UNCOVERED}" if end["uncovered"] else ""
    if end["how"] == "retracted":
        why = flat(end["reason"] or "the reason is not here")
        return erased + paint(f" [retracted: {why}{so_far}]", fg="yellow")
    return erased + paint(f" [replaced by {end['by'][:8]}{so_far}]", fg="yellow")
