"""`evidence tidy`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, say

if TYPE_CHECKING:
    from evidence_db.keeping.tidying import Left


@click.command()
@click.option("--remove", is_flag=True, help="Remove it, too.")
@common
@pass_session
def command(session: Session, *, remove: bool) -> None:
    """List what crashes left of a case: copies that were not finished, files without a record.

    If the case was restored from an older copy, files of records that it has lost are among them.
    """
    from evidence_db.keeping.tidying import tidy

    left = tidy(session.case(), remove=remove)
    session.answer(
        [{"path": one.place, "size": one.size, "removed": remove} for one in left],
        [one.place for one in left],
        lambda: _tell(left, removed=remove),
    )


def _tell(left: list[Left], *, removed: bool) -> None:
    for one in left:
        say(f"{one.size:>15,} bytes  {clean(one.place)}")
    if not left:
        say("Nothing was left.")
    elif removed:
        say("All of it was removed.")
    else:
        say("No record names any of it. `evidence tidy --remove` removes it.")
