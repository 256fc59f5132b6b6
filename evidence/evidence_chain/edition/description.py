"""`edition.json`: what an edition says of itself (docs/edition.md, section 3)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evidence_chain import canonical
from evidence_chain.digest import SIZE, is_hex_digest
from evidence_chain.edition.line import DEEPEST
from evidence_chain.errors import FormatError
from evidence_chain.log import b64
from evidence_chain.values import is_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evidence_chain.canonical import Json

KEYS = {
    *("v", "origin", "size", "made", "title", "claims", "everywhere", "counts", "withheld"),
    *("absent", "earlier", "policy", "gate"),
}
COUNTS = ("entries", "disclosed", "partly", "withheld", "erased")
OUTCOMES = ("met", "overridden", "not-asked")
LARGEST = 64 << 20
"""Bytes that the file may have."""


def write(said: dict[str, Json]) -> bytes:
    """The bytes of the file: `JCS` and a newline."""
    return canonical.encode(said) + b"\n"


def read(data: bytes) -> dict[str, Any]:
    """What an edition says of itself, each part of the type that it should have.

    Raises:
        FormatError: it isn't written as `write` writes it, or a part is of another shape.
    """
    if len(data) > LARGEST or not data.endswith(b"\n"):
        raise FormatError(f"edition.json ends in a newline and has at most {LARGEST >> 20} MiB.")
    said = canonical.decode(data[:-1], depth=DEEPEST)
    if type(said) is not dict or said.keys() != KEYS:
        raise FormatError(f"edition.json has the keys {', '.join(sorted(KEYS))}, and no others.")
    for name, is_fitting in _SHAPES.items():
        if not is_fitting(said[name]):
            raise FormatError(f"`{name}` of edition.json is not of the form that it should be.")
    return said


def is_fingerprint(value: Json) -> bool:
    """Whether a value is base64 of 32 bytes."""
    try:
        return type(value) is str and len(b64.decode(value)) == SIZE
    except FormatError:
        return False


def _is_count(value: Json) -> bool:
    return type(value) is int and value >= 0


def _is_said(value: Json) -> bool:
    return type(value) is str and value != ""


def _is_ascending(values: list[Any]) -> bool:
    return all(one < other for one, other in pairwise(values))


def _are_names(value: Json) -> bool:
    """Field names, ascending by their UTF-8 bytes, which is the order of code points."""
    return type(value) is list and all(type(one) is str for one in value) and _is_ascending(value)


def _is_everywhere(value: Json) -> bool:
    if type(value) is not dict or value.keys() != {"fields", "reason"}:
        return False
    reason = value["reason"]
    return _are_names(value["fields"]) and (_is_said(reason) if value["fields"] else reason is None)


def _is_withheld(value: Json) -> bool:
    return (
        type(value) is dict
        and value.keys() == {"idx", "fields", "reason"}
        and _is_count(value["idx"])
        and (value["fields"] is None or (_are_names(value["fields"]) and value["fields"] != []))
        and _is_said(value["reason"])
    )


def _is_absent(value: Json) -> bool:
    return (
        type(value) is dict
        and value.keys() == {"blake3", "reason"}
        and is_hex_digest(value["blake3"])
        and _is_said(value["reason"])
    )


def _is_earlier(value: Json) -> bool:
    return (
        type(value) is dict
        and value.keys() == {"made", "size", "root", "note"}
        and is_time(value["made"])
        and _is_count(value["size"])
        and value["size"] > 0
        and is_fingerprint(value["root"])
        and is_fingerprint(value["note"])
    )


def _is_gate(value: Json) -> bool:
    if type(value) is not dict or value.keys() != {"rule", "subject", "outcome", "detail"}:
        return False
    detail, subject = value["detail"], value["subject"]
    return (
        _is_said(value["rule"])
        and (subject is None or is_hex_digest(subject))
        and value["outcome"] in OUTCOMES
        and (_is_said(detail) or (detail is None and value["outcome"] != "overridden"))
        and (detail is None or value["outcome"] != "met")
    )


def _list_of(
    is_fitting: Callable[[Json], bool], key: Callable[[Any], Any] | None = None
) -> Callable[[Json], bool]:
    """A list of fitting values, ascending by `key` if there is one."""

    def is_such(value: Json) -> bool:
        return (
            type(value) is list
            and all(map(is_fitting, value))
            and (key is None or _is_ascending(list(map(key, value))))
        )

    return is_such


def _are_counts(value: Json) -> bool:
    return (
        type(value) is dict and value.keys() == set(COUNTS) and all(map(_is_count, value.values()))
    )


_SHAPES: dict[str, Callable[[Json], bool]] = {
    "v": lambda value: type(value) is int and value == 1,
    "origin": _is_said,
    "size": _is_count,
    "made": is_time,
    "title": lambda value: value is None or type(value) is str,
    "claims": _list_of(is_hex_digest, str),
    "everywhere": _is_everywhere,
    "counts": _are_counts,
    "withheld": _list_of(_is_withheld, lambda one: one["idx"]),
    "absent": _list_of(_is_absent, lambda one: one["blake3"]),
    "earlier": _list_of(_is_earlier, lambda one: one["made"]),
    "policy": lambda value: type(value) is dict,
    "gate": _list_of(_is_gate),
}


def order_of_earlier(said: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the order of the earlier editions."""
    sizes = [one["size"] for one in said["earlier"]]
    if sizes != sorted(sizes):
        yield "The sizes of the earlier editions fall."
    if any(one["made"] > said["made"] for one in said["earlier"]):
        yield "An earlier edition is said to be made after this one."
