"""`evidence claim`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import paint, say


@click.command()
@click.argument("slug")
@click.argument("statement")
@click.option("--note", help="A note of your own; sealed like everything else.")
@common
@pass_session
def command(session: Session, slug: str, statement: str, note: str | None) -> None:
    """Record a claim: SLUG is its short name, STATEMENT what it says."""
    from evidence_db.recording.adding import add_claim

    with session.writer(session.case()) as writer:
        recorded = add_claim(writer, slug, statement, note)
    verb = "Recorded" if recorded.new else "Recorded already, nothing changed:"
    session.answer(
        {"id": recorded.id, "index": recorded.index, "kind": "claim", "new": recorded.new},
        [recorded.id],
        lambda: say(f"{verb} claim {paint(slug, bold=True)} ({recorded.id[:8]})."),
    )
