"""That a passage was recorded before, and with what else."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from evidence_chain.kinds import kind_called
from evidence_cli.terminal import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.reading.records import Record
    from evidence_db.recording.passages.twins import Twin


def twin_lines(id_: str, found: list[Twin]) -> Iterator[str]:
    """What else was recorded of the passage of a new record, and how one of the two is taken back.

    Args:
        id_: The id of the new record.
        found: Its twins.
    """
    for one in found:
        kind, short = kind_called(one.record.kind), one.record.id[:8]
        differs = "; ".join(
            f"{kind_field.label} {_told(one.differs[kind_field.name])}"
            for kind_field in kind.asked
            if kind_field.name in one.differs
        )
        changes = " ".join(
            f"{kind.amendable[name].option} {shlex.quote(str(new))}"
            for name, (_, new) in one.differs.items()
            if new and name in kind.amendable
        )
        amended = f", and amend the other: evidence amend {short} {changes} --reason …" * bool(
            changes
        )
        yield wrapped(
            f"The same passage is recorded as {kind.label} {short} already"
            f"{f' ({differs})' if differs else ''}, and now counts twice. If it is one statement, "
            f"retract the new one: evidence retract {id_[:8]} --reason …{amended}"
        )


def described_lines(record: Record) -> Iterator[str]:
    """What is said of a passage that was recorded already, which a command need not have said."""
    kind = kind_called(record.kind)
    said = ", ".join(
        f"{field.label} “{record.body[field.name]}”"
        for field in kind.asked
        if field.name != "text" and record.body.get(field.name)
    )
    if said:
        yield wrapped(
            f"It is recorded with: {said}. To correct that: evidence amend {record.id[:8]} … "
            "--reason …"
        )


def _told(pair: tuple[object, object]) -> str:
    there, new = (f"“{one}”" if one else "none" for one in pair)
    return f"{there} there, {new} here"
