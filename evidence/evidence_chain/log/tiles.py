"""Tiles of a log, as a static server has them (C2SP tlog-tiles).

A tile holds up to 256 hashes of one level of the tree, or, in an entry bundle, up to 256 entries.
Tile `n` of level `l` has the hashes of the complete subtrees of 256**l entries from the
`256 * n`-th on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import FormatError
from evidence_chain.log.merkle import STRIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_chain.log.merkle import Subtrees

WIDTH = 1 << STRIDE
"""Hashes, or entries, of a full tile."""
_GROUP = 1000
"""A number in a path is written in groups of three digits."""


class Tile(NamedTuple):
    """One tile of a tree."""

    level: int
    """`-1` for a bundle of entries."""
    number: int
    width: int
    """How many hashes or entries it has, from 1 to `WIDTH`."""

    @property
    def path(self) -> str:
        """Where it lies below the address of the log, such as `tile/0/x001/067.p/8`."""
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        level = "entries" if self.level < 0 else str(self.level)
        return f"tile/{level}/{_grouped(self.number)}{partial}"


def tiles_of(sizes: Iterable[int]) -> set[Tile]:
    """The tiles and bundles of trees of these sizes, all of one log.

    A partial one is left out where the full one is there.
    """
    every = set(sizes)
    full = {
        Tile(level, number, WIDTH)
        for level, count in _rows(max(every, default=0))
        for number in range(count // WIDTH)
    }
    last = {Tile(level, *divmod(count, WIDTH)) for size in every for level, count in _rows(size)}
    return full | {tile for tile in last if tile.width and tile._replace(width=WIDTH) not in full}


def _rows(size: int) -> Iterator[tuple[int, int]]:
    """Each level of the tiles of a tree, and how many entries or hashes are in it."""
    level, count = 0, size
    yield -1, size
    while count:
        yield level, count
        level, count = level + 1, count // WIDTH


def bundle(entries: Iterable[bytes]) -> bytes:
    """An entry bundle: each entry after its length in two bytes, big-endian.

    Raises:
        FormatError: an entry is longer than two bytes can say.
    """
    try:
        return b"".join([len(entry).to_bytes(2) + entry for entry in entries])
    except OverflowError as error:
        raise FormatError("An entry is too long for a bundle of a log's tiles.") from error


def hashes(tile: Tile, tree: Subtrees) -> bytes:
    """The bytes of a tile of hashes: 256**level is 2**(8 * level)."""
    return tree.hashes(STRIDE * tile.level, tile.number * WIDTH, tile.width)


def _grouped(number: int) -> str:
    rest, last = divmod(number, _GROUP)
    groups = [f"{last:03}"]
    while rest:
        rest, last = divmod(rest, _GROUP)
        groups.append(f"x{last:03}")
    return "/".join(reversed(groups))
