"""What the values of a record's fields may be (docs/format.md, sections 4 and 7), without I/O.

Only fields that verification reads are held to a type; a user's own may be anything.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import is_hex_digest
from evidence_chain.entry import RECORDED, is_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from evidence_chain.canonical import Json
    from evidence_chain.entry import Entry

_TIME = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")
ACTIONS = ("received", "transferred", "examined", "verified", "exported", "published")
"""What a custody entry may say was done."""


def is_time(value: Json) -> bool:
    """Whether a value is a moment as the format writes it: `YYYY-MM-DDTHH:MM:SSZ`."""
    return type(value) is str and _is_time(value)


@lru_cache(maxsize=1024)
def _is_time(value: str) -> bool:
    if not (parts := _TIME.fullmatch(value)):
        return False
    try:
        datetime(*map(int, parts.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return False
    return True


def check_fields(entry: Entry, values: Mapping[str, Json]) -> Iterator[str]:
    """Yield what is wrong with a record's fields, as far as they are disclosed.

    Args:
        entry: The parsed entry.
        values: Its disclosed values, which are what it commits to.
    """
    for name in sorted(RECORDED - entry.sealed.keys()):
        yield f"Every entry seals {name}, and this one doesn't."
    for name, (may, wanted) in _rules_of(entry.kind).items() if values else ():
        if name in values and not may(values[name]):
            yield f"`{name}` should be {wanted}, and is {_shortened(values[name])}."


def fit(kind: str, values: Mapping[str, Json]) -> bool:
    """Whether values are what `check_fields` finds nothing wrong with, for a record of a kind."""
    for name, (may, _) in _rules_of(kind).items():
        if name in values and not may(values[name]):
            return False
    return True


@lru_cache(maxsize=1024)
def _rules_of(kind: str) -> _Rules:
    return _COMMON | (_EVIDENCE if is_evidence(kind) else _FIELDS.get(kind, {}))


def _shortened(value: Json) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"


def _is_text(value: Json) -> bool:
    return type(value) is str


def _is_size(value: Json) -> bool:
    return type(value) is int and value >= 0


def _is_match(value: Json) -> bool:
    if type(value) is not dict:
        return False
    notes = value.get("notes")
    listed = notes is None or (type(notes) is list and all(type(one) is str for one in notes))
    return type(value.get("status")) is str and listed


def _is_region(value: Json) -> bool:
    return type(value) is dict and (value.get("crop") is None or is_hex_digest(value["crop"]))


def _maybe(may: Callable[[Json], bool]) -> Callable[[Json], bool]:
    return lambda value: value is None or may(value)


def _list_of(may: Callable[[Json], bool]) -> Callable[[Json], bool]:
    return lambda value: type(value) is list and all(map(may, value))


def _is_object(value: Json) -> bool:
    return type(value) is dict


_Rules = dict[str, tuple["Callable[[Any], bool]", str]]
_TEXT = (_is_text, "text")
_DIGEST = (is_hex_digest, "64 hex digits")
_COMMON: _Rules = {"recorded_at": (is_time, "a time such as 2026-11-22T09:30:00Z")}
_COMMON["recorded_by"] = _TEXT
_EVIDENCE: _Rules = {
    "artifact": (_maybe(is_hex_digest), "the id of a preserved file"),
    "text": (_maybe(_is_text), "text"),
    "selector": (_maybe(_list_of(_is_object)), "a list of selectors"),
    "extracted": (_maybe(is_hex_digest), "the digest of a text stream"),
    "extractor": (_maybe(_is_object), "an object with name, options and version"),
    "match": (_maybe(_is_match), "an object with notes, rules and status"),
    "regions": (_maybe(_list_of(_is_region)), "a list of places on pages"),
}
_FIELDS: dict[str, _Rules] = {
    "artifact": {
        "blake3": _DIGEST,
        "sha256": _DIGEST,
        "size": (_is_size, "a number of bytes"),
        "media_type": _TEXT,
    },
    "original": {"title": _TEXT},
    "claim": {"slug": _TEXT, "statement": _TEXT},
    "case": {"title": (_maybe(_is_text), "text")},
    "retraction": {"reason": (_maybe(_is_text), "text")},
    "erasure": {"reason": (_maybe(_is_text), "text")},
    "key": {"reason": (_maybe(_is_text), "text")},
    "amendment": {
        "changes": (_is_object, "an object of field names and values"),
        "reason": (_maybe(_is_text), "text"),
    },
    "review": {
        "reviewer": _TEXT,
        "note": (_maybe(_is_text), "text"),
        "size": (_is_size, "the size of a log"),
        "root": _TEXT,
        "signature": (_maybe(_is_text), "an armored signature"),
    },
    "custody": {
        "actor": _TEXT,
        "action": (lambda value: value in ACTIONS, f"one of {', '.join(ACTIONS)}"),
        "subjects": (_list_of(is_hex_digest), "a list of ids"),
        "note": (_maybe(_is_text), "text"),
    },
}
