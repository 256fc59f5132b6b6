"""How much of a page is taken: pages of the web have no end of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one page may use; what is beyond is named as missing."""

    seconds: float = 60
    """By the clock, until no more is loaded; pictures come after it."""
    killed: float = 150
    """Seconds after which a browser that doesn't answer is killed."""
    requests: int = 2000
    total: int = 200 << 20
    """Bytes of all contents."""
    each: int = 30 << 20
    """Bytes of one content: less than what is read of a record later."""
    screens: int = 30
    """How many windows far it is scrolled."""
    height: int = 16000
    """Pixels of the picture, beyond which browsers draw nothing."""


LIMITS = Limits()
