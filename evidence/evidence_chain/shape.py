"""What records that seal the same names have in common, so that many are sealed in little time."""

from __future__ import annotations

import re
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import SIZE, DerivedKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from blake3 import blake3

SEALED = ',"sealed":{'
"""What stands in an entry between `open` and the first commitment."""
_TAIL = SEALED + '%s},"v":1}'
_NAME = re.compile("[A-Za-z0-9_-]+")
_MANY = 1024
_LENGTHS = [size.to_bytes(8) for size in range(_MANY)]

_field_salts = DerivedKey("evidence-chain 2026-11-21 v1 field salts")
_field_commitment = DerivedKey("evidence-chain 2026-11-21 v1 field commitment")


class Shape(NamedTuple):
    """What records that seal the same names have in common."""

    names: tuple[str, ...]
    cut: Callable[[bytes], tuple[bytes, ...]]
    """Salts that stand one after the other, as so many."""
    framed: tuple[bytes, ...]
    """Each name as the commitments to its field have it, its length before it."""
    body: bytes
    """`JCS` of an object with these names, and `%b` for each value."""
    salts: str
    """The same of an object of salts, and `%s` for each."""
    tail: str
    """An entry from `sealed` on, with `%s` for each commitment."""


@lru_cache(maxsize=4096)
def shape_of(names: tuple[str, ...]) -> Shape | None:
    """The shape of records with these names, in their order; `None` if it is no usual one."""
    if not all(map(_NAME.fullmatch, names)) or names != tuple(sorted(names)):
        return None
    opened = ",".join(f'"{name}":"%s"' for name in names)
    return Shape(
        names,
        Struct(f"{SIZE}s" * len(names)).unpack,
        tuple(map(framed, names)),
        b"{%b}" % ",".join(f'"{name}":%b' for name in names).encode(),
        f"{{{opened}}}",
        _TAIL % opened,
    )


def commitments(shape: Shape, salts: bytes, values: Iterable[bytes]) -> tuple[str, ...]:
    """The commitment to each field in hex, in the order of the names (section 3).

    Args:
        shape: The names.
        salts: Their salts, one after the other.
        values: `JCS` of their values.
    """
    state = _field_commitment.begin()
    reset, update, digest = state.reset, state.update, state.digest
    found, join, length = [], b"".join, _LENGTHS
    for name, salt, value in zip(shape.framed, shape.cut(salts), values, strict=True):
        reset()
        size = len(value)
        update(join((salt, name, length[size] if size < _MANY else size.to_bytes(8), value)))
        found.append(digest().hex())
    return tuple(found)


def salts_stream(seed: bytes, count: int) -> bytes:
    """The salts of so many fields, one after the other (section 3)."""
    return _field_salts(seed, SIZE * count)


@lru_cache(maxsize=1024)
def framed(name: str) -> bytes:
    """A name as the commitments to its field have it, its length before it (section 3)."""
    encoded = name.encode()
    return len(encoded).to_bytes(8) + encoded


def begin_commitment() -> blake3:
    """A fresh state, which what is committed to is put into (section 3)."""
    return _field_commitment.begin()
