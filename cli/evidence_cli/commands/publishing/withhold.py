"""`evidence withhold`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.views.published import withholding as view
from evidence_cli.views.published.deciding import decide


@click.command()
@click.argument("references", metavar="REF…", nargs=-1, required=True)
@view.fields
@click.option("--reason", required=True, metavar="R", help="Why, in words for readers.")
@common
@pass_session
def command(
    session: Session, references: tuple[str, ...], fields: tuple[str, ...], reason: str
) -> None:
    """Withhold REF, or some of its fields, from every edition to come.

    What goes with it is listed: with a file its names and digests, its text, what is drawn or
    unpacked from it; with a passage its place and its translations; with a field its amendments.
    Nothing in the log changes, and nobody but you sees it here. `evidence disclose` lifts it.
    """
    decide(session, references, fields, reason, withheld=True)
