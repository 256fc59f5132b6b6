"""Entries and the seals on their fields (docs/format.md, sections 3 and 4)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.digest import (
    SIZE,
    are_hex_digests,
    b3,
    from_hex_digests,
    is_hex_digest,
)
from evidence_chain.errors import FormatError, ProofError, RuleError
from evidence_chain.shape import commitments, commitments_to, message, salts_stream, shape_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evidence_chain.canonical import Json

VERSION = 1
MAX_ENTRY = 65_535
"""Bytes that an entry may have: the bound of a C2SP tile."""
MAX_VALUE = 1 << 20
"""Bytes that the canonical value of one field may have when it is sealed."""

RELATIONS = (
    "supports",
    "contradicts",
    "qualifies",
    "derives-from",
    "preserves",
    "translates",
    "answers",
    "replaces",
)
_OPEN_KEYS: dict[str, frozenset[str]] = {
    "artifact": frozenset(),
    "original": frozenset(),
    "claim": frozenset(),
    "link": frozenset({"from", "to", "relation"}),
    "retraction": frozenset({"to"}),
    "erasure": frozenset({"to"}),
    "review": frozenset({"to", "verdict"}),
    "amendment": frozenset({"to"}),
    "case": frozenset(),
    "custody": frozenset(),
    "key": frozenset({"previous", "vkey"}),
}
_OPEN_VALUES = {"relation": RELATIONS, "verdict": ("approved", "rejected")}
_KEY_VALUES = frozenset({"previous", "vkey"})
"""What in `open` is a verifier key, which the succession of keys checks."""
RECORDED = frozenset({"recorded_at", "recorded_by"})
"""The fields that every entry seals."""
_EVIDENCE = re.compile(r"evidence/[a-z0-9]+(-[a-z0-9]+)*")
_KEYS = {"kind", "open", "sealed", "v"}


class Entry(NamedTuple):
    """A parsed entry: what the log says in public of one record."""

    kind: str
    open: Mapping[str, str]
    sealed: Mapping[str, str]
    """Commitment in hex by field name."""


class Record(NamedTuple):
    """A sealed record: the public entry, and what opens it."""

    id: str
    entry: bytes
    parsed: Entry
    body: bytes
    """`JCS` of all values by name."""
    seed: bytes

    @property
    def salts(self) -> bytes:
        """`JCS` of all salts in hex by name, which the seed gives."""
        return salts_text(derive_salts(self.seed, self.parsed.sealed))


@lru_cache(maxsize=1024)
def is_evidence(kind: str) -> bool:
    """Whether `kind` is an evidence kind: `evidence/` and a name."""
    return _EVIDENCE.fullmatch(kind) is not None


def seal(
    kind: str, fields: Mapping[str, Json], *, seed: bytes, public: Mapping[str, str] | None = None
) -> Record:
    """Commit to each of `fields` and return the record (section 3).

    Args:
        kind: One of the kinds of section 4.
        fields: Values by name. A field without a value is there with `None`.
        seed: 32 bytes from the system's random source, used for this record alone.
        public: What the entry says for ever in public; only links and notices have any.

    Raises:
        FormatError: a name or value outside canonical JSON, a kind or `open` key that is
            unknown, or an entry that is larger than the format allows.
        RuleError: a value has more than `MAX_VALUE` bytes.
    """
    if len(seed) != SIZE:
        raise FormatError(f"A seed has {SIZE} bytes, this one {len(seed)}.")
    open_ = dict(public or {})
    shape = shape_by(tuple(fields)) if _NAMES.issuperset(map(type, fields)) else None
    if shape is None:
        body, sealed = _sealed_unusual(fields, seed)
        check_open(kind, open_)
        entry = canonical.encode_checked(
            {"kind": kind, "open": open_, "sealed": sealed, "v": VERSION}
        )
    else:
        values = canonical.encode_each(list(map(fields.__getitem__, shape.names)))
        body = shape.body_with(values)
        _check_lengths(shape.names, values, body)
        head = _head(kind, open_) if open_ else _common_head(kind)
        made = commitments(shape, salts_stream(seed, len(values)), values)
        entry = (head + shape.entry_with(made)).encode()
        sealed = dict(zip(shape.names, made, strict=True))
    _check_length(entry)
    return Record(b3(entry).hex(), entry, Entry(kind, open_, sealed), body, seed)


_NAMES = frozenset({str})


def _head(kind: str, open_: Mapping[str, str]) -> str:
    """What stands in an entry before `sealed`."""
    check_open(kind, open_)
    return canonical.encode_checked({"kind": kind, "open": open_})[:-1].decode()


@lru_cache(maxsize=1024)
def _common_head(kind: str) -> str:
    return _head(kind, {})


def _sealed_unusual(fields: Mapping[str, Json], seed: bytes) -> tuple[bytes, dict[str, str]]:
    """`JCS` of all values by name, and the commitment to each in hex, whatever the names are."""
    body = canonical.encode(dict(fields))
    values = canonical.encode_members(fields, body)
    _check_lengths(tuple(values), list(values.values()), body)
    return body, _commitments(derive_salts(seed, values), values)


def _check_lengths(names: Sequence[str], values: Sequence[bytes], body: bytes) -> None:
    for name, value in zip(names, values, strict=True) if len(body) > MAX_VALUE else ():
        if len(value) > MAX_VALUE:
            raise RuleError(
                f"The field {name!r} has {len(value):,} bytes; {MAX_VALUE:,} is the most. "
                "Preserve long text as a file and quote the passage that matters."
            )


def derive_salts(seed: bytes, names: Iterable[str]) -> dict[str, bytes]:
    """The salt of each field, in the order of the names' UTF-8 bytes (section 3)."""
    ordered = sorted(names)  # by code point, which is the order of the UTF-8 bytes
    stream = salts_stream(seed, len(ordered))
    return {name: stream[SIZE * i : SIZE * (i + 1)] for i, name in enumerate(ordered)}


