"""Warnings of what no search for withheld values finds, for whoever is about to publish.

None of them prints what is withheld.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.entry import is_evidence
from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evidence_db.publishing.withholding.closure import Known

SHORT, SHORT_HAN = 6, 3
"""Code points, without white space, below which a value is too short to be looked for."""
PEOPLE = (
    *("speaker", "sender", "recipient", "cc", "author", "translator", "reviewer", "actor"),
    "recorded_by",
)
"""Fields that name people, of whose names a single word tells enough."""
TELLING = ("date", "until", "size", "page", "clause", "value", "published", "retrieved_at")
"""Fields by which somebody who has the file recognises it."""
JOINING = ("answers", "replaces", "derives-from", "translates")
"""Relations by which one record tells of another."""
CUSTODY = "custody"
"""The kind of what is told last: that editions were published, which each of them adds to."""
RECORDS, PLACES = 3, 8
"""Records and places that one warning names."""
_HAN = pattern("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NAME = pattern(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_NO_WORDS = frozenset(
    {
        *("artifact", "blake3", "sha256", "extracted", "extractor", "match", "selector", "marks"),
        *("regions", "crops", "dkim", "media_type", "warnings", "language", "role", "recorded_at"),
        *("size", "signature", "root", "subjects", "action"),
    }
)
"""Fields that hold no words of their own."""


class Warn(NamedTuple):
    """One warning."""

    rule: str
    index: int | None  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    """The record that it is about; `None` for the whole edition."""
    detail: str


class Told(NamedTuple):
    """A record, its values, and which of them are disclosed."""

    known: Known
    body: Mapping[str, Any]
    shown: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.known.kind} {self.known.id[:8]} (entry {self.known.index})"

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it is disclosed."""
        return not self.shown


def warnings(told: Iterable[Told], decided: Mapping[int, Mapping[str, str]]) -> Iterator[Warn]:
    """What whoever publishes this should look at.

    Args:
        told: Every record.
        decided: What is withheld by a decision or a rule, by index: nothing that merely belongs
            to other claims.
    """
    records = {one.known.index: one for one in told}
    if not decided:
        return
    named = list(_named(records.values(), decided))
    custody = {index for index, one in records.items() if one.known.kind == CUSTODY}
    of_custody = [one for one in named if one.index in custody]
    yield from (one for one in named if one not in of_custody)
    yield from _unique(records.values(), decided)
    yield from _spoken_of(records, decided)
    yield from _linked(records, decided)
    yield from _when(records, decided)
    yield from of_custody


def _named(records: Iterable[Told], decided: Mapping[int, Mapping[str, str]]) -> Iterator[Warn]:
    """Disclosed words in which a withheld value stands."""
    needles = _Needles()
    every = list(records)
    for one in every:
        for name in decided.get(one.known.index, {}):
            for text in strings(one.body.get(name)) if name not in _NO_WORDS else ():
                needles.add(text, one, name)
    places: dict[tuple[int, str], dict[tuple[int, str], None]] = defaultdict(dict)
    for one in every:
        for shown in sorted(one.shown):
            for text in strings(one.body.get(shown)):
                for index, name in needles.within(text):
                    places[index, name][one.known.index, shown] = None
    by_index = {one.known.index: one for one in every}
    same: dict[tuple[str, str, tuple[tuple[int, str], ...]], list[int]] = defaultdict(list)
    for (index, name), there in sorted(places.items()):
        same[by_index[index].known.kind, name, tuple(there)].append(index)
    for (_, name, at), indexes in same.items():
        listed = ", ".join(f"`{shown}` of @{number}" for number, shown in at[:PLACES])
        more = f" and {len(at) - PLACES:,} more" if len(at) > PLACES else ""
        of = ", ".join(by_index[one].name for one in indexes[:RECORDS])
        of += f" and {len(indexes) - RECORDS:,} more" if len(indexes) > RECORDS else ""
        yield Warn(
            "told-elsewhere",
            indexes[0],
            f"`{name}` of {of} is withheld, and its words stand in what is disclosed: "
            f"{listed}{more}.",
        )


