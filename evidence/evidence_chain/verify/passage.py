"""Checks of one passage against a text stream (step 8; section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError
from evidence_chain.text import RULES_VERSION, SAME, check_match, check_slices, match, spans

if TYPE_CHECKING:
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

FIELDS = ("text", "selector", "extracted", "match")


def check_passage(opened: Opened, stream: str, report: Report) -> None:
    """The recorded slices stand in the preserved stream, and the match is as recorded."""
    selector, found = opened.values["selector"], opened.values["match"]
    try:
        check_slices(selector, stream)
    except EvidenceError as error:
        report.fail("passage", opened.id, f"{opened.name}: {error}")
        report.miss("match", opened.id, f"{opened.name}: its passage does not stand there.")
        return
    report.hold("passage", "passages")
    recorded = found if isinstance(found, dict) else {}
    if recorded.get("rules") != RULES_VERSION:
        rules = f"rules {recorded.get('rules')!r}, and this program knows {RULES_VERSION!r}"
        report.miss("match", opened.id, f"{opened.name}: it was compared by {rules}.")
        return
    try:
        check_match(str(opened.values["text"]), stream, selector, str(recorded.get("status")))
    except EvidenceError as error:
        report.fail("match", opened.id, f"{opened.name}: {error}")
        return
    report.hold("match", "passages")


def check_fresh(opened: Opened, stream: str, report: Report) -> None:
    """The passage is found in a text stream that was drawn from the file anew.

    A stream that differs from the preserved one says something of the extractor, not of the
    passage, as long as the passage is found in it.
    """
    try:
        exact = [exact for _, _, exact in spans(opened.values["selector"])]
    except EvidenceError as error:
        report.fail("extraction", opened.id, f"{opened.name}: {error}")
        return
    if all(_is_found(part, stream) for part in exact):
        report.hold("extraction", "passages")
    else:
        report.fail(
            "extraction",
            opened.id,
            f"{opened.name}: the passage is not in the text that is drawn from the file now. "
            "Compare the file with the preserved text.",
        )


def _is_found(exact: str, stream: str) -> bool:
    return exact in stream or match(exact, stream).status in SAME
