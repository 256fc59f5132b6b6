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
_MOST_BITS = 28
_FEW = 12
"""Keys that are looked for one by one."""
_BEYOND_ASCII = np.uint64(0x8080_8080_8080)
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
        self._likely = _Likely(self._keys)
        in_ascii = self._keys[(self._keys & _BEYOND_ASCII) == 0]
        self._likely_in_ascii = _Few(in_ascii) if len(in_ascii) <= _FEW else _Likely(in_ascii)

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
        part = data[start:end]
        likely = self._likely_in_ascii if part.isascii() else self._likely
        for offsets in likely.find(part + bytes(BLOCK)):
            at = offsets + start
            at = at[at <= last]
            if len(at):
                keys = _keys(whole, at)
                place = np.searchsorted(self._keys, keys)
                place[place == len(self._keys)] = 0
                yield from map(int, at[self._keys[place] == keys])

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


class _Few:
    """Tells where each of a few keys is, by looking for one after the other."""

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._keys = sorted({key.to_bytes(8, "little")[:BLOCK] for key in keys.tolist()})

    def find(self, data: bytes) -> Iterator[NDArray[np.int64]]:
        """Offsets in some bytes at which a key is."""
        for key in self._keys:
            at, found = data.find(key), list[int]()
            while at >= 0:
                found.append(at)
                at = data.find(key, at + 1)
            yield np.array(found, dtype=np.int64)


class _Likely:
    """Tells most offsets at which none of the keys is, in little memory.

    By a bit for the first four bytes of each key, and then by one for the last four.
    """

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._shift = np.uint32(32 - min(_MOST_BITS, max(16, int(len(keys) * 64).bit_length())))
        size = (1 << 32 - int(self._shift)) // 8
        self._firsts, self._lasts = (np.zeros(size, dtype=np.uint8) for _ in range(2))
        self._none = not len(keys)
        for bits, of in ((self._firsts, keys), (self._lasts, keys >> np.uint64(16))):
            slots = self._slots(of.astype(np.uint32))
            np.bitwise_or.at(bits, slots >> 3, np.uint8(1) << (slots & 7).astype(np.uint8))

    def find(self, data: bytes) -> Iterator[NDArray[np.int64]]:
        """Offsets in some bytes, but not in the last of them, at which a key may be."""
        for shift in range(0 if self._none else 4):
            words = np.frombuffer(data, "<u4", (len(data) - shift) // 4, shift)
            at = np.flatnonzero(self._has(self._firsts, words))
            at = at * 4 + shift
            at = at[at <= len(data) - BLOCK]
            if len(at):
                later = _keys(np.frombuffer(data, dtype=np.uint8), at) >> np.uint64(16)
                yield at[self._has(self._lasts, later.astype(np.uint32))]

    def _has(self, bits: NDArray[np.uint8], words: NDArray[np.uint32]) -> NDArray[np.bool_]:
        slots = self._slots(words)
        return (
            bits.take(slots >> np.uint32(3)) >> (slots & np.uint32(7)).astype(np.uint8) & 1
        ).view(np.bool_)

    def _slots(self, words: NDArray[np.uint32]) -> NDArray[np.uint32]:
        return (words * _FACTOR) >> self._shift


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