def salts_in_hex(seed: bytes, names: Iterable[str]) -> dict[str, str]:
    """The same in hex."""
    ordered = sorted(names)
    digits = salts_stream(seed, len(ordered)).hex()
    return {name: digits[2 * SIZE * i : 2 * SIZE * (i + 1)] for i, name in enumerate(ordered)}


def salts_text(salts: Mapping[str, bytes]) -> bytes:
    """`JCS` of `salts` in hex by name, as section 6 publishes them."""
    return canonical.encode_checked({name: salt.hex() for name, salt in salts.items()})


def parse(entry: bytes) -> Entry:
    """Parse an entry strictly (sections 1 and 4).

    Raises:
        FormatError: too long, not canonical, or with a key, kind, relation, verdict or version
            that this version of the format does not know.
    """
    _check_length(entry)
    value = canonical.decode(entry, profile=False)
    if type(value) is not dict or value.keys() != _KEYS:
        raise FormatError("An entry has the keys kind, open, sealed and v, and no others.")
    if type(value["v"]) is not int or value["v"] != VERSION:
        raise FormatError(f"This entry is of version {value['v']!r}; only {VERSION} is known.")
    kind, open_, sealed = value["kind"], value["open"], value["sealed"]
    check_open(kind, open_)
    if type(sealed) is not dict or not are_hex_digests(sealed.values()):
        raise FormatError("`sealed` holds one commitment of 64 hex digits for each field.")
    return Entry(kind, open_, sealed)


def _check_length(entry: bytes) -> None:
    if len(entry) > MAX_ENTRY:
        raise FormatError(f"This entry has {len(entry):,} bytes; {MAX_ENTRY:,} is the most.")


def check_open(kind: Json, open_: Json) -> None:
    """Check the kind of an entry, and what it says in public.

    Raises:
        FormatError: this version of the format does not know the kind, a key or a value.
    """
    if type(kind) is not str or not (kind in _OPEN_KEYS or is_evidence(kind)):
        raise FormatError(f"The kind {kind!r} is unknown to this version of the format.")
    allowed = _OPEN_KEYS.get(kind, frozenset())
    if type(open_) is not dict or open_.keys() != allowed:
        wanted = ", ".join(sorted(allowed)) or "nothing"
        raise FormatError(f"An entry of kind {kind} has {wanted} in `open`.")
    for key, value in open_.items():
        if key in _KEY_VALUES and type(value) is str:
            continue
        known = _OPEN_VALUES.get(key)
        if not (value in known if known else is_hex_digest(value)):
            raise FormatError(f"{value!r} is no {key} that this version of the format knows.")


def open_record(entry: Entry, body: bytes, salts: bytes) -> dict[str, Json]:
    """Check disclosed fields against their commitments and return their values (section 3).

    Args:
        entry: The parsed entry.
        body: `JCS` of the disclosed values by name; some fields or all of them.
        salts: `JCS` of their salts in hex by name.

    Raises:
        FormatError: `body` or `salts` is not canonical JSON of the right shape.
        ProofError: a field that the entry does not have, or a value or salt that is not the
            one committed to. The message names every such field.
    """
    return open_fields(entry, body, salts_of(canonical.decode(salts, profile=False)))


def salts_of(opening: Json) -> dict[str, bytes]:
    """Salts by name, of what says them in hex.

    Raises:
        FormatError: they are not 32 bytes each.
    """
    salts = from_hex_digests(opening.values()) if type(opening) is dict else None
    if salts is None:
        raise FormatError("Salts are an object with 64 hex digits for each field.")
    return {name: salts[SIZE * i : SIZE * (i + 1)] for i, name in enumerate(opening)}


def open_fields(entry: Entry, body: bytes, salts: Mapping[str, bytes]) -> dict[str, Json]:
    """Like `open_record`, with the salts as bytes, such as `derive_salts` gives them."""
    values = canonical.decode(body)
    if type(values) is not dict or values.keys() != salts.keys():
        raise FormatError("Disclosed values and salts are objects with the same names.")
    check_values(entry, salts, canonical.encode_members(values, body))
    return values


def check_values(entry: Entry, salts: Mapping[str, bytes], encoded: Mapping[str, bytes]) -> None:
    """Check values, given by their canonical JSON, against their commitments.

    Raises:
        ProofError: one is not the one committed to. The message names every such field.
    """
    found, sealed = _commitments(salts, encoded), entry.sealed
    wrong = [name for name, commitment in found.items() if commitment != sealed.get(name)]
    if wrong:
        raise ProofError(f"Not what was committed to: {', '.join(sorted(wrong))}.")


def opens(entry: Entry, values: Mapping[str, Json], salts: Mapping[str, str], text: bytes) -> bool:
    """Whether salts in hex open values, all of them: quick, and without telling what doesn't.

    Args:
        entry: The parsed entry.
        values: The disclosed values.
        salts: Their salts, by the same names in the same order.
        text: Canonical JSON of which the values are a part.
    """
    joined = from_hex_digests(salts.values())
    if joined is None:
        return False
    encoded = canonical.encode_members(values, text)
    found = commitments_to(
        message(joined[SIZE * i : SIZE * (i + 1)], name, value)
        for i, (name, value) in enumerate(encoded.items())
    )
    return found == list(map(entry.sealed.get, encoded))


def _commitments(salts: Mapping[str, bytes], values: Mapping[str, bytes]) -> dict[str, str]:
    """The commitment to each field in hex, given its salt and its canonical value."""
    found = commitments_to(message(salts[name], name, value) for name, value in values.items())
    return dict(zip(values, found, strict=True))
