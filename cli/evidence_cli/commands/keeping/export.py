"""`evidence export`."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_chain.wording.plural import counted
from evidence_cli.session import Session, common
from evidence_cli.terminal import paint, progress, say, wrapped

WARNING = (
    "It holds all that the case holds but files: every seed, and every value that is withheld. "
    "Keep it where the case is kept. What leaves the newsroom is an edition: evidence publish."
)


@click.group(name="export")
@common
def command() -> None:
    """Write what the log says for other programs."""


@command.command("parquet")
@click.argument("file", type=click.Path(path_type=Path))
@common
@click.pass_context
def to_parquet(context: click.Context, file: Path) -> None:
    """Write the lines of the log into FILE, with all that opens them, for `verify --rows`.

    It holds every seed and every value that is withheld, and stays in the newsroom.
    """
    from evidence_db.keeping.exporting import export_parquet

    session = context.ensure_object(Session)
    with progress() as show:
        exported = export_parquet(session.case(), file, show)

    def tell() -> None:
        of = f"{counted(exported.entries, 'entry')}, {counted(exported.size, 'byte')}"
        say(f"Exported {of}, to {paint(file, bold=True)}, which you alone can read.")
        say(wrapped(WARNING))

    result = {"file": str(file), "entries": exported.entries, "bytes": exported.size}
    session.answer({**result, "warning": WARNING}, [str(file)], tell)
