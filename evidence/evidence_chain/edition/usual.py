"""Lines that are what they must be, known at one look: put together again, and compared.

Most lines of a log are. To make of its values and salts the line that they must give, and to
compare two strings, tells that in half the time of taking it apart. What differs in any way, or is
unusual, gets `None` here: it may be right all the same, or wrong in ways that people must be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain import canonical
from evidence_chain.digest import from_hex_digests, is_hex_digest
from evidence_chain.edition.line import LARGEST, Line
from evidence_chain.entry import RECORDED, Entry
from evidence_chain.errors import FormatError
from evidence_chain.shape import commitments, shape_of
from evidence_chain.values import fit
from evidence_chain.verify.resealed import STRICTLY, WITHIN, is_within, public_in

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

_KEYS = ("body", "entry", "salts")
_LONG = 8192
"""Characters beyond which an entry is unusual; what is kept of each form is bounded by them."""
if canonical.orjson is not None:
    _loads, _dumps = canonical.orjson.loads, canonical.orjson.dumps


def read_usual(line: bytes) -> tuple[Line, Entry] | None:
    """Read a line without its newline, if it discloses values and nothing about it is unusual.

    It gives something only where `line.parse` and `entry.parse` would, the values are those that
    the entry commits to, and `values.check_fields` finds nothing wrong with them.
    """
    if canonical.orjson is None or len(line) >= LARGEST or canonical.is_ordered_otherwise(line):
        return None
    try:
        value = _loads(line)
        if (
            type(value) is not dict
            or tuple(value) != _KEYS
            or _dumps(value, None, STRICTLY) != line
        ):
            return None
        return _read(*value.values())
    except (AttributeError, KeyError, ValueError, TypeError, RecursionError, FormatError):
        return None


def _read(body: dict[str, Json], text: str, salts: dict[str, str]) -> tuple[Line, Entry] | None:
    """What `read_usual` gives of canonical JSON; where something is of another type it raises."""
    for one in body.values():
        if type(one) not in WITHIN and not is_within(one):
            return None
    entry, names, joined = _entry(text), tuple(body), from_hex_digests(salts.values())
    if entry is None or joined is None or names != tuple(salts) or not fit(entry.kind, body):
        return None
    sealed = entry.sealed
    shape = shape_of(names) if names and body.keys() <= sealed.keys() else None
    if shape is None:
        return None
    values = [_dumps(one, None, STRICTLY) for one in body.values()]
    if commitments(shape, joined, values) != [sealed[name] for name in names]:
        return None
    if not all(is_hex_digest(sealed[name]) for name in sealed if name not in body):
        return None
    return Line(text.encode(), body, salts), entry


def _entry(text: str) -> Entry | None:
    """An entry, if it is written as entries are; what of `sealed` is no digest is not looked at."""
    sealed = _loads(text)["sealed"] if len(text) <= _LONG else {}
    shape = shape_of(tuple(sealed)) if sealed.keys() >= RECORDED else None
    if shape is None:
        return None
    tail = shape.entry_with([*sealed.values()])
    if not text.endswith(tail) or not text.isascii():
        return None
    public = public_in(text[: len(text) - len(tail)])
    return None if public is None else Entry(*public, sealed)
