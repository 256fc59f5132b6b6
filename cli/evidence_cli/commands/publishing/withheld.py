"""`evidence withheld`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.views.published import withholding as view


@click.command()
@click.option("--history", is_flag=True, help="Every decision, those that no longer stand too.")
@common
@pass_session
def command(session: Session, *, history: bool) -> None:
    """List what is withheld from editions, why, and what each decision takes with it.

    By what was decided (`evidence withhold`) and by the rules of the policy (`evidence policy`).
    """
    view.listed(session, history=history)
