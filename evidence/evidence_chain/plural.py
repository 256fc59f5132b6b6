"""Numbers of things, in words."""

from __future__ import annotations


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