class _Needles:
    """Withheld words, found by how they begin."""

    def __init__(self) -> None:
        self._by_start: dict[str, set[tuple[str, int, str]]] = defaultdict(set)

    def add(self, text: str, of: Told, name: str) -> None:
        """Look for a text, and for single words of somebody's name."""
        folded = fold(text)
        bare = "".join(folded.split())
        least = SHORT_HAN if _HAN.search(bare) else SHORT
        if len(bare) >= least:
            self._by_start[folded[:least]].add((folded, of.known.index, name))
        for word in _NAME.findall(text) if name in PEOPLE else ():
            if not word[0].islower():
                start = fold(word)
                self._by_start[start].add((start, of.known.index, name))

    def within(self, text: str) -> Iterator[tuple[int, str]]:
        """The records and fields whose withheld words stand in a text."""
        if not self._by_start:
            return
        folded = fold(text)
        lengths = sorted({len(start) for start in self._by_start})
        for at in range(len(folded)):
            for length in lengths:
                for needle, index, name in self._by_start.get(folded[at : at + length], ()):
                    if folded.startswith(needle, at) and _is_word(folded, at, len(needle)):
                        yield index, name


def _is_word(text: str, at: int, length: int) -> bool:
    """Whether it neither begins nor ends within a word."""
    before, first = text[at - 1 : at], text[at : at + 1]
    last, after = text[at + length - 1 : at + length], text[at + length : at + length + 1]
    if _HAN.search(text[at : at + length]):
        return True
    return not (before.isalnum() and first.isalnum()) and not (last.isalnum() and after.isalnum())


def fold(text: str) -> str:
    """A text without differences of case, width and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def strings(value: object) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)


def _unique(records: Iterable[Told], decided: Mapping[int, Mapping[str, str]]) -> Iterator[Warn]:
    """A value or a kind that only one record has, of which something is withheld."""
    every = list(records)
    kinds = Counter(one.known.kind for one in every)
    values = Counter(
        (name, str(one.body[name])) for one in every for name in TELLING if one.body.get(name)
    )
    for one in every:
        if one.known.index not in decided:
            continue
        if one.is_hidden and is_evidence(one.known.kind) and kinds[one.known.kind] == 1:
            yield Warn(
                "unique",
                one.known.index,
                (f"{one.name} is withheld, and its kind is public: it is the only one of it."),
            )
        for name in TELLING if "artifact" in decided[one.known.index] else ():
            if name in one.shown and values[name, str(one.body.get(name))] == 1:
                yield Warn(
                    "unique",
                    one.known.index,
                    (
                        f"`{name}` of {one.name} is disclosed, and no other record has the same: "
                        "whoever has the withheld file may know it by that."
                    ),
                )


def _spoken_of(
    records: Mapping[int, Told], decided: Mapping[int, Mapping[str, str]]
) -> Iterator[Warn]:
    """Notes and reasons that speak of what is withheld."""
    for one in records.values():
        ends = [end for end in (one.known.from_, one.known.to) if end is not None]
        of = next((records[end].name for end in ends if end in decided and end in records), None)
        for name in ("note", "reason"):
            if of and name in one.shown and one.body.get(name):
                detail = f"`{name}` of {one.name} is disclosed, and speaks of {of}: read it."
                yield Warn("spoken-of", one.known.index, detail)


def _linked(
    records: Mapping[int, Told], decided: Mapping[int, Mapping[str, str]]
) -> Iterator[Warn]:
    """Records that what is withheld answers, replaces, or derives from: links are public."""
    for one in records.values():
        if one.known.relation not in JOINING or one.known.from_ is None or one.known.to is None:
            continue
        from_, to = records[one.known.from_], records[one.known.to]
        for hidden, shown in ((from_, to), (to, from_)):
            if hidden.is_hidden and hidden.known.index in decided and not shown.is_hidden:
                yield Warn(
                    "linked",
                    shown.known.index,
                    (
                        f"{hidden.name} is withheld, and everybody sees that it is joined by "
                        f"`{one.known.relation}` to {shown.name}, which is disclosed."
                    ),
                )


def _when(records: Mapping[int, Told], decided: Mapping[int, Mapping[str, str]]) -> Iterator[Warn]:
    """That the order of the log is public, and with it when something was recorded."""
    times = {
        index: one.body["recorded_at"]
        for index, one in sorted(records.items())
        if "recorded_at" in one.shown and isinstance(one.body.get("recorded_at"), str)
    }
    hidden = [index for index in sorted(decided) if records[index].is_hidden]
    if not hidden:
        return
    first = hidden[0]
    before = max((index for index in times if index < first), default=None)
    after = min((index for index in times if index > first), default=None)
    beside = " and ".join(times[one] for one in (before, after) if one is not None)
    yield Warn(
        "when",
        None,
        "The place of each record in the log is public, and tells when it was made. Entry "
        f"{first}, which is withheld, stands beside what was recorded at {beside or 'no time'}.",
    )
