"""Keys as archives of keys, and servers that answer for DNS, write them: JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.canonical import Json

_NAME = pattern(r"([^\s]+)\._domainkey\.([^\s]+?)\.?")
_RECORD = pattern(r'\s*"?(?:[a-z]\s*=[^;]*;\s*)*p\s*=', 2)
_DEEPEST = 20


class Found(NamedTuple):
    """A record, and whose it is said to be."""

    record: str
    domain: str | None
    selector: str | None


def records(text: str) -> list[Found] | None:
    """Return the key records in JSON, or in lines of JSON; `None` if it is none.

    Args:
        text: objects at any depth that hold a record under any name, and beside it `domain` and
            `selector`, or `name` as DNS has it.
    """
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return list(_within(json.loads(text), {}, 0))
    except (ValueError, RecursionError):
        pass
    try:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        return [found for line in lines for found in _within(line, {}, 0)]
    except (ValueError, RecursionError):
        return None


def _within(value: Json, said: dict[str, Json], depth: int) -> Iterator[Found]:
    """The records in a value, by what is said of whose they are around it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str) and _RECORD.match(value):
        yield Found(value, *_signer(said))
    elif isinstance(value, list):
        for each in value:
            yield from _within(each, said, depth + 1)
    elif isinstance(value, dict):
        inner = said | {str(key).lower(): each for key, each in value.items()}
        for each in value.values():
            yield from _within(each, inner, depth + 1)


def _signer(said: dict[str, Json]) -> tuple[str | None, str | None]:
    named = _NAME.fullmatch(str(said.get("name", "")))
    domain, selector = (said.get(name) for name in ("domain", "selector"))
    if isinstance(domain, str) and isinstance(selector, str):
        return domain.rstrip("."), selector
    return (named[2], named[1]) if named else (None, None)
