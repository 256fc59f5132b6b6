"""`evidence search`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@common
@pass_session
def command(session: Session, words: tuple[str, ...], limit: int) -> None:
    """Find claims and passages that hold all WORDS."""
    from evidence_cli.views.records import show_records
    from evidence_db.reading.searching import search

    with session.case().reader() as reader:
        found = search(reader, " ".join(words), limit)
        show_records(session, reader, map(reader.record, found))
