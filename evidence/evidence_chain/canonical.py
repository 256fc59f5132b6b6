"""Canonical JSON: RFC 8785 over a strict profile (docs/format.md, section 1).

`encode` is the only maker of bytes that are hashed. `orjson` makes the same bytes faster and
is used where it is installed; `rfc8785` decides wherever the two could differ.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import rfc8785

from evidence_chain.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from types import ModuleType

orjson: ModuleType | None
try:
    import orjson
except ImportError:  # a verifier may be built without it
    orjson = None
_SORTED = orjson.OPT_SORT_KEYS if orjson is not None else 0

Json = Any
"""Objects, arrays, strings, booleans, null and integers below 2**53 in magnitude."""

INTEGER_BOUND = 2**53
MAX_DEPTH = 100
"""Levels of nesting that a value may have; the format needs five."""

# Above U+FFFF the order of UTF-16 units (RFC 8785) and that of UTF-8 bytes (orjson) part.
_ORDERS_DIFFER = re.compile(rb"[\xf0-\xff]")


def encode(value: Json) -> bytes:
    """Return `JCS(value)`.

    Raises:
        FormatError: `value` is outside the profile: a float, an integer of 2**53 or more, a
            lone surrogate, a key that is no string, another type, or nested too deeply.
    """
    check_profile(value, MAX_DEPTH)
    return encode_checked(value)


def encode_checked(value: Json) -> bytes:
    """Return `JCS(value)` of a value, or part of one, that `encode` or `decode` has passed.

    Raises:
        FormatError: a string with a lone surrogate, which only the encoding finds.
    """
    try:
        if orjson is not None:
            text: bytes = orjson.dumps(value, option=_SORTED)
            if not is_ordered_otherwise(text):
                return text
        return rfc8785.dumps(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise FormatError(f"This value has no canonical JSON: {error}.") from error


def is_ordered_otherwise(text: bytes) -> bool:
    """Whether `orjson` may sort the keys of an object with this text otherwise than RFC 8785."""
    return not text.isascii() and _ORDERS_DIFFER.search(text) is not None


def encode_members(values: Mapping[str, Json], text: bytes) -> dict[str, bytes]:
    """`JCS` of each member of an object whose own `JCS` is `text`, or a part of it."""
    if orjson is None or not text.isascii():
        return {name: encode_checked(value) for name, value in values.items()}
    dumps, option = orjson.dumps, _SORTED
    return {
        name: b"null" if value is None else dumps(value, option=option)
        for name, value in values.items()
    }


def encode_each(values: Collection[Json]) -> list[bytes]:
    """`JCS` of each of values that are members of one object.

    Raises:
        FormatError: as `encode` of that object would.
    """
    quickly = encode_checked if orjson is None else orjson.dumps
    found: list[bytes] = []
    for value in values:
        if value is None:
            found.append(b"null")
        elif type(value) is str and value.isascii():
            found.append(quickly(value))
        else:
            check_profile(value, MAX_DEPTH - 1)
            found.append(encode_checked(value))
    return found


def decode(text: bytes, *, profile: bool = True, depth: int = MAX_DEPTH) -> Json:
    """Parse canonical JSON, refusing every other spelling of the same value.

    Args:
        text: The bytes.
        profile: Whether to hold the value to the profile. A caller that checks its shape down
            to the last string need not.
        depth: Levels that a value held to the profile may be nested.

    Raises:
        FormatError: `text` is not JSON, is outside the profile, or is not `JCS` of what it
            says: duplicate keys, a byte-order mark, white space, another order of keys.
    """
    try:
        value = json.loads(text.decode()) if orjson is None else orjson.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"This is not JSON: {error}.") from error
    if profile:
        check_profile(value, depth)
    if encode_checked(value) != text:
        raise FormatError("This JSON is not canonical (RFC 8785), so its digest proves nothing.")
    return value


PLAIN = frozenset({str, bool, type(None)})
"""Types whose every value is within the profile; most values are of one of them."""
_KEYS = frozenset({str})


def check_profile(value: Json, depth: int) -> None:
    """Hold a value to the profile, and to so many levels of nesting.

    Raises:
        FormatError: it is outside.
    """
    kind = type(value)
    if kind in PLAIN:
        return
    if kind is int:
        if not -INTEGER_BOUND < value < INTEGER_BOUND:
            raise FormatError("This integer is too large: 2**53 - 1 is the largest in magnitude.")
        return
    if depth == 0:
        raise FormatError("This value is nested more deeply than may be.")
    if kind is dict:
        if not _KEYS.issuperset(map(type, value)):
            raise FormatError("A key of an object is not a string.")
        items = value.values()
    elif kind is list:
        items = value
    else:
        raise FormatError(f"A value of type {kind.__name__} has no place in a record.")
    for item in items:
        kind = type(item)
        if kind not in PLAIN and not (kind is int and -INTEGER_BOUND < item < INTEGER_BOUND):
            check_profile(item, depth - 1)
