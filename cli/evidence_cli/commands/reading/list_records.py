"""`evidence list`."""

from __future__ import annotations

import click

from evidence_chain.errors import InputError
from evidence_cli.session import Session, common, pass_session
from evidence_cli.typos import meant


@click.command()
@click.argument("kind", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="As a table for spreadsheets.")
@common
@pass_session
def command(session: Session, kind: str | None, *, as_csv: bool) -> None:
    """List records: all but links, or those of one KIND, such as claim, artifact, quote, link.

    A passage that a person must look at is marked with why, such as altered, hidden or ocr.
    """
    from evidence_cli.views.records.records import show_records
    from evidence_cli.views.records.table import print_table

    with session.case(published=True).reader() as reader:
        listed = reader.listing(_full_name(kind) if kind else None)
        if as_csv:
            print_table(reader, listed)
        else:
            show_records(session, reader, listed, with_links=kind is not None)


def _full_name(kind: str) -> str:
    """The name in the log of a kind that may be given without `evidence/`."""
    from evidence_db.store.tables.schema import READABLE

    if kind in READABLE or kind.startswith("evidence/"):
        return kind
    from evidence_chain.kinds import evidence_kinds

    if kind in evidence_kinds():
        return f"evidence/{kind}"
    known = [*READABLE, *evidence_kinds()]
    hint = meant(kind, known) or f"There are {', '.join(known)}."
    raise InputError(f"There is no kind called {kind!r}. {hint}")
