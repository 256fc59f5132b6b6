"""Checks of one passage against a text stream (step 8; section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, ProofError
from evidence_chain.text import RULES_VERSION, Status, check_match_at, check_slices, spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.canonical import Json
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

FIELDS = ("text", "selector", "extracted", "match")
NOWHERE = (Status.MISSING, Status.INVALID, Status.UNVERIFIABLE)
"""The statuses of a passage that has no place in the stream."""


def check_passage(opened: Opened, stream: str, report: Report) -> None:
    """The recorded slices stand in the preserved stream, and the match is as recorded."""
    selector, found = opened.values["selector"], opened.values["match"]
    recorded = found if isinstance(found, dict) else {}
    try:
        _check_placed(selector, recorded.get("status"))
        slices = check_slices(selector, stream)
    except EvidenceError as error:
        report.fail("passage", opened.id, f"{opened.name}: {error}")
        report.miss("match", opened.id, f"{opened.name}: its passage does not stand there.")
        return
    report.hold("passage", "passages")
    if recorded.get("rules") != RULES_VERSION:
        rules = f"rules {recorded.get('rules')!r}, and this program knows {RULES_VERSION!r}"
        report.miss("match", opened.id, f"{opened.name}: it was compared by {rules}.")
        return
    try:
        notes = recorded.get("notes") or []
        status = str(recorded.get("status"))
        check_match_at(str(opened.values["text"]), stream, slices, status, notes)
    except EvidenceError as error:
        report.fail("match", opened.id, f"{opened.name}: {error}")
        return
    report.hold("match", "passages")


def is_nowhere(values: Mapping[str, Json]) -> bool:
    """Whether a passage is said to stand in a file, and neither where nor in which text.

    Args:
        values: The disclosed values of its record; what is withheld tells nothing.
    """
    found = values.get("match")
    status = found.get("status") if isinstance(found, dict) else None
    is_placed = values.get("extracted") or values.get("selector", True)
    return status is not None and status not in NOWHERE and not is_placed


def _check_placed(selector: Json, status: Json) -> None:
    """A passage that is said to stand in the stream has a place there."""
    if not selector and status not in NOWHERE:
        raise ProofError(f"It is recorded as {status!r}, but not where it stands.")


def check_verbatim(opened: Opened, report: Report) -> None:
    """What every set of rules means by a status: `verbatim` are the same code points."""
    match, selector = opened.values["match"], opened.values["selector"]
    status = match.get("status") if isinstance(match, dict) else None
    try:
        found = spans(selector or [])
        if status == "verbatim" and [exact for *_, exact in found] != [opened.values["text"]]:
            raise ProofError("It is recorded as verbatim, and the words are others.")
        if not found and status not in NOWHERE:
            raise ProofError(f"It is recorded as {status!r}, but not where it stands.")
    except EvidenceError as error:
        report.fail("match", opened.id, f"{opened.name}: {error}")
