"""Numbers of things, in words."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """`1 entry`, `2,000 entries`: a number, and what it is of, given as one."""
    if number == 1:
        return f"1 {what}"
    return f"{number:,} {what[:-1]}ies" if what.endswith("ry") else f"{number:,} {what}s"
