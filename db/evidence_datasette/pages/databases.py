"""Datasette's list of databases, without where cases lie on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import Response

from evidence_datasette.answering import compat
from evidence_datasette.answering.cases import is_case
from evidence_datasette.answering.page import FRESH, HEADERS

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette


async def databases(datasette: Datasette, request: Request) -> Response:
    """The databases that whoever asks may see; takes the place of `/-/databases.json`."""
    seen = [
        _told(datasette, name)
        for name in datasette.databases
        if not await compat.forbidden(datasette, request.actor, name, ())
    ]
    return Response.json(seen, headers=HEADERS | FRESH)


def _told(datasette: Datasette, name: str) -> dict[str, Any]:
    database = datasette.databases[name]
    return {
        "name": name,
        "route": database.route,
        "path": None if is_case(datasette, name) else database.path,
        "size": database.size,
        "is_mutable": database.is_mutable,
        "is_memory": database.is_memory,
        "hash": database.hash,
    }


WHOLE_VIEWS = ((r"^/-/databases(\.json)?$", databases),)
