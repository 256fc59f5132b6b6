"""What a parser's process answered, taken apart: nothing in it is believed before its type is."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.canonical import Json


def listed(value: Json) -> list[Any]:
    """A list.

    Raises:
        ValueError: it is none; so in the others.
    """
    if not isinstance(value, list):
        raise ValueError("no list")
    return value


def typed(row: Json, *kinds: type) -> list[Any]:
    """A list of values of these types, no others: what is true is no number here."""
    values = listed(row)
    if list(map(type, values)) != [*kinds]:
        raise ValueError("other types")
    return values


def rows(value: Json, *kinds: type) -> list[list[Any]]:
    """A list of such lists."""
    return [typed(row, *kinds) for row in listed(value)]


def captures(value: Json) -> list[tuple[str, str, str]]:
    """Address, date and digest of each capture."""
    return [(url, date, digest) for url, date, digest in rows(value, str, str, str)]


def cut(blob: bytes, sizes: list[int]) -> Iterator[bytes]:
    """Pieces of these sizes, which fill it."""
    if sum(sizes) != len(blob) or any(size < 0 for size in sizes):
        raise ValueError("other sizes")
    ends = accumulate(sizes)
    return (blob[end - size : end] for size, end in zip(sizes, ends, strict=True))


class Captures(NamedTuple):
    """What was captured in a web archive: address, date and payload digest of each."""

    captures: list[tuple[str, str, str]]

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        return {"captures": self.captures}, b""

    @classmethod
    def unpack(cls, head: dict[str, Json], _blob: bytes) -> Captures:
        """What was packed."""
        return cls(captures(head["captures"]))
