"""`datasette-metadata.json` of an edition: descriptions of its tables, and no query of a case."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from evidence_db.store.tables.schema import COLUMNS

METADATA = "datasette-metadata.json"
_TABLES = (*COLUMNS, "entry", "record", "checkpoint", "timestamp", "case_info", "tree_node")


def packaged() -> dict[str, Any]:
    """The project's own metadata, from the installed package or the source tree."""
    package = Path(str(resources.files("evidence_db")))
    installed, tree = package / METADATA, package.parents[1] / METADATA
    text = (installed if installed.is_file() else tree).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def metadata(title: str) -> bytes:
    """The metadata of an edition called `title`."""
    said = packaged()
    databases = {"evidence": _of_tables(said)}
    about = {name: one for name, one in said.items() if name.startswith("license")}
    whole: dict[str, Any] = {"title": title, **about, "databases": databases}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"


def _of_tables(said: dict[str, Any]) -> dict[str, Any]:
    (database,) = said["databases"].values()
    tables = {name: one for name, one in database.get("tables", {}).items() if name in _TABLES}
    return {"tables": tables}
