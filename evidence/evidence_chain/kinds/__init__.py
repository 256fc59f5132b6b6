"""The kinds of record, each kind of evidence a file. What ties records together is in `rules`.

Others add kinds of evidence without touching it: a package that declares the entry point
group `evidence_chain.kinds` points each entry at its `Kind`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_chain.kinds.fields import Field, Kind
from evidence_chain.kinds.records import (
    AMENDMENT,
    ARTIFACT,
    CASE,
    CLAIM,
    CUSTODY,
    ERASURE,
    KEY,
    LINK,
    ORIGINAL,
    RETRACTION,
    REVIEW,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AMENDMENT",
    "ARTIFACT",
    "CASE",
    "CLAIM",
    "CUSTODY",
    "ERASURE",
    "KEY",
    "LINK",
    "ORIGINAL",
    "RETRACTION",
    "REVIEW",
    "Field",
    "Kind",
    "every_kind",
    "evidence_kind",
    "evidence_kinds",
    "field_names",
    "kind_called",
    "label_of",
]

_OTHERS = {
    kind.name: kind
    for kind in (
        *(ARTIFACT, ORIGINAL, CLAIM, LINK, RETRACTION, ERASURE, AMENDMENT, REVIEW),
        *(CUSTODY, CASE, KEY),
    )
}
GROUP = "evidence_chain.kinds"


@cache
def evidence_kinds() -> dict[str, Kind]:
    """Every known kind of evidence by its short name, such as `tender-clause`."""
    from importlib.metadata import entry_points

    others = [point.load() for point in entry_points(group=GROUP)]
    return _by_name(others) | _own_kinds()


def evidence_kind(name: str) -> Kind:
    """The kind of evidence called `name`, with or without `evidence/`.

    Raises:
        InputError: there is no such kind here.
    """
    short = name.removeprefix("evidence/")
    if own := _own_kinds().get(short):
        return own
    known = evidence_kinds()
    try:
        return known[short]
    except KeyError:
        raise InputError(
            f"There is no kind of evidence called {name!r}; there are {', '.join(sorted(known))}."
        ) from None


def kind_called(name: str) -> Kind:
    """The kind that a record of this name is of.

    Raises:
        InputError: there is no such kind here.
    """
    return _OTHERS.get(name) or evidence_kind(name)


def every_kind() -> list[Kind]:
    """Every known kind of record."""
    return [*_OTHERS.values(), *evidence_kinds().values()]


def label_of(name: str) -> str:
    """What people call a kind of record, of kinds that are not known here too."""
    try:
        return kind_called(name).label
    except InputError:
        return name.removeprefix("evidence/").replace("-", " ")


def field_names() -> set[str]:
    """The name of every field that a record of some known kind seals."""
    return {field.name for kind in every_kind() for field in kind.fields}


@cache
def _own_kinds() -> dict[str, Kind]:
    """The kinds in this folder: whoever asks for one waits for no search of other packages."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    return _by_name(module.KIND for module in modules if hasattr(module, "KIND"))


def _by_name(found: Iterable[Kind]) -> dict[str, Kind]:
    return {kind.name.removeprefix("evidence/"): kind for kind in found}
