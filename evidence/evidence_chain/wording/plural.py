"""Numbers of things, in words."""

from __future__ import annotations

import re

_SEVERAL = re.compile(
    r"((?:signed |published )?"
    r"(?:check|claim|document|field|file|line|link|original|passage|record|review|time))s"
    r"\b( that)?( are| were)?\b"
)
_ONE = {" are": " is", " were": " was"}


def counted(number: int, what: str) -> str:
    """`1 entry`, `2,000 entries`: a number, and what it is of, given as one."""
    if number == 1:
        return f"1 {what}"
    return f"{number:,} {what[:-1]}ies" if what.endswith("ry") else f"{number:,} {what}s"


def size_of(number: int) -> str:
    """`980 bytes`, `12 kB`, `3.4 MB`: a number of bytes, to two or three digits."""
    if number < 1000:
        return counted(number, "byte")
    scaled, unit = next(
        (number / 1000**power, unit)
        for power, unit in ((4, "TB"), (3, "GB"), (2, "MB"), (1, "kB"))
        if number >= 1000**power
    )
    return f"{scaled:.1f} {unit}" if scaled < 10 else f"{scaled:,.0f} {unit}"


def tally(number: int, of: str) -> str:
    """`1 review without a signature`, `2 reviews …`: a number of what is given as several."""
    if number != 1:
        return f"{number:,} {of}"
    if found := _SEVERAL.match(of):
        noun, that, verb = found.groups("")
        of = f"{noun}{that}{_ONE.get(verb, '')}{of[found.end() :]}"
    return f"1 {of}"
