"""A passage against the text that is drawn from its file anew (step 8; section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError
from evidence_chain.extract.stream import SIGN_OFF, MarkKind
from evidence_chain.text import SAME, match, spans

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
    places = [(start, end) for start, end, _ in recorded] if same else _places(recorded, stream)
    if len(places) < len(recorded):
        problem: str | None = (
            "the passage is not in the text that is drawn from the file now. Compare the file "
            "with the preserved text."
        )
    else:
        problem = _unsaid(opened, stream, places) or _misplaced(selector, stream, places)
    if problem:
        report.fail("extraction", opened.id, f"{opened.name}: {problem}")
    else:
        report.hold("extraction", "passages")


def _places(recorded: list[tuple[int, int, str]], stream: TextStream) -> list[tuple[int, int]]:
    """Where slices stand now: at their place if they still do, else anywhere, else not at all."""
    places = []
    for start, end, exact in recorded:
        if stream.text[start:end] == exact:
            places.append((start, end))
        elif (found := match(exact, stream.text)).status in SAME:
            places.append(found.fragments[0])
    return places


def _unsaid(opened: Opened, stream: TextStream, places: list[tuple[int, int]]) -> str | None:
    """What a reader must know of the passage by the file, and isn't told by the record."""
    found = opened.values["match"]
    noted = found.get("notes") if isinstance(found, dict) else None
    known = noted if isinstance(noted, list) else []
    for mark in stream.marked(places):
        if mark.kind in SIGN_OFF and mark.kind not in known:
            why = f" ({mark.detail})" if mark.detail else ""
            return f"in the file it is marked as {mark.kind}{why}, which its record does not say."
    return None


def _misplaced(selector: Json, stream: TextStream, places: list[tuple[int, int]]) -> str | None:
    """Whether the page of a fragment is not the recorded one."""
    pages = [one["value"] for one in selector if one["type"] == "FragmentSelector"]
    marks = [mark for mark in stream.marks if mark.kind == MarkKind.PAGE]
    for (start, _), said in zip(places, pages, strict=False):
        page = next((mark.detail for mark in marks if mark.start <= start < mark.end), None)
        if said != f"page={page}":
            return f"it stands on page {page}, and its record says {said}."
    return None
