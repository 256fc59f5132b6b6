"""Names of kinds and fields as people type them: which there are, and which are like them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from evidence_chain import kinds
from evidence_chain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

EVIDENCE = "evidence"
"""Stands for every kind of evidence."""
OPEN = ("id", "idx", "index", "kind", "from", "to", "relation", "verdict", "vkey", "previous")
"""What is public for ever, so that nothing can be hidden by it (docs/edition.md, section 11)."""


def fields_of(kind: str) -> set[str]:
    """The names that records of a kind seal; of every kind of evidence, for `evidence`.

    Raises:
        InputError: there is no such kind; those like it are named.
    """
    known = kinds.every_kind()
    if kind == EVIDENCE:
        found = [one for one in known if one.name.startswith("evidence/")]
    else:
        found = [one for one in known if one.name.removeprefix("evidence/") == short(kind)]
    if not found:
        names = [EVIDENCE, *(one.name.removeprefix("evidence/") for one in known)]
        raise InputError(f"There is no kind of record called {kind!r}.{like(kind, names)}")
    return {field.name for one in found for field in one.fields}


def short(kind: str) -> str:
    """A kind without `evidence/`."""
    return kind.removeprefix("evidence/")


def check_field(name: str, sealed: Collection[str], of: str) -> None:
    """Check that a field can be withheld.

    Args:
        name: As it was typed.
        sealed: The names of those that can.
        of: Whose fields they are, such as `a quote`.

    Raises:
        InputError: it is public for ever, or there is none of that name; those like it are named.
    """
    if name in sealed:
        return
    if name in OPEN:
        raise InputError(
            f"`{name}` is public for ever, like the kind and the id of every record, and the ends "
            "and relation of every link: so nothing that speaks against a claim can be hidden. "
            "What may have to be withheld later is recorded in a field, not linked."
        )
    raise InputError(f"There is no field `{name}` in {of}.{like(name, sealed)}")


def like(name: str, known: Iterable[str]) -> str:
    """A hint: the names that are like what was typed, or all that there are."""
    names = sorted(known)
    close = get_close_matches(name.lower().replace("-", "_"), names, n=3, cutoff=0.5)
    close = close or get_close_matches(name.lower(), names, n=3, cutoff=0.5)
    if close:
        return f" Did you mean {' or '.join(close)}?"
    return f" There are {', '.join(names)}."
