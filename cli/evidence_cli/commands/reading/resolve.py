"""`evidence resolve`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session


@click.command()
@click.argument("claim", nargs=-1, required=True)
@click.option("--key", metavar="VKEY", help="The verifier key that you expect to have signed.")
@common
@pass_session
def command(session: Session, claim: tuple[str, ...], key: str | None) -> None:
    """Show what CLAIM rests on, down to the log. CLAIM is a short name, an id, or words of it.

    \b
    Exit codes:
      0  no check of what is shown failed; some may not have been made
      1  a check failed
    """  # noqa: D301
    from evidence_cli.options.keys import verifier_key
    from evidence_cli.views.chain import show_chain
    from evidence_db.reading.references import find_claim
    from evidence_db.resolving.resolution import resolve

    case = session.case(published=True)
    with case.reader() as reader:
        record = find_claim(reader, " ".join(claim), case.files)
        resolved = resolve(case, reader, record.index, verifier_key(key))
    ids = [record.id, *(link["record"]["id"] for link in resolved["chain"])]
    session.answer(resolved, ids, lambda: show_chain(resolved, case.edition))
    if resolved["integrity"]["outcome"] == "failed":
        click.get_current_context().exit(1)
