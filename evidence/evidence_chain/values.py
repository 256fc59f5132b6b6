"""What the values of a record's fields may be (docs/format.md, sections 4 and 7), without I/O.

Only fields that verification reads are held to a type; a user's own may be anything.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import is_hex_digest
from evidence_chain.entry import RECORDED, is_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from evidence_chain.canonical import Json
    from evidence_chain.entry import Entry

_TEXTS, _OBJECTS = frozenset({str}), frozenset({dict})
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
    for name, (may, wanted, maybe) in _rules_of(entry.kind).items() if values else ():
        value = values.get(name)
        if name in values and not (may(value) or (maybe and value is None)):
            yield f"`{name}` should be {wanted}, and is {_shortened(value)}."


def fit(kind: str, values: Mapping[str, Json]) -> bool:
    """Whether values are what `check_fields` finds nothing wrong with, for a record of a kind."""
    given = values.get
    for name, may, maybe in _rules_in_short(kind):
        value = given(name)
        if value is None:
            if not maybe and name in values:
                return False
        elif not may(value):
            return False
    return True


@lru_cache(maxsize=1024)
def _rules_in_short(kind: str) -> list[tuple[str, Callable[[Json], bool], bool]]:
    return [(name, rule.may, rule.maybe) for name, rule in _rules_of(kind).items()]


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
    listed = notes is None or (type(notes) is list and _TEXTS.issuperset(map(type, notes)))
    return type(value.get("status")) is str and listed


def _is_region(value: Json) -> bool:
    return type(value) is dict and (value.get("crop") is None or is_hex_digest(value["crop"]))


def _are_regions(value: Json) -> bool:
    return type(value) is list and all(map(_is_region, value))


def _are_digests(value: Json) -> bool:
    return type(value) is list and all(map(is_hex_digest, value))


def _are_objects(value: Json) -> bool:
    return type(value) is list and _OBJECTS.issuperset(map(type, value))


def _is_object(value: Json) -> bool:
    return type(value) is dict


def _is_action(value: Json) -> bool:
    return value in ACTIONS


class _Rule(NamedTuple):
    may: Callable[[Json], bool]
    wanted: str
    maybe: bool = False
    """Whether the field may be without a value, too."""


_Rules = dict[str, _Rule]
_TEXT = _Rule(_is_text, "text")
_DIGEST = _Rule(is_hex_digest, "64 hex digits")
_COMMON: _Rules = {"recorded_at": _Rule(is_time, "a time such as 2026-11-22T09:30:00Z")}
_COMMON["recorded_by"] = _TEXT
_EVIDENCE: _Rules = {
    "artifact": _Rule(is_hex_digest, "the id of a preserved file", maybe=True),
    "text": _Rule(_is_text, "text", maybe=True),
    "selector": _Rule(_are_objects, "a list of selectors", maybe=True),
    "extracted": _Rule(is_hex_digest, "the digest of a text stream", maybe=True),
    "extractor": _Rule(_is_object, "an object with name, options and version", maybe=True),
    "match": _Rule(_is_match, "an object with notes, rules and status", maybe=True),
    "regions": _Rule(_are_regions, "a list of places on pages", maybe=True),
}
_FIELDS: dict[str, _Rules] = {
    "artifact": {
        "blake3": _DIGEST,
        "sha256": _DIGEST,
        "size": _Rule(_is_size, "a number of bytes"),
        "media_type": _TEXT,
    },
    "original": {"title": _TEXT},
    "claim": {"slug": _TEXT, "statement": _TEXT},
    "case": {"title": _Rule(_is_text, "text", maybe=True)},
    "retraction": {"reason": _Rule(_is_text, "text", maybe=True)},
    "erasure": {"reason": _Rule(_is_text, "text", maybe=True)},
    "key": {"reason": _Rule(_is_text, "text", maybe=True)},
    "amendment": {
        "changes": _Rule(_is_object, "an object of field names and values"),
        "reason": _Rule(_is_text, "text", maybe=True),
    },
    "review": {
        "reviewer": _TEXT,
        "note": _Rule(_is_text, "text", maybe=True),
        "size": _Rule(_is_size, "the size of a log"),
        "root": _TEXT,
        "signature": _Rule(_is_text, "an armored signature", maybe=True),
    },
    "custody": {
        "actor": _TEXT,
        "action": _Rule(_is_action, f"one of {', '.join(ACTIONS)}"),
        "subjects": _Rule(_are_digests, "a list of ids"),
        "note": _Rule(_is_text, "text", maybe=True),
    },
}
