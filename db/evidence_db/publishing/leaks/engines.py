"""Many strings looked for at once: by Hyperscan, or by Aho and Corasick's automaton without it.

Both find the same; Hyperscan has no wheel for some machines, and is several times as fast.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Found = tuple[int, int]
"""The number of a string, and where in the bytes it begins."""


class Engine(Protocol):
    """Looks for strings."""

    def find(self, data: bytes) -> Iterator[Found]:
        """Every place of every string, those within others, too."""
        ...


class Hyperscan:
    """Strings in a database of Hyperscan.

    Args:
        strings: None has a zero byte, at which Hyperscan's wrapper would cut it off.
    """

    def __init__(self, strings: Sequence[bytes]) -> None:
        import hyperscan

        self._lengths = list(map(len, strings))
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=list(strings),
            ids=list(range(len(strings))),
            elements=len(strings),
            flags=[0] * len(strings),
            literal=True,
        )

    def find(self, data: bytes) -> Iterator[Found]:
        found: list[Found] = []

        def keep(number: int, _from: int, end: int, _flags: int, _context: object) -> None:
            found.append((number, end - self._lengths[number]))

        self._database.scan(data, match_event_handler=keep)
        yield from found


class AhoCorasick:
    """The same strings in an automaton."""

    def __init__(self, strings: Sequence[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        self._automaton = BytesAhoCorasick(list(strings))

    def find(self, data: bytes) -> Iterator[Found]:
        for number, start, _ in self._automaton.find_matches_as_indexes(data, overlapping=True):
            yield number, start


class Nothing:
    """No strings at all."""

    def find(self, _: bytes) -> Iterator[Found]:
        return iter(())


def engine(strings: Sequence[bytes]) -> Engine:
    """The fastest that is installed here."""
    return Hyperscan(strings) if find_spec("hyperscan") else AhoCorasick(strings)
