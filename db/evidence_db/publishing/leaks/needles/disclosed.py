"""What an edition says openly: a withheld value that is the same is none of its secrets."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from evidence_db.publishing.leaks.engines import engine
from evidence_db.publishing.leaks.forms.folding import fold
from evidence_db.publishing.leaks.needles.keywords import also_told
from evidence_db.publishing.leaks.needles.parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator

    from evidence_chain.canonical import Json


class Said(NamedTuple):
    """A value that is disclosed."""

    where: str
    """The field and its record, in words."""
    name: str
    """The field."""
    value: Json


class _Told(NamedTuple):
    """Folded strings, each with the first field that has it."""

    whole: dict[str, str]
    parts: dict[str, str]


class Disclosed:
    """All that an edition discloses; it is gone through when something withheld is held against it.

    Args:
        said: The values.
        ids: Those of all records.
        origin: The name of the log, which every checkpoint has.
    """

    def __init__(self, said: Iterable[Said], ids: Iterable[str], origin: str = "") -> None:
        self._said = said
        self._given_ids = ids
        self._origin = fold(origin)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self._given_ids)

    @cached_property
    def _told(self) -> _Told:
        told, known = _Told({}, {}), set[str]()
        for one in self._said:
            for text in strings(one.value):
                if text not in known:
                    known.add(text)
                    for also in also_told(text):
                        told.whole.setdefault(fold(also), one.where)
                for _, part in parts_of(one.name, text):
                    told.parts.setdefault(fold(part), one.where)
        return told

    def is_id(self, value: str) -> bool:
        """Whether a string is the id of a record."""
        return value in self._ids

    def where(self, value: str, *, is_part: bool = False) -> str | None:
        """The first disclosed field in which a string stands just so.

        Args:
            value: The string.
            is_part: Whether it is part of a withheld value: then part of a disclosed one may be
                the same.
        """
        told, folded = self._told, fold(value)
        return told.whole.get(folded) or (told.parts.get(folded) if is_part else None)

    def holding(self, strings: Collection[str]) -> dict[str, str]:
        """The first disclosed field in which each of these folded strings stands, with more or not.

        A string without a character stands nowhere.
        """
        found: dict[str, str] = {}
        if not (wanted := [one for one in strings if one]):
            return found
        look = engine([one.encode("utf-8", "ignore") for one in wanted])
        for text, where in self._told.whole.items():
            for number, _ in look.find(text.encode("utf-8", "ignore")):
                found.setdefault(wanted[number], where)
        return found

    def names(self, folded: str) -> bool:
        """Whether the name of the log has a string."""
        return folded in self._origin


def strings(value: Json, *, but: Container[str] = ()) -> Iterator[str]:
    """Every string in a value, at any depth, but those of some names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in but:
                yield from strings(one, but=but)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one, but=but)
