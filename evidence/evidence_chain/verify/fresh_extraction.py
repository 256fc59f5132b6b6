"""A passage against the text that is drawn from its file anew (step 8; section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError
from evidence_chain.extract.stream import SIGN_OFF, MarkKind
from evidence_chain.text import SIGN_OFF as NOTES
from evidence_chain.text import STANDS, fragments, match, spans

if TYPE_CHECKING:
    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import TextStream
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report


def check_afresh(opened: Opened, stream: TextStream, report: Report, *, same: bool) -> None:
    """The passage is found in a text stream that was drawn anew, and marked there as recorded.

    A stream that differs from the preserved one says something of the extractor, not of the
    passage, as long as the passage is found in it.

    Args:
        opened: The evidence record.
        stream: The text of its file, drawn anew.
        report: Takes the finding.
        same: Whether the stream is the preserved one, in which the slices were checked.
    """
    selector = opened.values["selector"]
    try:
        recorded = spans(selector)
    except EvidenceError as error:
        if same:
            report.hold("extraction", "passages")
        else:
            report.fail("extraction", opened.id, f"{opened.name}: {error}")
        return
    if not recorded:
        report.miss("extraction", opened.id, f"{opened.name}: it has no place to look for.")
        return
    if same:
        places, notes = [(start, end) for start, end, _ in recorded], set[str]()
    else:
        places, notes = _found_again(opened, recorded, stream.text)
    if not places:
        problem: str | None = (
            "the passage is not in the text that is drawn from the file now. Compare the file "
            "with the preserved text."
        )
    else:
        problem = _unsaid(opened, stream, places, notes) or _misplaced(selector, stream, places)
    if problem:
        report.fail("extraction", opened.id, f"{opened.name}: {problem}")
    else:
        report.hold("extraction", "passages")


def _found_again(
    opened: Opened, recorded: list[tuple[int, int, str]], stream: str
) -> tuple[list[tuple[int, int]], set[str]]:
    """Where a passage stands in another stream, as a whole, and the notes of that comparison.

    A passage that was recorded although its words differ is looked for by the words of the file.
    """
    start, end = recorded[0][0], recorded[-1][1]
    found = match(str(opened.values["text"]), stream, near=(start, end))
    status = _recorded(opened).get("status")
    if status in STANDS:
        same = found.status in STANDS and len(found.fragments) == len(recorded)
        return (found.fragments, set(found.notes)) if same else ([], set())
    places = []
    for begin, stop, exact in recorded:
        if stream[begin:stop] == exact:
            places.append((begin, stop))
        elif (again := match(exact, stream)).status in STANDS:
            places.append(again.fragments[0])
    return (places, set()) if len(places) == len(recorded) else ([], set())


def _recorded(opened: Opened) -> dict[str, Json]:
    found = opened.values["match"]
    return found if isinstance(found, dict) else {}


_OF_PLACES = {"short", "ambiguous"}
"""Notes that depend on which of several places was meant."""


def _unsaid(
    opened: Opened, stream: TextStream, places: list[tuple[int, int]], notes: set[str]
) -> str | None:
    """What a reader must know of the passage by the file, and isn't told by the record."""
    noted = _recorded(opened).get("notes")
    known = set(map(str, noted)) if isinstance(noted, list) else set()
    for mark in stream.marked(places):
        if mark.kind in SIGN_OFF and mark.kind not in known:
            why = f" ({mark.detail})" if mark.detail else ""
            return f"in the file it is marked as {mark.kind}{why}, which its record does not say."
    drawn = [{"kind": mark.kind, "detail": mark.detail} for mark in stream.marked(places)]
    same = opened.values.get("extractor") == stream.extractor
    if same and (opened.values.get("marks") or []) != drawn:
        return "it is marked otherwise in the file than its record says."
    for note in sorted((notes & NOTES) - known - _OF_PLACES):
        return f"compared with the file it has the note {note}, which its record does not say."
    return None


def _misplaced(selector: Json, stream: TextStream, places: list[tuple[int, int]]) -> str | None:
    """Whether the page of a fragment is not the recorded one."""
    marks = [mark for mark in stream.marks if mark.kind == MarkKind.PAGE]
    for (start, _), recorded in zip(places, fragments(selector), strict=True):
        page = next((mark.detail for mark in marks if mark.start <= start < mark.end), None)
        if recorded.page not in (None, page):
            return f"it stands on page {page}, and its record says page {recorded.page}."
    return None
