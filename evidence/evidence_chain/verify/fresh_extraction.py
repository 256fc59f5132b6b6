"""A passage against the text that is drawn from its file anew (step 8; section 7).

All that the file says of a passage is compared by value, whichever version of an extractor the
record names: whoever holds the key may seal any name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError
from evidence_chain.extract.numbered import numbered, outside_clause
from evidence_chain.extract.stream import SIGN_OFF, MarkKind, times_of
from evidence_chain.text import SIGN_OFF as NOTES
from evidence_chain.text import STANDS, fragments, match, time_selector

if TYPE_CHECKING:
    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import TextStream
    from evidence_chain.text import Fragment
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

Place = tuple[int, int]
"""Start and end in a stream, in code points."""
NEARLY = 100
"""Hundredths of a point by which the side of a box may differ between versions of a library."""


def check_afresh(
    opened: Opened, stream: TextStream, report: Report, *, same: bool
) -> list[Place] | None:
    """The passage is found in a text stream that was drawn anew, and marked there as recorded.

    A stream that differs from the preserved one says something of the extractor, not of the
    passage, as long as the passage is found in it.

    Args:
        opened: The evidence record.
        stream: The text of its file, drawn anew.
        report: Takes the finding.
        same: Whether the stream is the preserved one, in which the slices were checked.

    Returns:
        Where it stands in the stream, if it does as recorded.
    """
    try:
        recorded = fragments(opened.values["selector"])
    except EvidenceError as error:
        if same:
            report.hold("extraction", "passages")
        else:
            report.fail("extraction", opened.id, f"{opened.name}: {error}")
        return None
    if not recorded:
        report.miss("extraction", opened.id, f"{opened.name}: it has no place to look for.")
        return None
    if same and any(stream.text[one.start : one.end] != one.exact for one in recorded):
        return None  # `passage` tells that
    if same:
        places, notes = [(one.start, one.end) for one in recorded], set[str]()
    else:
        places, notes = _found_again(opened, recorded, stream.text)
    if problem := _problem(opened, stream, places, notes, recorded):
        report.fail("extraction", opened.id, f"{opened.name}: {problem}")
        return None
    report.hold("extraction", "passages")
    return places


def _problem(
    opened: Opened,
    stream: TextStream,
    places: list[Place],
    notes: set[str],
    recorded: list[Fragment],
) -> str | None:
    if not places:
        return (
            "the passage is not in the text that is drawn from the file now. Compare the file "
            "with the preserved text."
        )
    return (
        _unsaid(opened, stream, places, notes)
        or _misplaced(opened, stream, places, recorded)
        or _misnumbered(opened, stream, places)
    )


def _found_again(
    opened: Opened, recorded: list[Fragment], stream: str
) -> tuple[list[Place], set[str]]:
    """Where a passage stands in another stream, as a whole, and the notes of that comparison.

    A passage that was recorded although its words differ is looked for by the words of the file.
    """
    start, end = recorded[0].start, recorded[-1].end
    found = match(str(opened.values["text"]), stream, near=(start, end))
    status = _recorded(opened).get("status")
    if status in STANDS:
        same = found.status in STANDS and len(found.fragments) == len(recorded)
        return (found.fragments, set(found.notes)) if same else ([], set())
    places = []
    for begin, stop, exact, *_ in recorded:
        if stream[begin:stop] == exact:
            places.append((begin, stop))
        elif (again := match(exact, stream)).status in STANDS:
            places.append(again.fragments[0])
    return (places, set()) if len(places) == len(recorded) else ([], set())


def _recorded(opened: Opened) -> dict[str, Json]:
    found = opened.values["match"]
    return found if isinstance(found, dict) else {}


def _noted(opened: Opened) -> set[str]:
    noted = _recorded(opened).get("notes")
    return set(map(str, noted)) if isinstance(noted, list) else set()


_OF_PLACES = {"short", "ambiguous"}
"""Notes that depend on which of several places was meant."""


def _unsaid(opened: Opened, stream: TextStream, places: list[Place], notes: set[str]) -> str | None:
    """What a reader must know of the passage by the file, and isn't told by the record."""
    return (
        (_unnoted(opened, stream, places) if _tells(opened, "match") else None)
        or (_unmarked(opened, stream, places) if _tells(opened, "marks") else None)
        or (_uncompared(opened, notes) if _tells(opened, "match") else None)
    )


