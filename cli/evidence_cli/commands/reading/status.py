"""`evidence status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evidence_cli.session import Session, common
from evidence_cli.terminal import clean, flat, paint, progress, say, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.tasks.listing import Todo
    from evidence_db.tasks.task import Task

_LONGEST = 100
"""Characters of a passage or statement that are shown."""
_MOST = 20
"""Lines of one matter that are shown, unless all are asked for."""


@click.command()
@click.option("--claim", "claims", multiple=True, metavar="REF", help="Only for this claim.")
@click.option("--all", "everything", is_flag=True, help=f"Show all, not {_MOST} of each matter.")
@common
@click.pass_context
def command(context: click.Context, claims: tuple[str, ...], everything: bool) -> None:
    """Tell what is left to do, and the command that deals with each.

    What is asked of files is not asked here: `evidence verify` and `evidence publish --check-only`
    do that before anything is published.

    \b
    Exit codes:
      0  what the policy asks of records and claims is met
      1  it is not met
      2  the command was not understood
    """  # noqa: D301
    from evidence_cli.main import FAILED, HELD
    from evidence_db.reading.references import find_claim
    from evidence_db.tasks.listing import todo

    session = context.ensure_object(Session)
    case = session.case()
    with case.reader() as reader, progress() as show:
        meant = [find_claim(reader, one, case.files).index for one in claims]
        found = todo(case, reader, meant, progress=show)

    def tell() -> None:
        for line in _lines(found, None if everything else _MOST):
            say(line)

    ids = [one.subject for one in found.tasks if one.subject]
    session.answer(found.as_json(), list(dict.fromkeys(ids)), tell)
    context.exit(FAILED if found.unmet else HELD)


def _lines(found: Todo, most: int | None) -> Iterator[str]:
    from evidence_db.tasks.task import MATTERS

    for matter, there in found.by_matter():
        yield f"{paint(MATTERS[matter], bold=True)} ({len(there):,}):"
        for task in there[:most]:
            yield from _line(task)
        if most is not None and len(there) > most:
            yield f"  and {len(there) - most:,} more: evidence status --all"
    if found.looked_at:
        by = ", ".join(f"{flat(who)} ({count:,})" for who, count in found.looked_at.items())
        yield wrapped(f"Passages that were looked at and approved, by: {by}.")
    if not found.tasks:
        yield "Nothing is left to do that can be seen from the records."
    if found.unmet:
        yield paint(f"The policy is not met: {', '.join(found.unmet)}.", fg="yellow")
    else:
        yield "What the policy asks of records and claims is met."
    yield wrapped(
        "Not asked here, since files are read for it: whether all of it verifies, whether what is "
        "withheld stands in a file, what files give away, and whether articles quote rightly. "
        "Before publication `evidence publish --check-only` asks that."
    )


def _line(task: Task) -> Iterator[str]:
    says = flat(task.says)
    short = says if len(says) <= _LONGEST else f"{says[: _LONGEST - 1]}…"
    yield wrapped(f"{flat(task.called)}{f': {short}' if short else ''}", "  ")
    yield f"    {clean(task.command)}"
