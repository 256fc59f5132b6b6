"""What was recorded of the same words at the same place before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.kinds import kind_called

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record


class Twin(NamedTuple):
    """A record that stands, of the same kind and passage, and says something else of it."""

    record: Record
    differs: dict[str, tuple[Any, Any]]
    """By the name of each field that a person typed in: what that record says, and the new one."""


def twins(reader: Reader, index: int) -> list[Twin]:
    """The twins of a passage that was just recorded.

    Args:
        reader: A reader of the case.
        index: Its index.
    """
    new = reader.record(index)
    place = reader.place(str(new.body["artifact"]))
    same = [] if place is None else reader.passages_in(place.index, str(new.body["text"]))
    others = [reader.record(one) for one in same if one != index and not reader.is_ended(one)]
    return [
        Twin(one, _differing(one, new))
        for one in others
        if one.kind == new.kind and one.body.get("selector") == new.body.get("selector")
    ]


def _differing(one: Record, new: Record) -> dict[str, tuple[Any, Any]]:
    names = [field.name for field in kind_called(one.kind).asked]
    pairs = {name: (one.body.get(name) or None, new.body.get(name) or None) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
