"""`evidence policy`."""

from __future__ import annotations

import click

from evidence_chain.errors import InputError
from evidence_chain.wording.plural import counted
from evidence_cli.session import Session, common
from evidence_cli.terminal import say


@click.command()
@common
@click.pass_context
def command(context: click.Context) -> None:
    """Write the default policy into the case, or tell the one that it has.

    The policy says what has to be so before a claim is published (`evidence publish`).
    """
    from evidence_db.publishing.gate.gate import RULES, is_asked
    from evidence_db.publishing.policy import DEFAULT, FILE, read_policy

    session = context.ensure_object(Session)
    case = session.case()
    path = case.root / FILE
    new = not path.exists()
    if new:
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(DEFAULT)
        except OSError as error:
            raise InputError(f"The policy {path} can't be written: {error.strerror}.") from error
    policy = read_policy(case.root)

    def tell() -> None:
        say(
            f"{'Wrote the default policy to' if new else 'The policy is in'} {path}; edit it there."
        )
        for name, value in policy.as_json().items():
            say(f"  {name} = {str(value).lower()}")
        if policy.withhold:
            rules = counted(len(policy.withhold), "rule")
            say(f"  withhold = {rules}, and `evidence withheld` tells what comes of them")
        width = max(map(len, RULES))
        for title, wanted in (("What the gate asks:", True), ("What it doesn't ask:", False)):
            say(title)
            for rule, meaning in RULES.items():
                if is_asked(rule, policy) == wanted:
                    say(f"  {rule:{width}}  {meaning}")

    session.answer(policy.as_json(), [], tell)
