"""What was decoded before, with nothing in it: an edition has the same digests many times."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Container

    from evidence_db.publishing.leaks.forms.places import Stretch

_MOST = 50_000
"""Runs that are remembered, some 120 bytes each."""
_LONGEST = 256


class Remembered:
    """Runs of base64 or hex in which nothing was, whatever was undone in them after that."""

    def __init__(self) -> None:
        self._empty: dict[tuple[str, int, int], set[bytes]] = {}
        """By the form, and how often something is undone, and opened, in what they stand in."""

    def empty(self, of: Stretch, form: str) -> Container[bytes]:
        """The runs of a form that need not be decoded in a stretch."""
        return self._empty.get((form, of.undone, of.inside), ())

    def keep(self, of: Stretch, form: str, runs: Collection[bytes]) -> None:
        """Remember runs of a stretch in which nothing was, as far as there is room."""
        room = _MOST - sum(map(len, self._empty.values()))
        short = (run for run in runs if len(run) <= _LONGEST)
        self._empty.setdefault((form, of.undone, of.inside), set()).update(islice(short, room))
