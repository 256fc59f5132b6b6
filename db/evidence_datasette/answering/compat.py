"""Every difference between Datasette 0.65 and 1.0 that concerns us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from datasette import __version__, hookimpl

from evidence_datasette.answering.allows import shared_allows
from evidence_datasette.answering.cases import case_databases, is_case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from datasette import Request
    from datasette.app import Datasette
    from jinja2 import Environment

Actor = dict[str, Any] | None

IS_1 = not __version__.startswith("0.")
READING = "_execute_fn" if IS_1 else "execute_fn"
"""The method of a database that all reading goes through, SQL and functions alike."""
_INDEX = tuple(f"search_{part}" for part in ("data", "idx", "content", "docsize", "config"))
SECRET = ("seal", "record", "withholding", "files_at", *_INDEX)
"""What holds seeds and salts, and the search index's own tables: nobody is shown them.

The index has the words of a text until it is built anew, though the text is there no more.
"""


def environment(datasette: Datasette, request: Request) -> Environment:
    """The environment of Datasette's templates."""
    theirs: Environment = datasette.get_jinja_environment(request) if IS_1 else datasette.jinja_env
    return theirs


_POSTED = re.compile(r"(?:/[^/]+)+/-/(?:proofread(?:\.json)?|(?:begin|review|quote)/[^/]+)")
"""The pages that take what is sent to them."""


def is_multipart(scope: Mapping[str, Any]) -> bool:
    """Whether what is sent is a form in parts, which no page of ours sends or takes."""
    sent = dict(scope.get("headers") or ()).get(b"content-type", b"")
    return bool(sent.strip().lower().startswith(b"multipart/"))


def skip_csrf(scope: Mapping[str, Any]) -> bool:
    """Whether asgi-csrf leaves a request to us: a form in parts that is sent to a page of ours.

    It would read the parts to find its token, and fails with python-multipart as it is today. No
    page of ours takes such a form, so none needs the token.
    """
    return is_multipart(scope) and bool(_POSTED.fullmatch(str(scope.get("path"))))


def has_login() -> bool:
    """Whether a plugin besides those of Datasette itself says who a reader is."""
    from datasette.plugins import pm

    known = pm.hook.actor_from_request.get_hookimpls()
    return any(not one.plugin_name.startswith("datasette.") for one in known)


def csrf_token(request: Request) -> str:
    """What a form that is sent must hold; 1.0 looks at the browser's own headers instead."""
    make = request.scope.get("csrftoken")
    return str(make()) if make else ""


async def forbidden(
    datasette: Datasette, actor: Actor, database: str, tables: Sequence[str]
) -> str | None:
    """What an actor may not do of all that seeing rows of these tables takes; `None` if nothing."""
    asked = _forbidden_1 if IS_1 else _forbidden_0
    return await asked(datasette, actor, database, tables)


async def _forbidden_1(
    datasette: Datasette, actor: Actor, database: str, tables: Sequence[str]
) -> str | None:
    from datasette.resources import DatabaseResource, TableResource

    whole = DatabaseResource(database=database)
    if not await datasette.allowed(action="view-database", resource=whole, actor=actor):
        return "view-database"
    for table in tables:
        rows = TableResource(database=database, table=table)
        if not await datasette.allowed(action="view-table", resource=rows, actor=actor):
            return "view-table"
    return None


async def _forbidden_0(
    datasette: Datasette, actor: Actor, database: str, tables: Sequence[str]
) -> str | None:
    """0.65 asks from the table upwards, and whoever has an opinion first decides."""
    whole = await datasette.permission_allowed(actor, "view-database", database, default=None)
    if whole is None:
        whole = await datasette.permission_allowed(actor, "view-instance", default=True)
    if not whole:
        return "view-database"
    if not tables:
        return None
    async with shared_allows(datasette, database):
        for table in tables:
            rows = (database, table)
            if not await datasette.permission_allowed(actor, "view-table", rows, default=True):
                return "view-table"
    return None


def configuration(described: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `Datasette` for what `datasette-metadata.json` says.

    1.0 tells what describes (metadata) from what configures (permissions, queries, settings), and
    each ignores what belongs to the other; 0.65 takes both as metadata, but for the settings.
    """
    configures = "config" if IS_1 else "settings"
    return {"metadata": described, configures: described if IS_1 else described["settings"]}


def _opens_sql(datasette: Datasette, database: str) -> bool:
    """Whether whoever runs this Datasette said who may run SQL on a database."""
    if not IS_1:
        return datasette.metadata("allow_sql", database=database) is not None
    config = datasette.config or {}
    own = (config.get("databases") or {}).get(database) or {}
    return "allow_sql" in own or "allow_sql" in config


@hookimpl(optionalhook=True)
def permission_allowed(datasette: Datasette, action: str, resource: Any) -> bool | None:  # noqa: ANN401
    """0.65: nobody sees what opens a case's log, nor runs SQL on it, unless it is said who may."""
    if action == "view-table" and isinstance(resource, tuple):
        database, table = resource
        return False if table in SECRET and is_case(datasette, database) else None
    if action == "execute-sql" and is_case(datasette, resource):
        return None if _opens_sql(datasette, resource) else False
    return None


@hookimpl(optionalhook=True)
def permission_resources_sql(datasette: Datasette, action: str) -> Any:  # noqa: ANN401
    """1.0: the same, as rows that deny."""
    cases = case_databases(datasette) if action in ("view-table", "execute-sql") else []
    if action == "view-table":
        denied: list[tuple[str, str | None]] = [(c, table) for c in cases for table in SECRET]
    else:
        denied = [(case, None) for case in cases if not _opens_sql(datasette, case)]
    if not denied:
        return None
    from datasette.permissions import PermissionSQL

    rows = [
        f"SELECT :evidence_case_{n} AS parent, :evidence_table_{n} AS child, "  # noqa: S608
        "0 AS allow, 'kept from strangers' AS reason"
        for n in range(len(denied))
    ]
    params: dict[str, str | None] = {
        f"evidence_case_{n}": case for n, (case, _) in enumerate(denied)
    }
    params |= {f"evidence_table_{n}": table for n, (_, table) in enumerate(denied)}
    return PermissionSQL(sql=" UNION ALL ".join(rows), params=params)