def _unnoted(opened: Opened, stream: TextStream, places: list[Place]) -> str | None:
    known, drawn = _noted(opened), stream.marked(places)
    for mark in drawn:
        if mark.kind in SIGN_OFF and mark.kind not in known:
            why = f" ({mark.detail})" if mark.detail else ""
            return f"in the file it is marked as {mark.kind}{why}, which its record does not say."
    if said := sorted((known & SIGN_OFF) - {mark.kind for mark in drawn}):
        return f"its record says {', '.join(said)}, and in the file it is not marked so."
    return None


def _unmarked(opened: Opened, stream: TextStream, places: list[Place]) -> str | None:
    if (opened.values.get("marks") or []) != _as_recorded(stream, places):
        return "it is marked otherwise in the file than its record says."
    return None


def _uncompared(opened: Opened, notes: set[str]) -> str | None:
    for note in sorted((notes & NOTES) - _noted(opened) - _OF_PLACES):
        return f"compared with the file it has the note {note}, which its record does not say."
    return None


def _tells(opened: Opened, name: str) -> bool:
    """Whether a field isn't withheld: disclosed, or none that the record seals."""
    return name in opened.values or (opened.entry is not None and name not in opened.entry.sealed)


def _as_recorded(stream: TextStream, places: list[Place]) -> list[Json]:
    return [{"kind": mark.kind, "detail": mark.detail} for mark in stream.marked(places)]


def _misplaced(
    opened: Opened, stream: TextStream, places: list[Place], recorded: list[Fragment]
) -> str | None:
    """Whether the page of a fragment, or that of the record, is not the one in the file."""
    marks = [mark for mark in stream.marks if mark.kind == MarkKind.PAGE]
    pages = [
        next((mark.detail for mark in marks if mark.start <= start < mark.end), None)
        for start, _ in places
    ]
    said = [one.page for one in recorded]
    own = opened.values.get("page")
    if own is not None and pages[0] is not None:
        pages, said = [*pages, pages[0]], [*said, str(own)]
    for page, told in zip(pages, said, strict=True):
        if told not in (None, page):
            stands = f"it stands on page {page}" if page else "its file has no pages"
            return f"{stands}, and its record says page {told}."
    return _mistimed(stream, places, recorded)


def _mistimed(stream: TextStream, places: list[Place], recorded: list[Fragment]) -> str | None:
    """Whether a fragment is spoken at another time than the one in the file."""
    for one, place in zip(recorded, places, strict=True):
        times = times_of(stream, place)
        time = time_selector(times)["value"].removeprefix("t=") if times else None
        if one.time not in (None, time):
            spoken = f"it is spoken at second {time}" if time else "its file has no times"
            return f"{spoken}, and its record says {one.time}."
    return None


def _misnumbered(opened: Opened, stream: TextStream, places: list[Place]) -> str | None:
    """Whether the passage stands under another clause, which its record does not say."""
    clause = opened.values.get("clause")
    if not isinstance(clause, str) or not clause or "clause-differs" in _noted(opened):
        return None
    return outside_clause(numbered(stream), clause, places[0][0], places[-1][1])


def check_boxes(recorded: Json, drawn: list[tuple[int, list[list[int]]]]) -> bool:
    """Whether what a record says of where a passage is seen is what the file shows.

    Args:
        recorded: The sealed `regions`.
        drawn: Page and boxes of each region that was drawn from the file anew.
    """
    said = recorded if isinstance(recorded, list) else []
    if len(said) != len(drawn) or not all(isinstance(one, dict) for one in said):
        return False
    return all(
        one.get("page") == page and _nearly(one.get("boxes"), boxes)
        for one, (page, boxes) in zip(said, drawn, strict=True)
    )


def _nearly(recorded: Json, boxes: list[list[int]]) -> bool:
    if not isinstance(recorded, list) or len(recorded) != len(boxes):
        return False
    return all(
        isinstance(said, list)
        and [type(side) for side in said] == [int] * len(box)
        and all(abs(one - other) <= NEARLY for one, other in zip(said, box, strict=True))
        for said, box in zip(recorded, boxes, strict=True)
    )
