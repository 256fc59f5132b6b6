"""A passage that was picked in a document, recorded: `evidence quote` in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import InputError, PassageError
from evidence_chain.kinds import evidence_kind
from evidence_chain.rules import SPEAKS
from evidence_db.reading.references import find_record
from evidence_db.recording.bearing import NOTHING, Bearing
from evidence_db.recording.passages.found import PassageRefusedError
from evidence_db.recording.passages.outline import Where
from evidence_db.recording.preserving.capturing import capture
from evidence_db.recording.wanted import Wanted
from evidence_db.recording.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_datasette.answering.links import Links
    from evidence_db.case import Case

_VALUES = ("speaker", "date")


def quote(case: Case, by: str, reference: str, fields: Mapping[str, str], to: Links) -> str:
    """Record a quote of a document; returns the address of its record.

    The fields: `text` and `at`, as `/DB/-/pick/REF` tells them; `speaker`, `date`; and `claim`,
    `relation`, `why`, if it is linked to one.

    Raises:
        EvidenceError: what `evidence quote` raises.
    """
    said = {name: value.strip() for name, value in fields.items()}
    at, text = said.get("at", ""), said.get("text", "")
    if not text:
        raise InputError("Which words? Select some in the text first. Nothing was recorded.")
    if at and not (at.isascii() and at.isdigit() and len(at) < 16):
        raise InputError("Where it begins is no number. Select it again. Nothing was recorded.")
    with case.reader() as reader:
        document = find_record(reader, reference, "artifact", files=case.files)
    wanted = Wanted(
        evidence_kind("quote"),
        document.id,
        text,
        Where(int(at) if at else None),
        values={name: said[name] for name in _VALUES if said.get(name)},
        bearing=_bearing(said),
    )
    try:
        captured = capture(case, Writer(case, by), wanted)
    except PassageRefusedError as refused:
        raise PassageError(refused.on_page) from refused
    return to.record(captured.recorded.id)


def _bearing(said: Mapping[str, str]) -> Bearing:
    claim, relation, why = (said.get(name, "") for name in ("claim", "relation", "why"))
    if not claim:
        if why:
            raise InputError("You say why it bears on a claim: name the claim, too.")
        return NOTHING
    if relation not in SPEAKS:
        raise InputError(f"What does it say to that claim? Choose one of: {', '.join(SPEAKS)}.")
    return Bearing(((relation, claim),), why or None)
