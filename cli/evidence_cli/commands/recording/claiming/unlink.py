"""`evidence unlink`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import paint, say
from evidence_cli.views import effects as effects_view


@click.command()
@click.argument("reference", metavar="REF")
@click.argument("claim")
@click.option("--reason", required=True, help="Why it no longer stands; sealed.")
@effects_view.yes
@common
@pass_session
def command(session: Session, reference: str, claim: str, reason: str, *, yes: bool) -> None:
    """Retract the link from REF to CLAIM. The link stays visible, with the reason."""
    from evidence_db.reading.references import find_claim, find_record
    from evidence_db.recording.replacing import foresee, link_between, unlink

    case = session.case()
    with case.reader() as reader:
        from_ = find_record(reader, reference, files=case.files)
        to = find_claim(reader, claim, case.files)
        link = link_between(reader, from_, to)
    effects = foresee(
        session.writer(case), [link.index], lambda writer: unlink(writer, from_, to, reason)
    )
    effects_view.foretell(effects, yes=yes)
    with session.writer(case) as writer:
        recorded = unlink(writer, from_, to, reason)
    session.answer(
        {
            "id": recorded.id,
            "index": recorded.index,
            "kind": "retraction",
            "to": link.id,
            **effects_view.as_json(effects),
        },
        [recorded.id],
        lambda: say(
            f"{from_.kind} {from_.id[:8]} is no longer linked to {paint(to.body.get('slug'))}."
        ),
    )
