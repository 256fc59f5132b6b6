"""Where records live: a case's database, its preserved files, the signing key. No terminal.

For people who work in Python there are `open_case`, the rows of its tables, and `check_edition`
(docs/python.md).
They are loaded when they are asked for, since SQLModel takes longer than most commands.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence_db.opened import OpenCase, open_case
    from evidence_db.store.tables.models import (
        Amendment,
        Artifact,
        CaseInfo,
        CaseTitle,
        Checkpoint,
        Claim,
        Cosignature,
        Custody,
        Entry,
        Erasure,
        Evidence,
        KeyChange,
        Link,
        OpenTimestamp,
        Original,
        Renewal,
        Retraction,
        Review,
        Timestamp,
        TreeNode,
    )
    from evidence_db.verifying.published import check_edition

__all__ = [
    "Amendment",
    "Artifact",
    "CaseInfo",
    "CaseTitle",
    "Checkpoint",
    "Claim",
    "Cosignature",
    "Custody",
    "Entry",
    "Erasure",
    "Evidence",
    "KeyChange",
    "Link",
    "OpenCase",
    "OpenTimestamp",
    "Original",
    "Renewal",
    "Retraction",
    "Review",
    "Timestamp",
    "TreeNode",
    "check_edition",
    "open_case",
]
_HOMES = {
    "open_case": "opened",
    "OpenCase": "opened",
    "check_edition": "verifying.published",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """One of the public names, from where it is made."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name, "store.tables.models")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return __all__
