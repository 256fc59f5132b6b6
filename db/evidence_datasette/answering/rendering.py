"""Our templates, rendered without `async`, which Datasette's own need and ours don't.

Every macro call of a template that is compiled for `async` is awaited: a page of 30 passages took
twice as long, and held up all others meanwhile, since it was made in the server's one thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from evidence_datasette.answering import compat

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from jinja2 import Environment

_environments: WeakKeyDictionary[Environment, Environment] = WeakKeyDictionary()
_OF_DICTS = frozenset(dir(dict))


def render(datasette: Datasette, request: Request, template: str, context: dict[str, Any]) -> str:
    """Render a template of ours, in any thread."""
    return _environment(datasette, request).get_template(template).render(context)


def _environment(datasette: Datasette, request: Request) -> Environment:
    """Datasette's environment with all its filters and folders, compiled without `async`."""
    theirs = compat.environment(datasette, request)
    if theirs not in _environments:
        ours = theirs.overlay(enable_async=False)
        ours.is_async = False
        _look_in_dicts_first(ours)
        _environments[theirs] = ours
    return _environments[theirs]


def _look_in_dicts_first(environment: Environment) -> None:
    """Spare the data of our pages, which are dictionaries, a failed look for an attribute.

    A template gets the same: what a dictionary has as an attribute is looked for as before.
    """
    usual = environment.getattr

    def looked_up(of: Any, name: str) -> Any:  # noqa: ANN401
        if type(of) is dict and name in of and name not in _OF_DICTS:
            return of[name]
        return usual(of, name)

    environment.getattr = looked_up  # type: ignore[assignment,method-assign]
