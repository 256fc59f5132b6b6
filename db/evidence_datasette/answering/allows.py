"""Who may see each table, as Datasette 0.65 puts it together from all of its metadata.

It copies all of that twice for every table that it is asked about, which for the dozen tables of
a claim's page takes longer than to check the claim. What came of it for a table counts while the
metadata are the same, where no plugin says other ones. It also asks SQLite, for each table by
itself and in another thread, how that spells its name; here it is asked once, for all of a page.
Every permission is still asked for itself, and whatever plugins say of it counts as ever.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette.database import Results

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from datasette.app import Datasette

_METHOD = "_table_permission_allows"
_SPELLING = (
    "select name from sqlite_master where type in ('table', 'view') and name = ? collate nocase"
)
"""What Datasette asks of each table."""
_SPELLINGS = "select name from sqlite_master where type in ('table', 'view')"


@dataclass
class _Kept:
    metadata: Any
    """A copy of them, as they were."""
    allows: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    """What they say of a table of a database."""


_kept: WeakKeyDictionary[Datasette, _Kept] = WeakKeyDictionary()
_asking: ContextVar[_Kept | None] = ContextVar("_asking", default=None)
_spelt: ContextVar[dict[str, Results] | None] = ContextVar("_spelt", default=None)


@asynccontextmanager
async def shared_allows(datasette: Datasette, database: str) -> AsyncIterator[None]:
    """While tables are asked about, have each looked up once for the metadata that there are."""
    tokens = _asking.set(_kept_of(datasette)), _spelt.set(await _spellings(datasette, database))
    try:
        yield
    finally:
        _asking.reset(tokens[0])
        _spelt.reset(tokens[1])


async def _spellings(datasette: Datasette, database: str) -> dict[str, Results]:
    """What Datasette is answered that asks of a table, for each of a database."""
    asked: Any = datasette.databases[database]
    if not isinstance(asked.execute, _Spelling):
        asked.execute = _Spelling(asked.execute)
    found = await asked.execute(_SPELLINGS)
    return {row[0]: Results([row], False, found.description) for row in found.rows}


class _Spelling:
    """A database's way of answering, which has the names of tables while these are asked about."""

    def __init__(self, usual: Callable[..., Awaitable[Results]]) -> None:
        self._usual = usual

    async def __call__(self, sql: str, params: Any = None, **further: Any) -> Results:  # noqa: ANN401
        known = _spelt.get()
        if known is not None and sql == _SPELLING and not further and params[0] in known:
            return known[params[0]]
        return await self._usual(sql, params, **further)


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
