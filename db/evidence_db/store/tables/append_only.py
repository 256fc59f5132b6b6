"""The guard-rails of a case: triggers by which no row is changed, removed or replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNIQUE = {
    "entry": "NEW.idx IS NOT (SELECT coalesce(max(idx) + 1, 0) FROM entry)"
    " OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)",
    "tree_node": "EXISTS (SELECT 1 FROM tree_node WHERE level = NEW.level AND n = NEW.n)",
    "checkpoint": "EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)",
    "timestamp": "EXISTS (SELECT 1 FROM timestamp WHERE n = NEW.n)",
    "cosignature": "EXISTS (SELECT 1 FROM cosignature WHERE n = NEW.n)",
    "renewal": "EXISTS (SELECT 1 FROM renewal WHERE n = NEW.n)",
    "open_timestamp": "EXISTS (SELECT 1 FROM open_timestamp WHERE n = NEW.n)",
    "case_info": "EXISTS (SELECT 1 FROM case_info)",
    "withholding": "NEW.idx IS NOT (SELECT coalesce(max(idx) + 1, 0) FROM withholding)",
    "claim": "EXISTS (SELECT 1 FROM claim WHERE idx = NEW.idx OR slug = NEW.body ->> '$.slug')",
}
"""When an insertion would silently replace a row (`INSERT OR REPLACE`), by any unique key."""


def append_only(table: str) -> Iterable[str]:
    """The triggers of a table."""
    taken = _UNIQUE.get(table, f"EXISTS (SELECT 1 FROM {table} WHERE idx = NEW.idx)")  # noqa: S608
    message = f"{table} is append-only: correct a record by replacing or retracting it"
    for event, condition in (("UPDATE", "1"), ("DELETE", "1"), ("INSERT", taken)):
        yield f"""
    CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} WHEN {condition}
    BEGIN SELECT RAISE(ABORT, '{message}'); END;
    """
