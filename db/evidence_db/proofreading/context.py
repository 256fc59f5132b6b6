"""What the sentence around a quotation says of it, beside what its record says.

A speaker who is another than the record's is a difference. Dates, sources, numbers and names are
put side by side, for a person to judge.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.text.language.numbers import numbers
from evidence_chain.text.quotations.speech import VERB

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.text.quotations import Quotation

_WORD = r"[^\W\d_](?:[\w'’.\-]*\w)?"
_PARTICLES = "de|da|di|del|della|van|von|der|den|la|le|el|al|bin|ibn|of the|of|the|and|&|y|e|du|des"
_TOKEN = re.compile(_WORD)
_PRONOUN_WORDS = (
    "he she they it we i you er sie es wir ich il elle ils on nous él ella ellos lui lei "
    "hij zij ze han hon hun ona он она они"
)
_PRONOUN = frozenset(_PRONOUN_WORDS.split())
_ROLES_WORDS = (
    "the a an mr mrs ms dr prof sir lord lady minister president chief director spokesman "
    "spokeswoman spokesperson chairman chairwoman manager head secretary mayor officer official "
    "engineer lawyer professor analyst company firm in on at for from and of der die das herr "
    "frau according but when then later yesterday today le la les el los monsieur madame señor "
    "señora sprecher sprecherin ministerin premier chancellor senator judge inspector sergeant "
    "captain deputy former january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday"
)
_ROLES = frozenset(_ROLES_WORDS.split())
_GENITIVE = re.compile(r"['’]s?\Z")
_FAR = 60
"""Characters between a verb and a name, up to which the name is taken for its subject."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar janvier enero",
            "february februar février febrero",
            "march märz mars marzo",
            "april avril abril",
            "may mai mayo",
            "june juni juin junio",
            "july juli juillet julio",
            "august août agosto",
            "september septembre septiembre",
            "october oktober octobre octubre",
            "november novembre noviembre",
            "december dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
_NAMED_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)\b"
    rf"|\b(?P<d1>\d{{1,2}})\.?\s+(?:de\s+)?(?P<m1>{_NAMED_MONTH})\s+(?:de\s+)?(?P<y1>\d{{4}})\b"
    rf"|\b(?P<m2>{_NAMED_MONTH})\s+(?P<d2>\d{{1,2}}),?\s+(?P<y2>\d{{4}})\b"
    rf"|\b(?P<m3>{_NAMED_MONTH})\s+(?P<y3>\d{{4}})\b",
    re.IGNORECASE,
)


class Speaker(NamedTuple):
    """How the speaker that the article names compares with the record's."""

    outcome: str
    """`same`, `differs`, or `not-compared`."""
    article: str | None
    record: str | None
    why: str = ""
    """Why it was not compared."""

    def as_json(self) -> dict[str, str | None]:
        """The same by name."""
        return {**self._asdict()}


def named_speakers(quotation: Quotation) -> tuple[list[str], str]:
    """Who may speak, as the sentence around a quotation says, and else why that can't be told.

    One name if it stands right beside the verb of saying; else all that stand near it.
    """
    after, before = quotation.after, quotation.before
    if after.startswith("—"):
        return [after.lstrip("— ")], ""
    found = _beside(after, ahead=True) or _beside(before, ahead=False)
    if found:
        return found
    label = re.search(rf"({_WORD}(?:\s+{_WORD}){{0,5}})\s*:\s*\Z", before)
    if label and label[1][:1].isupper() and not VERB.search(label[1]):
        return [label[1]], ""
    return [], "the sentence names nobody"


