"""Who may see each table, as Datasette 0.65 puts it together from all of its metadata.

It copies all of that twice for every table that it is asked about, which for the dozen tables of
a claim's page takes longer than to check the claim. What came of it for a table counts while the
metadata are the same, where no plugin says other ones. Every permission is still asked for itself,
and whatever plugins say of it counts as ever.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasette.app import Datasette

_METHOD = "_table_permission_allows"


@dataclass
class _Kept:
    metadata: Any
    """A copy of them, as they were."""
    allows: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    """What they say of a table of a database."""


_kept: WeakKeyDictionary[Datasette, _Kept] = WeakKeyDictionary()
_asking: ContextVar[_Kept | None] = ContextVar("_asking", default=None)


@contextmanager
def shared_allows(datasette: Datasette) -> Iterator[None]:
    """While tables are asked about, have each looked up once for the metadata that there are."""
    token = _asking.set(_kept_of(datasette))
    try:
        yield
    finally:
        _asking.reset(token)


def _kept_of(datasette: Datasette) -> _Kept | None:
    from datasette.plugins import pm

    if pm.hook.get_metadata.get_hookimpls() or not hasattr(datasette, _METHOD):
        return None
    kept, metadata = _kept.get(datasette), datasette._metadata_local
    if kept is None:
        _share(datasette)
    if kept is None or kept.metadata != metadata:
        kept = _kept[datasette] = _Kept(deepcopy(metadata))
    return kept


def _share(datasette: Datasette) -> None:
    usual = getattr(datasette, _METHOD)

    def allows(database: str, table: str) -> list[Any]:
        if (kept := _asking.get()) is None:
            found: list[Any] = usual(database, table)
            return found
        if (database, table) not in kept.allows:
            kept.allows[database, table] = usual(database, table)
        return kept.allows[database, table]

    setattr(datasette, _METHOD, allows)
