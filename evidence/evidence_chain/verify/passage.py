"""Checks of one passage against a text stream (step 8; section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, ProofError
from evidence_chain.text import RULES_VERSION, Status, check_match_at, check_slices

if TYPE_CHECKING:
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


def _check_placed(selector: Json, status: Json) -> None:
    """A passage that is said to stand in the stream has a place there."""
    if not selector and status not in NOWHERE:
        raise ProofError(f"It is recorded as {status!r}, but not where it stands.")
