"""`evidence replace`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, say, sentence_end
from evidence_cli.views import effects as effects_view


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--carry-links/--drop-links",
    "carry",
    default=None,
    help="Record each link of OLD anew for NEW, or let them end. Needed where OLD has any.",
)
@click.option("--note", help="Why; sealed like everything else.")
@effects_view.yes
@common
@pass_session
def command(
    session: Session,
    old: str,
    new: str,
    note: str | None,
    *,
    carry: bool | None,
    yes: bool,
) -> None:
    """Put record NEW in the place of OLD, of the same kind. Both stay visible.

    What it changes is told before it is recorded. A link that is carried names the old one. Where
    the wording of a claim changed, its carried links are to be looked at again: `evidence unlink`
    and `evidence link` those that still hold.
    """
    from evidence_db.reading.references import describe, find_record
    from evidence_db.recording.replacing import foresee, replace

    case = session.case()
    with case.reader() as reader:
        before = find_record(reader, old, files=case.files)
        after = find_record(reader, new, files=case.files)
    effects = foresee(
        session.writer(case),
        [before.index, after.index],
        lambda writer: replace(writer, before, after, note, carry=carry),
    )
    effects_view.foretell(effects, yes=yes)
    with session.writer(case) as writer:
        recorded, carried = replace(writer, before, after, note, carry=carry)

    def tell() -> None:
        replaced = sentence_end(clean(describe(before)))
        say(f"{clean(describe(after))} now replaces {replaced}")
        if carried:
            say("Its links went over to it: look at them again if words changed.")

    session.answer(
        {
            "id": recorded.id,
            "index": recorded.index,
            "kind": "link",
            "new": recorded.new,
            "relation": "replaces",
            "from": after.id,
            "to": before.id,
            "carried": [one.id for one in carried],
            **effects_view.as_json(effects),
        },
        [recorded.id],
        tell,
    )
