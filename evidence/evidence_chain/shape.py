"""What records that seal the same names have in common, so that many are sealed in little time."""

from __future__ import annotations

import re
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import SIZE, DerivedKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_SEALED = ',"sealed":{'
"""What stands in an entry between `open` and the first commitment."""
_NAME = re.compile("[A-Za-z0-9_-]+")


class _Lengths(dict[int, bytes]):
    """Sizes as they stand before what is hashed; those of long values are not kept."""

    def __missing__(self, size: int) -> bytes:
        return size.to_bytes(8)


_length = _Lengths((size, size.to_bytes(8)) for size in range(1024)).__getitem__
_field_salts = DerivedKey("evidence-chain 2026-11-21 v1 field salts")
_field_commitment = DerivedKey("evidence-chain 2026-11-21 v1 field commitment")


class Shape(NamedTuple):
    """What records that seal the same names have in common."""

    names: tuple[str, ...]
    cut: Callable[[bytes], tuple[bytes, ...]]
    """Salts that stand one after the other, as so many."""
    framed: tuple[bytes, ...]
    """Each name as the commitments to its field have it, its length before it."""
    salts: str
    """`JCS` of an object of salts in hex, with `%s` for each."""
    body: list[bytes]
    """`JCS` of all values by name, and where each value goes an empty string."""
    tail: list[str]
    """An entry from `sealed` on, and where each commitment goes an empty string."""

    def body_with(self, values: Sequence[bytes]) -> bytes:
        """`JCS` of these values by name, given `JCS` of each, in the order of the names."""
        body = self.body.copy()
        body[1::2] = values
        return b"".join(body)

    def entry_with(self, commitments: Sequence[str]) -> str:
        """An entry from `sealed` on, with these commitments, in the order of the names."""
        tail = self.tail.copy()
        tail[1::2] = commitments
        return "".join(tail)


@lru_cache(maxsize=4096)
def shape_of(names: tuple[str, ...]) -> Shape | None:
    """The shape of records with these names, in their order; `None` if it is no usual one."""
    if not all(map(_NAME.fullmatch, names)) or names != tuple(sorted(names)):
        return None
    opened = ",".join(f'"{name}":"%s"' for name in names)
    named = ",".join(f'"{name}":%s' for name in names)
    body = [b""] * (2 * len(names) + 1)
    body[::2] = f"{{{named}}}".encode().split(b"%s")
    tail = [""] * (2 * len(names) + 1)
    tail[::2] = f'{_SEALED}{opened}}},"v":1}}'.split("%s")
    return Shape(
        names,
        Struct(f"{SIZE}s" * len(names)).unpack,
        tuple(map(framed, names)),
        f"{{{opened}}}",
        body,
        tail,
    )


@lru_cache(maxsize=1024)
def shape_by(names: tuple[str, ...]) -> Shape | None:
    """The same, whatever the order of the names."""
    return shape_of(tuple(sorted(names)))


def commitments(shape: Shape, salts: bytes, values: Sequence[bytes]) -> list[str]:
    """The commitment to each field in hex, in the order of the names (section 3).

    Args:
        shape: The names.
        salts: Their salts, one after the other.
        values: `JCS` of their values.
    """
    lengths = map(_length, map(len, values))
    parts = zip(shape.cut(salts), shape.framed, lengths, values, strict=True)
    return commitments_to(map(b"".join, parts))


def commitments_to(fields: Iterable[bytes]) -> list[str]:
    """The commitment to each field in hex, given its salt, its framed name and its value.

    What makes the fields must make no commitments meanwhile.
    """
    reset, update, digest = _field_commitment.calls
    found: list[str] = []
    keep = found.append
    for field in fields:
        reset()
        update(field)
        keep(digest().hex())
    return found


def salts_stream(seed: bytes, count: int) -> bytes:
    """The salts of so many fields, one after the other (section 3)."""
    return _field_salts(seed, SIZE * count)


def message(salt: bytes, name: str, value: bytes) -> bytes:
    """What the commitment to a field is over (section 3)."""
    return salt + framed(name) + _length(len(value)) + value


@lru_cache(maxsize=1024)
def framed(name: str) -> bytes:
    """A name as the commitments to its field have it, its length before it (section 3)."""
    encoded = name.encode()
    return len(encoded).to_bytes(8) + encoded
