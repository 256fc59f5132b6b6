"""Which of many records of a claim are shown, as the address asks, and in what order.

Nothing is counted anew: what the claim's records say is said of all of them, whichever are shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.kinds import label_of
from evidence_chain.rules import SPEAKS
from evidence_chain.text import STANDS
from evidence_datasette.graph.outcomes import standings
from evidence_datasette.words.claim_words import speaker
from evidence_datasette.words.mark_words import match_of
from evidence_datasette.words.shown_text import plain
from evidence_db.reading.finding import holder, terms
from evidence_db.resolving.sign_off import needs_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Json = dict[str, Any]

MANY = 12
"""Records of a claim from which on they can be narrowed down, and are folded."""
UNFOLDED = 4
"""Records of each relation that are unfolded then: the strongest."""
_CHOICES = 200
"""Values that can be chosen among: the most frequent."""
FILTERED = ("relation", "kind", "language", "who", "status")
WORDS = "words"
KEPT = (*FILTERED, WORDS, "open", "unfold")
"""What the address of a claim may ask for."""
_ANY = {
    "relation": "How it bears on the claim",
    "kind": "Kind",
    "language": "Language",
    "who": "Who speaks",
    "status": "How it stands",
}
_STATUS = {
    "counts": "counts",
    "does-not-count": "does not count",
    "to-look-at": "a person must look at it",
    "failed": "a check failed",
    "not-checked": "not checked in full",
    "withheld": "withheld or erased",
    "altered": "not the file's words",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be asked for, and how many of all records have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The links of a claim that are shown."""

    chain: list[Json]
    """In the order of `SPEAKS`; of each relation the strongest first."""
    whole: int
    """How many there are."""
    asked: dict[str, str]
    """What is asked for, without what asks for nothing."""
    choices: dict[str, list[Choice]]
    """What may be asked for, of each filter; empty where there are few records."""
    by_relation: dict[str, int]
    """How many links there are of each relation."""
    unfolded: int | None
    """How many records of each relation are unfolded; `None` if all are."""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(name in self.asked for name in (*FILTERED, WORDS))

    def label(self, name: str) -> str:
        """What a filter is called."""
        return _ANY[name]


def narrowed(resolved: Json, asked: Mapping[str, str]) -> Narrowed:
    """The links of a resolved claim that an address asks for."""
    wanted = {name: value for name in KEPT if (value := _line(asked.get(name, "")))}
    chain = resolved["chain"]
    values = {link["index"]: _values(link) for link in chain}
    found = [link for link in chain if _is_asked(link, values[link["index"]], wanted)]
    many = len(chain) > MANY
    chosen = any(name in wanted for name in (*FILTERED, WORDS))
    return Narrowed(
        chain=sorted(found, key=_strength),
        whole=len(chain),
        asked=wanted,
        choices={one: _choices(values.values(), one) for one in FILTERED} if many or chosen else {},
        by_relation=dict(Counter(link["relation"] for link in chain)),
        unfolded=UNFOLDED if len(found) > MANY and "unfold" not in wanted else None,
    )


def asking(asked: Mapping[str, str], **changes: str | None) -> dict[str, str]:
    """What an address asks for, with some of it changed, or left out if it is `None`."""
    kept = {name: asked[name] for name in KEPT if asked.get(name)}
    return {name: value for name, value in (kept | changes).items() if value}


def _is_asked(link: Json, values: Mapping[str, set[str]], wanted: Mapping[str, str]) -> bool:
    if any(wanted[name] not in values[name] for name in FILTERED if name in wanted):
        return False
    words = terms(wanted.get(WORDS, ""))
    return not words or holder(words)(_text(link))


def _values(link: Json) -> dict[str, set[str]]:
    """What a link has of each filter."""
    record = link["record"]
    fields = record.get("fields") or {}
    return {
        "relation": {link["relation"]},
        "kind": {record["kind"]},
        "language": {_line(fields["language"])} if fields.get("language") else set(),
        "who": {by} if fields and (by := _line(speaker(record))) else set(),
        "status": _statuses(link),
    }


def _line(value: object) -> str:
    """A value as an address has it, in which nothing is unseen and no space at an end."""
    return plain(" ".join(str(value).split()))


def _statuses(link: Json) -> set[str]:
    names = {one.name for one in standings(link)} & _STATUS.keys()
    names.add("counts" if link["counts"] else "does-not-count")
    if link.get("look_again") or needs_person(link["record"]):
        names.add("to-look-at")
    return names


def _text(link: Json) -> str:
    """Where words are looked for."""
    record = link["record"]
    fields, document = record.get("fields") or {}, record.get("document") or {}
    said = [record.get(name) for name in ("text", "statement", "slug")]
    said += [fields.get(name) for name in ("speaker", "sender", "authority", "note", "subject")]
    said += [document.get(name) for name in ("title", "filename", "publisher")]
    parts = [part["exact"] for part in record.get("fragments", ())]
    return "\n".join(str(part) for part in (*said, *parts, link["note"]) if part)


def _choices(values: Iterable[Mapping[str, set[str]]], name: str) -> list[Choice]:
    counts = Counter(value for one in values for value in one[name])
    order = {"relation": SPEAKS, "status": tuple(_STATUS)}.get(name)
    there = sorted(counts, key=order.index) if order else [*map(_first, counts.most_common())]
    return [Choice(one, _label(name, one), counts[one]) for one in there[:_CHOICES]]


def _first(pair: tuple[str, int]) -> str:
    return pair[0]


def _label(name: str, value: str) -> str:
    if name == "kind":
        return label_of(value)
    return _STATUS[value] if name == "status" else value


def _strength(link: Json) -> tuple[int, ...]:
    """What counts comes before what doesn't, and the file's own words before others."""
    record = link["record"]
    status = match_of(record).get("status") if "match" in record else STANDS[0]
    found = STANDS.index(status) if status in STANDS else len(STANDS)
    doubt = needs_person(record) or bool(link.get("look_again"))
    ended = any(part["ended"] for part in (link, record))
    relation = SPEAKS.index(link["relation"])
    return relation, not link["counts"], ended, doubt, found, link["index"]


FILTERS = {"narrowed": narrowed, "asking": asking}
