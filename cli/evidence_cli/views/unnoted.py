"""Contradictions that nothing is said of, told when they are recorded and not by the gate alone."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import InputError
from evidence_cli.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.case import Case
    from evidence_db.reading.records import Record
    from evidence_db.recording.adding import Recorded


class Made(NamedTuple):
    """A link from a record to a claim."""

    relation: str
    from_: str
    """The record's id."""
    claim: Record
    link: Recorded


def unnoted(case: Case, made: Iterable[Made]) -> list[Made]:
    """Those of these links for which the gate will ask for a note."""
    against = [one for one in made if one.relation == "contradicts"]
    if not against:
        return []
    from evidence_db.publishing.policy import read_policy

    try:
        is_asked = read_policy(case.root).contradictions_noted
    except InputError:  # which the gate tells; what was recorded was
        return []
    with case.reader() as reader:
        bare = [one for one in against if not reader.record(one.link.index).body.get("note")]
    return bare if is_asked else []


def unnoted_line(one: Made) -> str:
    """What the gate will ask of a link, and how that is answered now."""
    slug = clean(shlex.quote(str(one.claim.body.get("slug") or one.claim.id[:8])))
    from_ = one.from_[:8]
    return (
        f"The gate will ask for a note on it: give -m WHY. Now: `evidence unlink {from_} {slug} "
        f"--reason WHY`, then `evidence link {from_} {slug} --contradicts -m WHY`."
    )
