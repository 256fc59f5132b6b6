"""What tells as much as a value: people in an e-mail's headers, a name written otherwise."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from evidence_db.publishing.leaks.forms.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEOPLE = ("sender", "recipient", "cc")
_IDS = ("message_id", "in_reply_to")
_ADDRESS = re.compile(r"<?([^\s<>,;:()\"]{1,128}@[^\s<>,;:()\"]{1,255})>?")
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*")
_MOST_NAMES = 4
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
        found += [("the name", one.strip(_AROUND)) for one in between]
    elif name in _IDS:
        found = [("the id", one.strip("<>")) for one in value.split()]
    else:
        return
    for what, part in dict.fromkeys(found):
        if part and part != value:
            yield what, part


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
    for one in (plain, plain.rpartition(".")[0], full, full.rpartition(".")[0]):
        words = re.findall(r"\w+", fold_words(one))
        if len(words) > 1:
            found += [between.join(words) for between in ("-", "_", ".")]
    return [slug for slug in dict.fromkeys(map(fold, found)) if slug != fold(name)]


def fold_words(text: str) -> str:
    """Words of a name, of which an underscore is none."""
    return text.casefold().replace("_", " ")
