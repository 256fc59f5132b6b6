"""What holds for the words of a group of RTF, and what changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

_TOGGLES = {
    **{"v": "veiled", "strike": "struck", "striked": "struck", "caps": "capitals"},
    **{"deleted": "deleted", "revised": "revised"},
}
_SHIFTS = {
    **{"super": ("super", False), "sub": ("sub", False), "nosupersub": ("", False)},
    **{"up": ("super", True), "dn": ("sub", True)},
}
"""Whether letters are raised or lowered, and whether that needs a number."""
_NUMBERS = {"cf": "colour", "fs": "size", "f": "font", "uc": "fallback"}
_BEHIND = ("cb", "chcbpat", "highlight", "cbpat", "shading", "chshdng")


@dataclass(frozen=True)
class Run:
    """What holds in a group."""

    skipped: bool = False
    veiled: bool = False
    struck: bool = False
    capitals: bool = False
    shift: str = ""
    deleted: bool = False
    revised: bool = False
    colour: int = 0
    size: int = 24
    behind: bool = False
    """Whether something of a colour of its own is behind the letters."""
    font: int = -1
    fallback: int = 1
    """Characters after one of Unicode that are for older readers."""
    destination: str = ""


def changed(run: Run, word: str, number: int | None) -> Run:
    """What holds after a control word."""
    on: dict[str, Any] = {}
    if word in _TOGGLES:
        on = {_TOGGLES[word]: number != 0}
    elif word in _SHIFTS:
        shift, needs = _SHIFTS[word]
        on = {"shift": shift if number != 0 and (number or not needs) else ""}
    elif word in _NUMBERS:
        on = {_NUMBERS[word]: max(0, min(number or 0, 10_000))}
    elif word in _BEHIND:
        on = {"behind": run.behind or bool(number)}
    elif word == "pard":
        on = {"behind": False}
    elif word == "plain":
        run = Run(destination=run.destination, fallback=run.fallback, behind=run.behind)
    return replace(run, **on)
