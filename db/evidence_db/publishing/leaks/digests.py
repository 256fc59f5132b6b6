"""Bytes that are looked for as they are, a part of them being enough: digests, above all.

Every six bytes of a digest, from its beginning on, are put into a table. Where six bytes of an
edition are in it, those around them are compared with the whole digest. So a digest is found that
was cut short, wherever it begins.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
from blake3 import blake3

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

BLOCK = 6
ENOUGH = 11
"""Bytes in a row that count: 24 hex digits have as many, wherever they begin."""
_STEP = 1 << 20
_FACTOR = np.uint32(2654435769)
_BLAKE3 = "BLAKE3"
SHA = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
NAMES = (_BLAKE3, "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")


def digests_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every digest of some bytes, with its name."""
    yield _BLAKE3, blake3(data).digest()
    for name, algorithm in zip(NAMES[1:], SHA, strict=True):
        yield name, hashlib.new(algorithm, data, usedforsecurity=False).digest()


class Table:
    """Byte strings, each with the number by which it is told.

    Args:
        strings: Number, bytes, and how many of them in a row count.
    """

    def __init__(self, strings: Iterable[tuple[int, bytes, int]]) -> None:
        kept = [one for one in strings if len(one[1]) >= ENOUGH]
        self._numbers = [number for number, _, _ in kept]
        self._enough = [enough for _, _, enough in kept]
        self._all = b"".join(data for _, data, _ in kept)
        lengths = np.array([len(data) for _, data, _ in kept], dtype=np.int64)
        self._ends = np.cumsum(lengths)
        starts = self._ends - lengths
        counts = lengths // BLOCK
        first = np.repeat(starts, counts)
        inner = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
        self._at = first + inner * BLOCK
        keys = _keys(np.frombuffer(self._all, dtype=np.uint8), self._at)
        order = np.argsort(keys, kind="stable")
        self._keys, self._at = keys[order], self._at[order]
        self._bits = min(27, max(16, int(len(keys) * 32).bit_length()))
        self._there = np.zeros(1 << self._bits, dtype=np.bool_)
        self._there[self._slots(self._keys.astype(np.uint32))] = True

    def _slots(self, words: NDArray[np.uint32]) -> NDArray[np.uint32]:
        return (words * _FACTOR) >> np.uint32(32 - self._bits)

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The number of each string of which enough stands in `data`, and where."""
        if not self._numbers:
            return
        whole = np.frombuffer(data, dtype=np.uint8)
        seen: set[tuple[int, int]] = set()
        for start in range(0, len(data) - BLOCK + 1, _STEP):
            end = min(len(data), start + _STEP + BLOCK + 2)
            for at in self._candidates(data, whole, start, end):
                for one in self._matches(data, at):
                    if one not in seen:
                        seen.add(one)
                        yield one

    def _candidates(
        self, data: bytes, whole: NDArray[np.uint8], start: int, end: int
    ) -> Iterator[int]:
        last = min(len(data) - BLOCK, start + _STEP - 1)
        part = data[start:end] + bytes(4)
        for shift in range(4):
            words = np.frombuffer(part, dtype="<u4", offset=shift, count=(len(part) - shift) // 4)
            likely = np.flatnonzero(self._there[self._slots(words)]) * 4 + shift + start
            likely = likely[likely <= last]
            if not len(likely):
                continue
            keys = _keys(whole, likely)
            place = np.searchsorted(self._keys, keys)
            place[place == len(self._keys)] = 0
            yield from map(int, likely[self._keys[place] == keys])

    def _matches(self, data: bytes, at: int) -> Iterator[tuple[int, int]]:
        key = int.from_bytes(data[at : at + BLOCK], "little")
        place = int(np.searchsorted(self._keys, np.uint64(key)))
        while place < len(self._keys) and int(self._keys[place]) == key:
            of = int(self._at[place])
            number = int(np.searchsorted(self._ends, of, side="right"))
            first = int(self._ends[number - 1]) if number else 0
            before = _common(reversed(data[max(0, at - 64) : at]), reversed(self._all[first:of]))
            rest = self._all[of : int(self._ends[number])]
            after = _common(data[at : at + len(rest)], rest)
            if before + after >= self._enough[number]:
                yield self._numbers[number], at - before
            place += 1


def _common(left: Iterable[int], right: Iterable[int]) -> int:
    """How many bytes of two beginnings are the same."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _keys(data: NDArray[np.uint8], at: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The six bytes at each of these offsets, as a number."""
    keys = np.zeros(len(at), dtype=np.uint64)
    for index in range(BLOCK):
        keys |= data[at + index].astype(np.uint64) << np.uint64(8 * index)
    return keys
