"""`evidence proof`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError
from evidence_cli.new_file import write_new
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, say, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.case import Case
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record


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
    from evidence_db.publishing.selection import selection_by
    from evidence_db.publishing.writing.log_files import proof, told
    from evidence_db.reading.attested.cosigned import cosigned
    from evidence_db.reading.references import find_record

    session = context.ensure_object(Session)
    case = session.case()
    policy = read_policy(case.root)
    with case.reader() as reader:
        selection = selection_by(reader, policy)
        record = find_record(reader, reference, files=case.files)
        if record.erased is not None:
            raise InputError(
                f"{record.name} was erased, so there is nothing to prove of it but its place. "
                "A proof that was handed out before stays what it is."
            )
        newest = next((one for one in cosigned(reader)[::-1] if one.size > record.index), None)
        if newest is None:
            raise InputError(
                f"No checkpoint covers {record.name} yet. Run `evidence checkpoint`, then this."
            )
        data = proof(reader, told(reader.row(record.index), selection), newest.size, newest.note)
        _search(case, reader, selection, data)
        doubts = list(_doubts(reader, record))
    if str(output) == "-":
        click.echo(data, nl=False)
        return
    path = output or Path(f"{record.id}.tlog-proof")
    write_new(path, data, "The proof")
    result = {"id": record.id, "file": str(path), "checkpoint": newest.size, "doubts": doubts}
    session.answer(result, [record.id], lambda: _tell(record, path, doubts))


def _search(case: Case, reader: Reader, selection: Selection, data: bytes) -> None:
    """Search a proof for what the case withholds, as an edition is searched.

    Raises:
        LeakError: something stands in it.
    """
    from evidence_db.publishing.leaks.edition import needles_of, search_written
    from evidence_db.publishing.leaks.holding import Holding

    with TemporaryDirectory() as directory:
        root = Path(directory)
        (root / "proof").write_bytes(data)
        needles, holding = needles_of(case, reader, selection), Holding(case, reader, selection)
        search_written(needles, root, ["proof"], {}, holding, lambda *_: None)


def _doubts(reader: Reader, record: Record) -> Iterator[str]:
    """What whoever gets the proof can't see in it, and should know."""
    from evidence_db.resolving.sign_off import sign_off

    if reader.is_ended(record.index):
        yield "It was retracted or replaced, and a proof of it alone doesn't say so."
    match = record.body.get("match")
    reasons = sign_off(match) if match else []
    if "altered" in reasons:
        yield "It is recorded as altered: its file has other words than it quotes."
    elif reasons:
        yield f"A person must look at it before it is published: {', '.join(reasons)}."


def _tell(record: Record, path: Path, doubts: list[str]) -> None:
    say(f"Wrote the proof of {record.name}: {flat(path)}")
    for doubt in doubts:
        say(wrapped(f"Before you hand it out: {flat(doubt)}", "  "))
