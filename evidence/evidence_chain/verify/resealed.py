"""Records sealed again: the entry that values and seed must give, compared with the one there is.

Most records of a log are what they should be. To seal one again and to compare two strings tells
that sooner than to take its entry apart, and in one stroke: form, kind, canonical spelling, names
and commitments. What differs in any way, or is unusual, gets `None` here. It may be right all the
same, or wrong in ways that people must be told, which `evidence_chain.verify.record` finds out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from evidence_chain import canonical
from evidence_chain.digest import SIZE
from evidence_chain.entry import MAX_ENTRY, RECORDED, RELATIONS, check_open
from evidence_chain.errors import FormatError
from evidence_chain.shape import commitments, salts_stream, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.canonical import Json
    from evidence_chain.shape import Shape

_KIND, _OPEN = '{"kind":"', '","open":'
_LINK = re.compile(
    f'{_KIND}link{_OPEN}{{"from":"(?P<from>[0-9a-f]{{64}})",'
    f'"relation":"(?P<relation>{"|".join(RELATIONS)})","to":"(?P<to>[0-9a-f]{{64}})"}}'
)
_SHORT = 200
"""Characters of the beginning of an entry that is kept, if many have the same."""
WITHIN = canonical.PLAIN | {int}
"""Types whose values are within the profile if `STRICTLY` encodes them."""
_HOLDING = frozenset({dict, list})
_DEEP = 8
"""Levels of nesting beyond which a value is unusual; the format needs five."""
if canonical.orjson is not None:
    STRICTLY = canonical.orjson.OPT_SORT_KEYS | canonical.orjson.OPT_STRICT_INTEGER
    _loads, _dumps = canonical.orjson.loads, canonical.orjson.dumps


Resealed = tuple[str, "Mapping[str, str]", dict[str, "Json"]]
"""Kind, what the entry says in public, and all values: none of the fields is withheld."""


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
    if canonical.orjson is None:
        return None
    try:
        values = _read(body)
        shape = None if values is None else _usual_shape(tuple(values))
        if values is None or shape is None:
            return None
        encoded = list(map(_dumps, values.values()))  # their order is that of their text
    except (ValueError, TypeError, RecursionError, FormatError):
        return None
    derived = salts_stream(seed, len(encoded))
    if salts is not None and salts != _salts_text(shape, derived.hex()):
        return None
    tail = shape.entry_with(commitments(shape, derived, encoded))
    at = len(entry) - len(tail)
    if not entry.endswith(tail) or len(entry) > MAX_ENTRY or not entry.isascii():
        return None
    public = public_in(entry[:at])
    return None if public is None else (*public, values)


def _salts_text(shape: Shape, salts: str) -> str:
    each = [salts[at : at + 2 * SIZE] for at in range(0, len(salts), 2 * SIZE)]
    return shape.salts % (*each,)


def _read(body: str) -> dict[str, Json] | None:
    """The values of a body that is canonical JSON, and within the profile."""
    text = body.encode()
    values = _loads(text)
    if type(values) is not dict or _dumps(values, None, STRICTLY) != text:
        return None
    for one in values.values():
        if type(one) not in WITHIN and not is_within(one):
            return None
    return None if canonical.is_ordered_otherwise(text) else values


def is_within(value: Json, depth: int = _DEEP) -> bool:
    """Whether a value that `STRICTLY` encodes is within the profile, and not unusually deep."""
    if depth == 0 or type(value) not in _HOLDING:
        return False
    for one in value.values() if type(value) is dict else value:
        if type(one) not in WITHIN and not is_within(one, depth - 1):
            return False
    return True


@lru_cache(maxsize=4096)
def _usual_shape(names: tuple[str, ...]) -> Shape | None:
    """The shape of records with these names, if they seal what every entry does."""
    return shape_of(names) if RECORDED.issubset(names) else None


def public_in(head: str) -> tuple[str, Mapping[str, str]] | None:
    """Kind and `open` of an entry, given what stands before `sealed`; `None` if that is none."""
    return _common_head(head) if len(head) < _SHORT and head.endswith("{}") else _head(head)


def _head(head: str) -> tuple[str, Mapping[str, str]] | None:
    if link := _LINK.fullmatch(head):
        return "link", link.groupdict()
    kind, _, said = head.removeprefix(_KIND).partition(_OPEN)
    try:
        public = canonical.decode(said.encode(), profile=False)
        check_open(kind, public)
    except FormatError:
        return None
    return (kind, public) if head == f"{_KIND}{kind}{_OPEN}{said}" else None


_common_head = lru_cache(maxsize=1024)(_head)
