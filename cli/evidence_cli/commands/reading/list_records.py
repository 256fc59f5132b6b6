"""`evidence list`."""

from __future__ import annotations

import click

from evidence_chain.errors import InputError
from evidence_cli.session import Session, common, pass_session


@click.command()
@click.argument("kind", required=False)
@common
@pass_session
def command(session: Session, kind: str | None) -> None:
    """List records: all, or those of one KIND, such as claim, artifact, quote."""
    from evidence_cli.views.records import show_records

    with session.case().reader() as reader:
        show_records(session, reader, reader.listing(_full_name(kind) if kind else None))


def _full_name(kind: str) -> str:
    """The name in the log of a kind that may be given without `evidence/`."""
    from evidence_db.store.tables.schema import READABLE

    if kind in READABLE or kind.startswith("evidence/"):
        return kind
    from evidence_chain.kinds import evidence_kinds

    if kind in evidence_kinds():
        return f"evidence/{kind}"
    known = ", ".join([*READABLE, *evidence_kinds()])
    raise InputError(f"There is no kind called {kind!r}; there are {known}.")
