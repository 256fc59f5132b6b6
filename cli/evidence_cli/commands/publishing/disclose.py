"""`evidence disclose`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.views.published import withholding as view
from evidence_cli.views.published.deciding import decide


@click.command()
@click.argument("references", metavar="REF…", nargs=-1, required=True)
@view.fields
@click.option("--reason", metavar="R", help="Why, for the case's own history.")
@common
@pass_session
def command(
    session: Session, references: tuple[str, ...], fields: tuple[str, ...], reason: str | None
) -> None:
    """Disclose REF, or some of its fields, that a decision or a rule withholds.

    What would tell of something that stays withheld stays so, too, and is listed. It is here and in
    editions to come; what was published is not called back, nor is this once it is published.
    """
    decide(session, references, fields, reason, withheld=False)
