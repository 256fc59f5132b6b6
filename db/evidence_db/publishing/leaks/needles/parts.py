"""What tells as much as a value: people in an e-mail's headers, a name written otherwise."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from evidence_db.publishing.leaks.forms.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEOPLE = ("sender", "recipient", "cc")
_PERSON = ("speaker", "author", "translator", "reviewer", "actor", "recorded_by")
_IDS = ("message_id", "in_reply_to")
_ADDRESS = re.compile(r"<?([^\s<>,;:()\"]{1,128}@[^\s<>,;:()\"]{1,255})>?")
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*")
_MOST_NAMES = 4
_ENDING = re.compile(r"\.\w{1,12}\Z")
_PEOPLE_APART = re.compile(r"\s*[;/&]\s*")
_BETWEEN = re.compile(r"\s*[,(–—]\s*|\s+-\s+")
"""What stands between a name and an office."""
_ADDRESSED_BY = (
    "dr prof professor mr mrs ms mx miss sir dame lord lady herr frau monsieur madame señor señora"
)
_ADDRESSED = frozenset(_ADDRESSED_BY.split())
_AROUND = " \t\r\n,;:<>()[]\"'"


def parts_of(name: str, value: str) -> Iterator[tuple[str, str]]:
    """The parts of a field's text that others may write without the rest, each with what it is.

    Args:
        name: The field.
        value: Its text, such as `"Ada Lindqvist" <ada@quay.example>`.
    """
    if name in _PEOPLE:
        found = [("the address", one) for one in _ADDRESS.findall(value)]
        between = (named for one in _ADDRESS.split(value)[::2] for named in one.split(";"))
        written = [one.strip(_AROUND) for one in between]
        found += [("the name", one) for name in written for one in (name, *_names_of(name))]
    elif name in _PERSON:
        found = [("the name", one) for one in _names_of(value)]
    elif name in _IDS:
        found = [("the id", one.strip("<>")) for one in value.split()]
    else:
        return
    for what, part in dict.fromkeys(found):
        if part and part != value:
            yield what, part


def _names_of(value: str) -> Iterator[str]:
    """Those named in `Dr Ada Lind, engineer; clerk (Otto Brandvold)`, and in `Lind, Ada`."""
    for person in _PEOPLE_APART.split(value):
        pieces = [_unaddressed(piece.strip(_AROUND)) for piece in _BETWEEN.split(person)]
        first, *others = list(filter(None, pieces)) or [""]
        full = [one for one in others if _is_full_name(one)]
        if full and not _is_full_name(first):
            yield from full
            continue
        yield first
        if len(others) == 1 and all(_is_capital(one) and " " not in one for one in pieces):
            yield f"{others[0]} {first}"


def _unaddressed(name: str) -> str:
    """A name without a form of address before it."""
    before, _, after = name.partition(" ")
    return _unaddressed(after) if before.casefold().rstrip(".") in _ADDRESSED else name


def _is_full_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= _MOST_NAMES and all(map(_is_capital, words))


def _is_capital(word: str) -> bool:
    """Whether it may be written so in a name, also in scripts that have no capitals."""
    return _NAME.match(word) is not None and not word[0].islower()


def other_names(text: str) -> Iterator[tuple[str, str]]:
    """What a name is called elsewhere, folded, each with what that is."""
    if turned := _last_name_first(text):
        yield "the name, the last one first", fold(turned)
    for slug in _slugs(text):
        yield "the value as a slug", slug


def _last_name_first(name: str) -> str | None:
    """A name as registers have it, `Lind, Ada` for `Ada Lind`; `None` if it can be none."""
    words = name.split()
    is_name = 2 <= len(words) <= _MOST_NAMES and all(map(_NAME.fullmatch, words))
    return f"{words[-1]}, {' '.join(words[:-1])}" if is_name else None


def _slugs(name: str) -> list[str]:
    """Several words as addresses and names of files have them, with and without a file's ending."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    full = unicodedata.normalize("NFKC", name)
    found = []
    for one in dict.fromkeys(name for text in (plain, full) for name in _with_and_without(text)):
        words = re.findall(r"\w+", fold_words(one))
        if len(words) > 1:
            found += [between.join(words) for between in ("-", "_", ".")]
    return [slug for slug in dict.fromkeys(map(fold, found)) if slug != fold(name)]


def _with_and_without(name: str) -> tuple[str, ...]:
    """A name as it is, and without a file's ending: what follows a full stop in a text is none."""
    return (name, name[: ending.start()]) if (ending := _ENDING.search(name)) else (name,)


def fold_words(text: str) -> str:
    """Words of a name, of which an underscore is none."""
    return text.casefold().replace("_", " ")