def _beside(text: str, *, ahead: bool) -> tuple[list[str], str] | None:
    """The names beside the verb of saying nearest to the quotation; `None` without a verb."""
    verbs = list(VERB.finditer(text))
    if not verbs:
        return None
    verb = verbs[0] if ahead else verbs[-1]
    if ahead and verb.start() > 2 * _FAR:
        return None
    words = list(_TOKEN.finditer(text, 0, verb.start()))[-1:]
    words += list(_TOKEN.finditer(text, verb.end(), verb.end() + _FAR))[:1]
    pronoun = next((word[0] for word in words if _is_pronoun(word[0])), None)
    near = sorted(
        (max(start - verb.end(), verb.start() - end), name)
        for start, end, name in _names(text)
        if start >= verb.end() or end <= verb.start()
    )
    if pronoun and not (near and near[0][0] <= 1):
        return [], f"the article says “{pronoun}”"
    if near and near[0][0] <= 1 and not _GENITIVE.search(near[0][1]):
        return [near[0][1]], ""
    told = " ".join(text.split())[:80]
    names = [name for gap, name in near if gap <= _FAR]
    return names, "" if names else f"no name beside the verb: “{told}”"


def _names(text: str) -> list[tuple[int, int, str]]:
    """Runs of words that are written as names are."""
    text = VERB.sub(lambda verb: "|" * len(verb[0]), text)
    found: list[list[re.Match[str]]] = []
    for word in _TOKEN.finditer(text):
        if not word[0][:1].isupper():
            continue
        between = text[found[-1][-1].end() : word.start()] if found else "."
        if found and re.fullmatch(rf"\s+(?:(?:{_PARTICLES})\s+)*", between):
            found[-1].append(word)
        else:
            found.append([word])
    names = []
    for run in found:
        kept = [word for word in run if plain(word[0]) not in _ROLES and not _is_pronoun(word[0])]
        if kept:
            start, end = kept[0].start(), kept[-1].end()
            names.append((start, end, " ".join(text[start:end].split())))
    return names


def _is_pronoun(word: str) -> bool:
    return word.lower() in _PRONOUN


def plain(word: str) -> str:
    """A word without case, accents and a genitive."""
    bare = re.sub(r"['’]s?\Z", "", word).casefold()
    parts = unicodedata.normalize("NFD", bare)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _key(name: str) -> set[str]:
    small = {*_PARTICLES.split("|"), *_ROLES}
    return {word for one in _TOKEN.findall(name) if (word := plain(one)) not in small}


def compare_speaker(quotation: Quotation, recorded: str | None) -> Speaker:
    """The speaker that the article names with the one that the record has."""
    names, why = named_speakers(quotation)
    if not names:
        return Speaker("not-compared", None, recorded, why)
    if not recorded:
        return Speaker("not-compared", names[0], None, "the record names no speaker")
    other, keys = _key(recorded), [key for key in map(_key, names) if key]
    if not other or not keys:
        return Speaker("not-compared", names[0], recorded, "no name that could be compared")
    same = {one <= other or other <= one for one in keys}
    if len(same) > 1:
        told = " and ".join(f"“{name}”" for name in names)
        return Speaker("not-compared", None, recorded, f"the sentence names {told}")
    return Speaker("same" if same == {True} else "differs", names[0], recorded)


def is_speaker(quotation: Quotation, recorded: str | None) -> bool:
    """Whether the article names the record's speaker."""
    return compare_speaker(quotation, recorded).outcome == "same"


def remarks(
    quotation: Quotation,
    recorded: dict[str, object],
    source: Iterable[str],
    others: Iterable[str],
    statements: Iterable[str],
) -> list[str]:
    """What a person should put side by side: dates, sources, numbers.

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
    return found


def _iso(found: re.Match[str]) -> str:
    if found["iso"]:
        return found["iso"]
    for number in ("1", "2"):
        if found[f"d{number}"]:
            month = _MONTHS[found[f"m{number}"].lower()]
            try:
                return date(int(found[f"y{number}"]), month, int(found[f"d{number}"])).isoformat()
            except ValueError:
                return found[0]
    return f"{found['y3']}-{_MONTHS[found['m3'].lower()]:02}"


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
