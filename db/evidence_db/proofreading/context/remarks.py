"""What a person should put side by side: dates, sources, numbers and names near a quotation."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from evidence_chain.text.language.dates import MONTHS
from evidence_chain.text.language.numbers import numbers
from evidence_db.proofreading.context.named import key, names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence_chain.text.quotations import Quotation

_WHO = ("speaker", "role", "sender", "recipient", "authority", "awarded_to")
"""Fields that name somebody."""
_SAMPLE = 100_000
"""Characters of a passage in which it is looked up how a word is written."""
_NAMED_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)\b"
    rf"|\b(?P<d1>\d{{1,2}})\.?\s+(?:de\s+)?(?P<m1>{_NAMED_MONTH})\s+(?:de\s+)?(?P<y1>\d{{4}})\b"
    rf"|\b(?P<m2>{_NAMED_MONTH})\s+(?P<d2>\d{{1,2}}),?\s+(?P<y2>\d{{4}})\b"
    rf"|\b(?P<m3>{_NAMED_MONTH})\s+(?P<y3>\d{{4}})\b",
    re.IGNORECASE,
)


def remarks(
    quotation: Quotation,
    recorded: dict[str, object],
    source: Iterable[str],
    others: Iterable[str],
    statements: Sequence[str],
) -> list[str]:
    """What a person should put side by side: dates, sources, numbers, names.

    Args:
        quotation: the quotation with its sentence.
        recorded: the fields of the record.
        source: what the record's document and its publisher are called.
        others: what other documents and their publishers are called.
        statements: the claims that the record bears on.
    """
    around = f"{quotation.before} {quotation.after}"
    found = []
    dates, said = [_iso(one) for one in _DATE.finditer(around)], str(recorded.get("date") or "")
    if said and dates and not any(_agree(one, said) for one in dates):
        found.append(f"date: the sentence says {', '.join(dates)}, and the record {said}")
    own = [one for one in source if one]
    named = [one for one in others if one and one in around and one not in own]
    if named and not any(one in around for one in own):
        found.append(f"source: the sentence names {named[0]}, and the record stands in {own[0]}")
    bare = _DATE.sub(" ", around)
    there = set(numbers(bare))
    for statement in statements:
        claimed = set(numbers(_DATE.sub(" ", statement)))
        if there and claimed and not there & claimed:
            found.append(
                f"numbers: the sentence has {', '.join(sorted(there))}, and the claim "
                f"{', '.join(sorted(claimed))} (“{statement}”)"
            )
        known = [*own, *(str(recorded.get(one)) for one in _WHO)]
        text = "\n".join([str(recorded.get("text") or "")[:_SAMPLE], *statements, *known])
        found += _other_names(bare.strip(), statement, known, text)
    return found


def _other_names(around: str, statement: str, known: Iterable[str], text: str) -> list[str]:
    """That the sentence names none of those whom the claim names, and somebody else.

    Who speaks, and what the record and its document are called, are no others. A word that begins
    a sentence may be no name, unless `text` has it as one within a sentence.
    """
    ours = set().union(*map(key, known))
    there = [name for start, _, name in names_in(around) if start and not key(name) & ours]
    every = [(start, name) for start, _, name in names_in(statement)]
    words = set().union(*(key(name) for _, name in every))
    claimed = [name for start, name in every if start or " " in name or _is_within(name, text)]
    if not there or not claimed or any(key(name) & words for name in there):
        return []
    return [
        f"names: the sentence has {', '.join(there)}, and the claim {', '.join(claimed)} "
        f"(“{statement}”)"
    ]


def _is_within(name: str, text: str) -> bool:
    """Whether a text has a name within a sentence, where a capital says something."""
    return re.search(rf"[^\W\d_],? {re.escape(name)}\b", text) is not None


def _iso(found: re.Match[str]) -> str:
    if found["iso"]:
        return found["iso"]
    for number in ("1", "2"):
        if found[f"d{number}"]:
            month = MONTHS[found[f"m{number}"].lower()]
            try:
                return date(int(found[f"y{number}"]), month, int(found[f"d{number}"])).isoformat()
            except ValueError:
                return found[0]
    return f"{found['y3']}-{MONTHS[found['m3'].lower()]:02}"


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
