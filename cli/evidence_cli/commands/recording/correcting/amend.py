"""`evidence amend`."""

from __future__ import annotations

import click

from evidence_chain import kinds
from evidence_chain.kinds import Field
from evidence_cli.kind_command import field_options
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, say
from evidence_cli.views.records.amended import told


def _options() -> list[click.Option]:
    """An option for every field that can be amended, of whatever kind.

    Those that can't are not listed: why not is told when one is given.
    """
    known = (kinds.ARTIFACT, kinds.ORIGINAL, *kinds.evidence_kinds().values())
    every = {one.name: one for kind in known for one in kind.asked if one.type is str}
    can = {name for kind in known for name in kind.amendable}
    options = field_options(Field(one.name, one.label, one.help) for one in every.values())
    for option in options:
        option.hidden = option.name not in can
    return options


@click.command(params=[*_options()])
@click.argument("reference", metavar="REF")
@click.option("--reason", required=True, help="Why it is corrected; sealed.")
@common
@pass_session
def command(session: Session, /, reference: str, reason: str, **said: str | None) -> None:
    """Correct what describes REF, a file, an original or evidence: a title, a speaker, a date.

    What was recorded stays in the log, and is shown beside the correction. What is hashed or
    quoted is never amended. An empty value ('') takes a wrong one away.
    """
    from evidence_db.reading.references import describe, find_record
    from evidence_db.recording.adding import amend

    changes = {name: value or None for name, value in said.items() if value is not None}
    if not changes:
        raise click.UsageError("Say what it should be, such as by --title or --speaker.")
    case = session.case()
    with session.writer(case) as writer:
        record = find_record(writer.reader, reference, files=case.files)
        recorded = amend(writer, record.id, changes, reason)
    result = {
        "id": recorded.id,
        "index": recorded.index,
        "kind": "amendment",
        "to": record.id,
        "changes": changes,
    }

    def tell() -> None:
        say(f"Amended {clean(describe(record))} ({recorded.id[:8]}):")
        for name, value in changes.items():
            say(f"  {name}: {told(record.body.get(name))} → {told(value)}")

    session.answer(result, [recorded.id], tell)
