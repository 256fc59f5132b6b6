"""Records sealed again: the entry that values and seed must give, compared with the one there is.

Most records of a log are what they should be. To seal one again and to compare two strings tells
that sooner than to take its entry apart, and in one stroke: form, kind, canonical spelling, names
and commitments. What differs in any way, or is unusual, gets `None` here. It may be right all the
same, or wrong in ways that people must be told, which `evidence_chain.verify.record` finds out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.digest import SIZE
from evidence_chain.entry import MAX_ENTRY, RECORDED, check_open
from evidence_chain.errors import FormatError
from evidence_chain.shape import SEALED, commitments, salts_stream, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.canonical import Json
    from evidence_chain.shape import Shape

_KIND, _OPEN = '{"kind":"', '","open":'
_SHORT = 200
"""Characters of the beginning of an entry that is kept, if many have the same."""


class Resealed(NamedTuple):
    """A record whose entry is the one that its values and its seed give."""

    kind: str
    open: Mapping[str, str]
    values: dict[str, Json]
    """All of its values: none of its fields is withheld."""


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
    derived = salts_stream(seed, len(encoded))
    if salts is not None and salts != _salts_text(shape, derived.hex()):
        return None
    head = entry.partition(SEALED)[0]
    is_common = head.endswith("{}") and len(head) < _SHORT
    public = _common_head(head) if is_common else _head(head)
    if public is None or entry != head + shape.tail % commitments(shape, derived, encoded):
        return None
    is_short = entry.isascii() and len(entry) <= MAX_ENTRY
    return Resealed(*public, values) if is_short else None


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
        shape = _usual_shape(tuple(values)) if type(values) is dict else None
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


@lru_cache(maxsize=4096)
def _usual_shape(names: tuple[str, ...]) -> Shape | None:
    """The shape of records with these names, if they seal what every entry does."""
    return shape_of(names) if RECORDED.issubset(names) else None


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
