"""Records sealed again: the entry that values and seed must give, compared with the one there is.

Most records of a log are what they should be. To seal one again and to compare two strings tells
that sooner than to take its entry apart, and in one stroke: form, kind, canonical spelling, names
and commitments. What differs in any way, or is unusual, gets `None` here. It may be right all the
same, or wrong in ways that people must be told, which `evidence_chain.verify.record` finds out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.digest import SIZE
from evidence_chain.entry import (
    MAX_ENTRY,
    RECORDED,
    begin_commitment,
    begin_salts,
    check_open,
    framed,
)
from evidence_chain.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from evidence_chain.canonical import Json

_SEALED = ',"sealed":{'
_KIND, _OPEN = '{"kind":"', '","open":'
_NAME = re.compile("[A-Za-z0-9_-]+")
_TAIL = _SEALED + '%s},"v":1}'
_MANY = 1024
_LENGTHS = [size.to_bytes(8) for size in range(_MANY)]
_SHORT = 200
"""Characters of the beginning of an entry that is kept, if many have the same."""


class Resealed(NamedTuple):
    """A record whose entry is the one that its values and its seed give."""

    kind: str
    open: Mapping[str, str]
    values: dict[str, Json]
    """All of its values: none of its fields is withheld."""


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
    usual = all(map(_NAME.fullmatch, names)) and names == tuple(sorted(names))
    if not usual or not RECORDED.issubset(names):
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
    state = begin_commitment()
    reset, update, digest = state.reset, state.update, state.digest
    found, join, length = [], b"".join, _LENGTHS
    for name, salt, value in zip(shape.framed, shape.cut(salts), values, strict=True):
        reset()
        size = len(value)
        update(join((salt, name, length[size] if size < _MANY else size.to_bytes(8), value)))
        found.append(digest().hex())
    return tuple(found)


def reseal(entry: str, body: str, seed: bytes, salts: str | None = None) -> Resealed | None:
    """What a record says if values and seed give its entry and nothing about it is unusual.

    That holds only where `evidence_chain.entry.parse` and `open_fields` would accept it, with
    every field disclosed, and it seals what every entry does.

    Args:
        entry: The entry.
        body: `JCS` of its values, as far as anybody knows.
        seed: What its salts are derived from.
        salts: `JCS` of its salts in hex by name, if they are kept beside the seed.
    """
    said = _read(body)
    if said is None:
        return None
    values, shape, encoded = said
    state = begin_salts()
    state.update(seed)
    derived = state.digest(length=SIZE * len(encoded))
    if salts is not None and salts != _salts_text(shape, derived.hex()):
        return None
    head = entry.partition(_SEALED)[0]
    is_common = head.endswith("{}") and len(head) < _SHORT
    public = _common_head(head) if is_common else _head(head)
    if public is None or entry != head + shape.tail % commitments(shape, derived, encoded):
        return None
    return Resealed(*public, values) if len(entry) <= MAX_ENTRY else None


def _salts_text(shape: Shape, salts: str) -> str:
    each = [salts[at : at + 2 * SIZE] for at in range(0, len(salts), 2 * SIZE)]
    return shape.salts % (*each,)


def _read(body: str) -> tuple[dict[str, Json], Shape, list[bytes]] | None:
    """The values of a body that is canonical JSON, their shape, and `JCS` of each."""
    if canonical.orjson is None:
        return None
    dumps, option = canonical.orjson.dumps, canonical.orjson.OPT_SORT_KEYS
    try:
        text = body.encode()
        values = canonical.orjson.loads(text)
        shape = shape_of(tuple(values)) if type(values) is dict else None
        if shape is None or canonical.is_ordered_otherwise(text):
            return None
        encoded = [b"null" if one is None else dumps(one, option=option) for one in values.values()]
        if shape.body % (*encoded,) != text:
            return None
        for one in values.values():
            if type(one) not in canonical.PLAIN:
                canonical.check_profile(one, canonical.MAX_DEPTH - 1)
    except (ValueError, TypeError, RecursionError, FormatError):
        return None
    return values, shape, encoded


def _head(head: str) -> tuple[str, Mapping[str, str]] | None:
    """Kind and `open` of an entry, given what stands before `sealed`."""
    kind, _, said = head.removeprefix(_KIND).partition(_OPEN)
    try:
        public = canonical.decode(said.encode(), profile=False)
        check_open(kind, public)
    except FormatError:
        return None
    return (kind, public) if head == f"{_KIND}{kind}{_OPEN}{said}" else None


_common_head = lru_cache(maxsize=1024)(_head)
