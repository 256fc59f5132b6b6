"""What a search for what is withheld found, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from evidence_chain.wording.plural import counted
from evidence_cli.terminal import flat, paint, say, wrapped
from evidence_db.publishing.gate.gate import RULES
from evidence_db.publishing.leaks.report import RULE, told

if TYPE_CHECKING:
    from evidence_db.publishing.leaks.report import Searched

__all__ = ["RULE", "as_json", "tell", "tell_shut"]


def as_json(searched: object, with_values: bool) -> dict[str, Any]:
    """The same as JSON; values only if somebody asks for them."""
    return cast("Searched", searched).as_json(with_values=with_values)


def tell_shut(searched: object, with_values: bool) -> None:
    """Tell that the gate is shut, and where what stands."""
    say(f"{paint('shut', fg='red', bold=True)}  {RULE}: {RULES[RULE]}")
    tell(cast("Searched", searched), with_values)
    say(
        wrapped(
            "Nothing was published. Withhold what holds it, too; or, where it is a preserved file "
            "that readers may have all the same, name that: --despite REF."
        )
    )


def tell(searched: Searched, with_values: bool) -> None:
    """Tell each place, and what was searched for."""
    for line in told(searched.leaks):
        say(wrapped(flat(line), "      "))
    values = {(one.where, one.what): one.value for one in searched.leaks if one.value}
    for (where, what), value in values.items() if with_values else ():
        say(wrapped(f"{flat(where)}: {what} is: {flat(value)}", "        "))
    tell_searched(searched)
    if searched.leaks:
        say(f"Found: {counted(len(told(searched.leaks)), 'place')}.")


def tell_searched(searched: Searched) -> None:
    """Tell what was searched for, and loudly what wasn't, since it is disclosed elsewhere."""
    for sentence in searched.sentences():
        say(wrapped(flat(sentence)))
    if warning := searched.warning():
        say("")
        say(paint(wrapped(flat(warning)), fg="yellow"))
        say("")
