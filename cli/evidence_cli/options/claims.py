"""The options by which what is recorded is linked to claims at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evidence_chain.rules import SPEAKS
from evidence_cli.views.unnoted import note_asked

if TYPE_CHECKING:
    from evidence_cli.session import Session
    from evidence_db.recording.bearing import Bearing

_HELP = {
    "supports": "A claim that it speaks for. May be repeated.",
    "contradicts": "… against which it speaks.",
    "qualifies": "… that it limits or explains.",
}
_NAMED = "--supports, --contradicts or --qualifies"


def claim_options() -> list[click.Option]:
    """An option for each relation, and one for the reason."""
    return [
        *(
            click.Option([f"--{relation}"], multiple=True, metavar="CLAIM", help=_HELP[relation])
            for relation in SPEAKS
        ),
        click.Option(["-m", "--why"], help="Why, as a note on its links to claims."),
    ]


def bearing_of(session: Session, options: dict[str, Any]) -> Bearing:
    """The claims that were named; their options are taken out of `options`.

    Who sits at a terminal is asked for the note that a contradiction needs.

    Raises:
        UsageError: there is a reason for links, and no claim to link to.
    """
    from evidence_db.recording.bearing import Bearing

    claims = [(relation, claim) for relation in SPEAKS for claim in options.pop(relation)]
    why = options.pop("why")
    if why and not claims:
        raise click.UsageError(f"-m says why it bears on a claim; name one by {_NAMED}.")
    why = note_asked(session, [relation for relation, _ in claims], why)
    return Bearing(tuple(claims), why)
