"""What was recorded of a passage, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_cli.terminal import flat, paint
from evidence_cli.views.passages.difference import edited
from evidence_cli.views.passages.surroundings import between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_chain.canonical import Json
    from evidence_chain.kinds import Kind
    from evidence_db.recording.preserving.capturing import Captured

_OUTLOOK = "evidence-chain/outlook"
_UNSIGNED = (
    "A .msg is what Outlook keeps of an e-mail, without the signature (DKIM) that it may have had: "
    "none was looked for.\nThe same e-mail saved as .eml may have one."
)
_PLACES = {"page": "on page", "slide": "on slide", "cell": "in cell", "time": "at second"}
"""Marks that say where a passage stands, and how that is said."""


def captured_lines(kind: Kind, captured: Captured, *, shown: bool = False) -> Iterable[str]:
    """What was recorded, how it compares with its file, and what is to be known of it.

    Args:
        kind: The kind of evidence.
        captured: What was recorded.
        shown: Whether the passage is shown where it stands.
    """
    recorded, passage = captured.recorded, captured.passage
    found = passage.match
    yield from _files(captured)
    verb = "Recorded" if recorded.new else "Recorded already, nothing changed:"
    stands = "".join(_stands(passage.fields["marks"]))
    status = "" if kind.name == "evidence/no-response" else f": {found.status}{stands}"
    yield f"{verb} {kind.label} {paint(recorded.id[:8], bold=True)}{status}."
    if shown:
        yield from (between(*one) for one in captured.shown)
    yield from _borne(captured)
    yield from _asked(captured)
    if found.occurrences > 1 and "ambiguous" in passage.notes:
        yield (
            f"It stands there {found.occurrences} times, at "
            f"{', '.join(map(str, captured.places))}; the first place was taken. If you mean "
            "another, retract this record and add it with --at."
        )
    yield from edited(found)
    if notes := [note for note in passage.notes if note != "ambiguous"]:
        yield f"Notes: {flat(', '.join(notes))}."
    for mark in passage.fields["marks"]:
        if mark["kind"] in passage.notes and mark["detail"]:
            yield paint(f"{mark['kind']}: {flat(mark['detail'])}", fg="yellow")
    if kind.name != "evidence/request-email":
        yield from _signed(kind, captured)
    if passage.outside_clause:
        yield paint(passage.outside_clause, fg="yellow")
    if passage.unseen:
        yield f"No picture of it was made: {flat(passage.unseen)}"
    if not passage.accepted:
        yield "A person must look at it before it is published."


def _borne(captured: Captured) -> Iterable[str]:
    """The claims that it was linked to."""
    for one in captured.borne:
        verb = "It" if one.link.new else "As before, it"
        slug = paint(one.claim.body.get("slug"))
        yield f"{verb} {paint(one.relation, bold=True)} {slug} ({one.link.id[:8]})."


def _asked(captured: Captured) -> Iterable[str]:
    """The requests that it answers, where they were named by the e-mail that they are in."""
    for request in captured.requests:
        id_ = paint(request.id[:8], bold=True)
        if request.new:
            yield f"Recorded request e-mail {id_}, the whole of that e-mail, which it answers."
        else:
            yield f"It answers request e-mail {id_}, which was recorded already."


def _signed(kind: Kind, captured: Captured) -> Iterable[str]:
    """What was found of the signatures of an e-mail that somebody else sent."""
    for verdict in captured.signatures:
        from evidence_chain.mail import describe

        yield f"Signature of {flat(describe(verdict))}."
    signed = any(one.get("header") == "DKIM-Signature" for one in captured.signatures)
    if any(field.name == "dkim" for field in kind.own) and not signed:
        is_outlook = captured.passage.fields["extractor"]["name"] == _OUTLOOK
        yield _UNSIGNED if is_outlook else "This e-mail carries no signature (DKIM)."


def _files(captured: Captured) -> Iterable[str]:
    """The files that were preserved along with a passage."""
    for one in captured.preserved:
        verb = "Preserved" if one.recorded.new else "Preserved already:"
        yield f"{verb} {paint(flat(one.name))} as artifact {one.recorded.id[:8]}."
        if one.unread:
            yield f"  What is within it was not preserved for itself: {flat(one.unread)}"


def _stands(marks: Json) -> Iterator[str]:
    """On which page or slide, in which cells and at which seconds a passage stands."""
    for mark_kind, words in _PLACES.items():
        places = [str(mark["detail"]) for mark in marks if mark["kind"] == mark_kind]
        if places and mark_kind == "time":
            places = [places[0].partition(",")[0], places[-1].partition(",")[2]]
        if places:
            yield f", {words} {flat('–'.join(dict.fromkeys((places[0], places[-1]))))}"
