"""`evidence proof`."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_chain.errors import InputError
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, say


@click.command()
@click.argument("reference", metavar="REF")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where it goes; else ID.tlog-proof here. - writes it to standard output.",
)
@common
@click.pass_context
def command(context: click.Context, reference: str, output: Path | None) -> None:
    """Write a proof of one record that travels alone: its entry, values, place, and checkpoint.

    `evidence check FILE --key VKEY` checks it. A proof that was handed out can't be called back.
    """
    from evidence_db.publishing.policy import read_policy
    from evidence_db.publishing.selection import Selection
    from evidence_db.publishing.writing.log_files import proof, told
    from evidence_db.reading.references import find_record

    session = context.ensure_object(Session)
    case = session.case()
    selection = Selection(read_policy(case.root).withhold_everywhere)
    with case.reader() as reader:
        record = find_record(reader, reference, files=case.files)
        newest = next((one for one in reader.checkpoints()[::-1] if one.size > record.index), None)
        if newest is None:
            raise InputError(
                f"No checkpoint covers {record.name} yet. Run `evidence checkpoint`, then this."
            )
        data = proof(reader, told(reader.row(record.index), selection), newest.size, newest.note)
    if str(output) == "-":
        click.echo(data, nl=False)
        return
    path = output or Path(f"{record.id}.tlog-proof")
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise InputError(f"The proof can't be written to {path}: {error.strerror}.") from error
    result = {"id": record.id, "file": str(path), "checkpoint": newest.size}
    session.answer(
        result, [record.id], lambda: say(f"Wrote the proof of {record.name}: {flat(path)}")
    )
