"""What a shell completes besides commands and options: claims, kinds, fields, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from evidence_chain.errors import EvidenceError
from evidence_cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Words = Callable[[click.Context, str], Iterable[str]]

_CLAIMS = ("claim", "claims", "supports", "contradicts", "qualifies", "reference", "references")
"""Parameters in whose place the short name of a claim may stand."""


class _Completed(click.types.StringParamType):
    """A text of which a shell is told the words that it may be."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that begin so."""
        del param
        known = self._words(ctx, incomplete)
        return [CompletionItem(word) for word in known if word.startswith(incomplete)]


def completing(name: str, command: click.Command) -> click.Command:
    """A command of that name, which tells a shell what may stand where it takes a text."""
    for parameter in command.params:
        of_any = _claims if parameter.name in _CLAIMS else None
        words = _WORDS.get((name, parameter.name or ""), of_any)
        if words is not None and type(parameter.type) is click.types.StringParamType:
            parameter.type = _Completed(words)
    return command


def _claims(context: click.Context, begun: str) -> Iterable[str]:
    from evidence_db.reading import names

    try:
        with context.ensure_object(Session).case().reader() as reader:
            return names.begun(reader, begun)
    except EvidenceError:
        return []  # a shell is told nothing, and the command tells why


def _kinds(_context: click.Context, _begun: str) -> Iterable[str]:
    from evidence_chain.kinds import evidence_kinds
    from evidence_db.store.tables.schema import READABLE

    return [*(one for one in READABLE if one != "evidence"), *evidence_kinds()]


def _rules(_context: click.Context, _begun: str) -> Iterable[str]:
    from evidence_db.publishing.gate.gate import NEVER, RULES

    return [rule for rule in RULES if rule not in NEVER]


def _fields(_context: click.Context, _begun: str) -> Iterable[str]:
    from evidence_chain import kinds

    known = (kinds.ARTIFACT, kinds.ORIGINAL, kinds.CLAIM, *kinds.evidence_kinds().values())
    return sorted({field.name for kind in known for field in kind.fields})


_WORDS: dict[tuple[str, str], Words] = {
    ("list", "kind"): _kinds,
    ("publish", "rules"): _rules,
    ("replace", "old"): _claims,
    ("replace", "new"): _claims,
    ("withhold", "fields"): _fields,
    ("disclose", "fields"): _fields,
}
"""By the names of a command and of a parameter of it."""
