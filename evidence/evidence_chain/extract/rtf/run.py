"""What holds for the words of a group of RTF, and what changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evidence_chain.extract.docx.layout import Placed, is_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    Colour = tuple[int, int, int]

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
_SIGNED = {
    **{"charscalex": "width", "expndtw": "apart", "up": "rise", "dn": "rise", "li": "left"},
    **{"lin": "left", "ri": "right", "rin": "right", "fi": "first", "sl": "line"},
    **{"posx": "across", "posnegx": "across", "posy": "down", "posnegy": "down"},
}
"""Numbers that may be less than nothing: of letters, and then of paragraphs, in twips."""
_USUAL_SIZE = 24
_OF_GROUPS = ("destination", "fallback", "unseen")
_OF_PARAGRAPHS: dict[str, Any] = {
    **dict.fromkeys(("left", "right", "first", "line", "across", "down", "ground"), 0),
    "behind": False,
}
_SMALLEST = 4
"""Half points below which letters aren't seen."""
_NARROWEST, _FARTHEST = 10, 600
"""Per cent of their width, and half points from the line, at which letters aren't seen any more."""
_WHITE = (255, 255, 255)
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
    size: int = _USUAL_SIZE
    behind: bool = False
    """Whether something of a colour of its own is behind the letters."""
    ground: int = 0
    """The number of that colour, if it is one of the table's."""
    width: int = 100
    apart: int = 0
    rise: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    line: int = 0
    """Exactly so high if it is less than nothing."""
    across: int = 0
    down: int = 0
    unseen: str = ""
    """Why nothing in the group is seen."""
    font: int = -1
    fallback: int = 1
    """Characters after one of Unicode that are for older readers."""
    destination: str = ""


def changed(run: Run, word: str, number: int | None) -> Run:
    """What holds after a control word."""
    on: dict[str, Any] = {}
    if word in _SIGNED:
        on = {_SIGNED[word]: max(-99_999, min(number or 0, 99_999))}
        run = replace(run, **on)
    if word in _TOGGLES:
        on = {_TOGGLES[word]: number != 0}
    elif word in _SHIFTS:
        shift, needs = _SHIFTS[word]
        on = {"shift": shift if number != 0 and (number or not needs) else ""}
    elif word in _NUMBERS:
        usual = _USUAL_SIZE if word == "fs" else 0
        on = {_NUMBERS[word]: max(0, min(usual if number is None else number, 10_000))}
    elif word in _BEHIND:
        on = {"behind": run.behind or bool(number)}
        if word not in ("shading", "chshdng"):
            on["ground"] = number or 0
    elif word == "pard":
        on = _OF_PARAGRAPHS
    elif word == "plain":
        kept = {name: getattr(run, name) for name in (*_OF_PARAGRAPHS, *_OF_GROUPS)}
        run = Run(**kept)
    return replace(run, **on)


def why_hidden(run: Run, colours: Sequence[Colour], *, in_filled_row: bool) -> str:
    """Why what is said in this run isn't seen; nothing if it is."""
    if run.veiled or run.unseen:
        return run.unseen or "hidden text"
    if run.size < _SMALLEST:
        return "letters too small to be seen"
    if run.width <= _NARROWEST:
        return f"letters of {run.width} % of their width"
    if abs(run.rise) > _FARTHEST:
        return "raised or lowered off the page"
    if -run.apart > 5 * run.size:
        return "letters one on the other"
    placed = Placed(run.left, run.right, run.first, -run.line if run.line < 0 else None)
    if placed.hidden or is_off(str(run.across), str(run.down)):
        return placed.hidden or "frame outside of the page"
    return _of_its_ground(run, colours, in_filled_row=in_filled_row)


def _of_its_ground(run: Run, colours: Sequence[Colour], *, in_filled_row: bool) -> str:
    letters = colours[run.colour] if 0 < run.colour < len(colours) else None
    if 0 < run.ground < len(colours):
        alike = letters == colours[run.ground]
        return "letters in the colour of what is behind them" if alike else ""
    on_page = letters == _WHITE and not run.behind and not in_filled_row
    return "letters in the colour of the page" if on_page else ""
