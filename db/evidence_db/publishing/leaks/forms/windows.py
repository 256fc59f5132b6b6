"""A file gone through in windows: of one that is mapped, what was passed is no longer in memory."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

WINDOW = 8 << 20
REACH = 1 << 12
"""Bytes that a match may have, so that windows find what the whole has."""
_PASSED = getattr(mmap, "MADV_DONTNEED", None)


def windows(data: bytes, step: int = 1) -> Iterator[tuple[int, int]]:
    """Where each window begins and ends; none ends within a step.

    Args:
        data: Bytes, or a file that is mapped.
        step: Bytes that belong together, less than a window.
    """
    size = WINDOW // step * step
    forget = getattr(data, "madvise", None)
    for start in range(0, len(data), size):
        end = min(len(data), start + size)
        yield start, end
        if forget is not None and _PASSED is not None:
            first = start // mmap.PAGESIZE * mmap.PAGESIZE
            forget(_PASSED, first, end - first)


def matches(pattern: re.Pattern[bytes], data: bytes) -> Iterator[re.Match[bytes]]:
    """What a pattern of no more than `REACH` bytes matches."""
    for start, end in windows(data):
        for found in pattern.finditer(data, start, min(len(data), end + REACH)):
            if found.start() < end:
                yield found


def is_in(pattern: re.Pattern[bytes], data: bytes) -> bool:
    """Whether such a pattern matches anywhere."""
    return next(matches(pattern, data), None) is not None
