"""What was corrected of a record, with what was there before, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import flat, paint, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator


def amended_lines(amended: dict[str, Any]) -> Iterator[str]:
    """A paragraph for each corrected field: what it was, who corrected it, when and why."""
    for name, one in amended.items():
        yield from wrapped(
            f"{name} amended: it was {told(one['was'])}; {_whence(one)}"
        ).splitlines()


def told(value: object) -> str:
    """A value in quotation marks."""
    return "nothing" if value in (None, "") else f"“{flat(value)}”"


def note(one: dict[str, Any]) -> str:
    """The same after the value itself."""
    return paint(f"amended: it was {told(one['was'])}; {_whence(one)}", fg="yellow")


def _whence(one: dict[str, Any]) -> str:
    who = flat(one["by"] or "somebody whose name is withheld")
    so_far = "; not covered by a checkpoint" if one["uncovered"] else ""
    return (
        f"{who}, {flat(one['at'] or 'at a time that is withheld')}: "
        f"{flat(one['reason'] or 'the reason is withheld')}{so_far}"
    )
