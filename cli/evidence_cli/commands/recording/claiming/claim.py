"""`evidence claim`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import paint, say


@click.command()
@click.argument("slug", metavar="[SLUG]")
@click.argument("statement", required=False)
@click.option("--note", help="A note of your own; sealed like everything else.")
@common
@pass_session
def command(session: Session, slug: str, statement: str | None, note: str | None) -> None:
    """Record a claim: STATEMENT is what it says, SLUG its short name, else made of its words."""
    from evidence_chain.kinds.forms import SLUG, slug_of
    from evidence_db.recording.adding import add_claim, free_slug

    if statement is None and SLUG.fullmatch(slug):
        raise click.UsageError(f"What does the claim {slug} state? Type that after it.")
    with session.writer(session.case()) as writer:
        if statement is None:
            statement = slug
            slug = free_slug(writer, slug_of(statement), statement)
        recorded = add_claim(writer, slug, statement, note)
    verb = "Recorded" if recorded.new else "Recorded already, nothing changed:"
    session.answer(
        {
            "id": recorded.id,
            "index": recorded.index,
            "kind": "claim",
            "slug": slug,
            "new": recorded.new,
        },
        [recorded.id],
        lambda: say(f"{verb} claim {paint(slug, bold=True)} ({recorded.id[:8]})."),
    )
