"""The ids of a log in their order, and where each stands: 32 bytes and a few more for each."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from blake3 import blake3

from evidence_chain.digest import SIZE, b3

if TYPE_CHECKING:
    from collections.abc import Iterable

_FULL = 2 / 3
"""The share of slots that may be taken before there are twice as many."""


class Names:
    """A digest over the ids and the kinds of a log's entries, a line each.

    No id and no kind has a line break, so no others than those of the log give its digest.
    """

    def __init__(self) -> None:
        self._ids, self._kinds = blake3(), blake3()

    def add(self, ids: str, kinds: Iterable[str]) -> None:
        """Take in the next entries: lines of ids, without the last one's end, and their kinds."""
        self._ids.update(f"{ids}\n".encode())
        self._kinds.update("".join(f"{kind}\n" for kind in kinds).encode())

    def digest(self) -> bytes:
        """The digest, 32 bytes."""
        return b3(self._ids.digest() + self._kinds.digest())


class Ids:
    """Ids of 32 bytes by their index, and the first index of each.

    A table of open addressing over them, by the hash that Python keys anew in each process, so that
    nobody can choose ids that fall into one place.
    """

    __slots__ = ("_ids", "_slots", "_taken")

    def __init__(self) -> None:
        self._ids = bytearray()
        self._slots = array("I", bytes(4 * 1024))
        """An index and one more; 0 in a slot that is free."""
        self._taken = 0

    def __len__(self) -> int:
        return len(self._ids) // SIZE

    def __getitem__(self, index: int) -> bytes:
        return bytes(self._ids[index * SIZE : (index + 1) * SIZE])

    def hex(self, start: int, stop: int) -> str:
        """Those from `start` to before `stop` in hex, a line each but for the last's end."""
        return self._ids[start * SIZE : stop * SIZE].hex("\n", SIZE)

    def skip(self) -> None:
        """Count an entry whose id nobody knows."""
        self._ids += bytes(SIZE)

    def add(self, id_: bytes) -> None:
        """Take in the id of the next entry."""
        index = len(self)
        self._ids += id_
        slot = self._slot(id_)
        if self._slots[slot]:
            return
        self._slots[slot] = index + 1
        self._taken += 1
        if self._taken > _FULL * len(self._slots):
            self._grow()

    def find(self, id_: bytes) -> int | None:
        """The index of the first entry with this id."""
        found = self._slots[self._slot(id_)]
        return found - 1 if found else None

    def _slot(self, id_: bytes) -> int:
        """The slot that this id has, or would get."""
        slots, ids, mask = self._slots, self._ids, len(self._slots) - 1
        slot = hash(id_) & mask
        while found := slots[slot]:
            if ids[(found - 1) * SIZE : found * SIZE] == id_:
                break
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        held, self._slots = self._slots, array("I", bytes(8 * len(self._slots)))
        for found in filter(None, held):
            self._slots[self._slot(self[found - 1])] = found
