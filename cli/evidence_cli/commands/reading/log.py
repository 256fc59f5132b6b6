"""`evidence log`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, flat, paint, say
from evidence_cli.views.records.custody import summary

if TYPE_CHECKING:
    from evidence_db.reading.records import Record


@click.command()
@click.option("--last", type=click.IntRange(1), help="Only the last so many entries.")
@common
@pass_session
def command(session: Session, last: int | None) -> None:
    """Show the log: every entry in order, and where checkpoints were signed."""
    from evidence_cli.views.records.records import cut
    from evidence_db.reading.showing import in_words, joined

    with session.case(published=True).reader() as reader:
        size, info = reader.size(), reader.info()
        start = max(0, size - last) if last else 0
        records = [reader.record(index) for index in range(start, size)]
        said = [in_words(record, joined(reader, record)) for record in records]
        signed = [one.size for one in reader.checkpoints()]
    result = {
        "origin": info.origin,
        "size": size,
        "checkpoints": signed,
        "entries": [
            {
                "index": record.index,
                "id": record.id,
                "kind": record.kind,
                "recorded_at": _when(record),
                "what": what,
                **_custody(record),
            }
            for record, what in zip(records, said, strict=True)
        ],
    }

    def tell() -> None:
        say(f"{paint(info.origin, bold=True)}: {size} entries")
        for record, what in zip(records, said, strict=True):
            kind = clean(record.kind.removeprefix("evidence/"))
            words = cut(summary(told) if (told := _custody(record)) else flat(what))
            when = f"{flat(_when(record)):20}"
            say(f"{record.index:>7}  {record.id[:8]}  {when}  {kind:14}  {words}".rstrip())
            if record.index + 1 in signed:
                say(f"         ── checkpoint {record.index + 1} ──")

    session.answer(result, [record.id for record in records], tell)


def _custody(record: Record) -> dict[str, Any]:
    """What an event of custody says was done, and by whom; nothing of other records."""
    if record.kind != "custody":
        return {}
    return {name: record.body.get(name) for name in ("action", "actor")}


def _when(record: Record) -> str:
    return str(record.body.get("recorded_at", "erased" if record.erased else "withheld"))
