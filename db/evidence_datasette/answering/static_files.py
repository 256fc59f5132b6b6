"""Our style sheets and scripts, of which some are made by others."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from datasette import Response

from evidence_chain.edition.browser import claim_program
from evidence_datasette.answering.dressing.dress import sheet
from evidence_datasette.answering.errors import HEADERS, Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette import Request
    from datasette.app import Datasette

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_MADE: dict[str, Callable[[], bytes]] = {"check-here.js": claim_program, "tables.css": sheet}
"""Static files that lie in no folder, and what makes them."""


async def static_file(_: Datasette, request: Request) -> Response:
    """One of our static files."""
    name = request.url_vars["name"]
    kind, content = _TYPES.get(name[name.rindex(".") :]), _content(name)
    if kind is None or content is None:
        raise Missing(f"There is no file {name}.")
    caching = {"Cache-Control": "max-age=600"}
    return Response(content, 200, HEADERS | caching, f"{kind}; charset=utf-8")


def _content(name: str) -> bytes | None:
    """One of our static files, of which some are made by others."""
    if make := _MADE.get(name):
        return make()
    file = resources.files("evidence_datasette") / "static" / name
    return file.read_bytes() if file.is_file() else None
