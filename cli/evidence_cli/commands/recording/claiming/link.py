"""`evidence link`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import paint, say
from evidence_cli.views.unnoted import Made, note_asked, unnoted, unnoted_line


@click.command()
@click.argument("reference", metavar="REF")
@click.argument("claim")
@click.option("--supports", is_flag=True, help="REF speaks for the claim.")
@click.option("--contradicts", is_flag=True, help="… against it.")
@click.option("--qualifies", is_flag=True, help="… limits or explains it.")
@click.option("-m", "--why", "--note", "note", help="Why, as a note on the link; sealed.")
@common
@pass_session
def command(
    session: Session, /, reference: str, claim: str, note: str | None, **relations: bool
) -> None:
    """Say how a record, REF, bears on CLAIM, which is named by its short name or by words of it."""
    from evidence_db.reading.references import find_claim, find_record
    from evidence_db.recording.bearing import link_to_claim

    named = [relation for relation, given in relations.items() if given]
    if len(named) != 1:
        raise click.UsageError(
            "Say how it bears on it by one of --supports, --contradicts and --qualifies."
        )
    relation = named[0]
    case, note = session.case(), note_asked(session, named, note)
    with session.writer(case) as writer:
        from_ = find_record(writer.reader, reference, files=case.files)
        to = find_claim(writer.reader, claim, case.files)
        recorded = link_to_claim(writer, relation, from_.id, to, note)
    bare = unnoted(case, [Made(relation, from_.id, to, recorded)])
    result = {
        "id": recorded.id,
        "index": recorded.index,
        "kind": "link",
        "new": recorded.new,
        "relation": relation,
        "from": from_.id,
        "to": to.id,
        "wants_note": [one.link.id for one in bare],
    }
    verb = "Linked" if recorded.new else "Linked already, nothing changed:"

    def tell() -> None:
        say(
            f"{verb} {from_.kind} {from_.id[:8]} {paint(relation, bold=True)} "
            f"{paint(to.body.get('slug'))} ({recorded.id[:8]})."
        )
        for one in bare:
            say(unnoted_line(one))

    session.answer(result, [recorded.id], tell)
