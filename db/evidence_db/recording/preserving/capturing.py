"""Recording a passage from beginning to end: the document, the passage, and what it answers."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.extract import sniff
from evidence_chain.text import SAME, around, match
from evidence_db.reading.references import describe, find_record, refuse_erased
from evidence_db.recording.adding import Recorded, add_link, add_passage
from evidence_db.recording.bearing import NOTHING, Bearing, Borne
from evidence_db.recording.passages.document import preserved, received
from evidence_db.recording.passages.picking import picked, words
from evidence_db.recording.passages.told import told_of
from evidence_db.recording.preserving.containers import Preserved, preserve, unpack
from evidence_db.recording.silence import check_silence
from evidence_db.recording.wanted import Wanted, check_type, with_headers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.recording.passages.document import Document
    from evidence_db.recording.passages.found import Passage
    from evidence_db.recording.writer import Writer


@dataclass(frozen=True, slots=True)
class Captured:
    """What was recorded."""

    recorded: Recorded
    passage: Passage
    places: list[int]
    preserved: list[Preserved]
    """The files that were preserved along with it."""
    signatures: list[dict[str, Any]]
    """What was found of each signature of an e-mail."""
    borne: list[Borne]
    """The claims that it was linked to."""
    shown: list[tuple[str, str, str]]
    """Each of its slices, between what stands before and after it."""
    requests: list[Recorded]
    """The requests that were found in preserved e-mails, for what was recorded to answer."""


def capture(case: Case, writer: Writer, wanted: Wanted) -> Captured:
    """Look for a passage in a document, and record it with all that it is linked to.

    Args:
        case: The case.
        writer: A transaction that was not begun. It is begun when the text was drawn, which may
            take long, so that others need not wait for it.
        wanted: What is to be recorded.

    Raises:
        InputError: a reference names nothing fitting, or what was typed contradicts the document.
        PassageError: the passage does not stand there.
        ExtractionError: the text of the document can't be had.
    """
    with ExitStack() as stack:
        if isinstance(wanted.source, str):
            return _of_preserved(case, writer, wanted, wanted.source, stack)
        return _of_new(case, writer, wanted, wanted.source, stack)


def capture_silence(
    case: Case, writer: Writer, to: str, values: dict[str, Any], bearing: Bearing = NOTHING
) -> Captured:
    """Record that nothing came back to a request; its passage is the head of that e-mail.

    Args:
        case: The case.
        writer: A transaction that was not begun.
        to: The request: a record of a passage in the e-mail, or the preserved e-mail.
        values: `until` and any other field of the kind.
        bearing: The claims that it is linked to.

    Raises:
        InputError: the request is no e-mail.
        ExtractionError: the text of the e-mail can't be had.
    """
    from evidence_chain.kinds import evidence_kind

    with case.reader() as reader:
        bearing.check(case, reader)
        record = find_record(reader, to, files=case.files)
        refuse_erased(record)
        if record.body.get("artifact"):
            record = find_record(reader, str(record.body["artifact"]), "artifact", files=case.files)
    kind = evidence_kind("no-response")
    media_type = str(record.body.get("media_type"))
    check_type(kind, media_type, describe(record))
    with preserved(case, record, whole=True) as source, writer:
        wanted = Wanted(kind, record.id, source.head(), values=values, bearing=bearing)
        wanted = with_headers(wanted, source.content, media_type)
        until = check_silence(writer.reader, record, str(values["until"]), wanted.values)
        wanted = replace(wanted, values={**wanted.values, "until": until})
        return _record(case, writer, wanted, source, _find(source, wanted), [])


def _of_preserved(
    case: Case, writer: Writer, wanted: Wanted, reference: str, stack: ExitStack
) -> Captured:
    if wanted.about:
        raise InputError(
            "What describes a document is said when it is preserved. This one is: "
            "`evidence amend` corrects it."
        )
    with case.reader() as reader:
        record = find_record(reader, reference, "artifact", files=case.files)
        _check_links(case, reader, wanted)
    media_type, reported = str(record.body["media_type"]), "derives-from" in wanted.links
    check_type(wanted.kind, media_type, str(record.body["filename"]), reported=reported)
    whole = wanted.kind.from_document is not None
    source = stack.enter_context(preserved(case, record, whole=whole))
    passage = _find(source, wanted)
    wanted = with_headers(wanted, source.content, media_type)
    stack.enter_context(writer)
    return _record(case, writer, wanted, source, passage, [])


def _of_new(case: Case, writer: Writer, wanted: Wanted, file: Path, stack: ExitStack) -> Captured:
    with case.reader() as reader:
        _check_links(case, reader, wanted)
    incoming = stack.enter_context(case.files.receive(file))
    media_type = sniff(incoming.head, file.name, incoming.tail)
    check_type(wanted.kind, media_type, file.name, reported="derives-from" in wanted.links)
    container = unpack(case.files, incoming, file.name, stack)
    with told_of(file.name, str(incoming.path)):
        text = case.streams.draw(incoming.path, incoming.blake3, media_type, keep=False)
    content = incoming.path.read_bytes() if wanted.kind.from_document else b""
    wanted = with_headers(wanted, content, media_type)
    stack.push(_if_recorded(partial(case.streams.keep, incoming.blake3, media_type, text)))
    stack.enter_context(writer)
    files = preserve(writer, container, wanted.about)
    record = writer.reader.record(files[0].recorded.index)
    _check_described(record, wanted.about)
    source = stack.enter_context(received(case, record, text))
    return _record(case, writer, wanted, source, _find(source, wanted), files)


def _check_links(case: Case, reader: Reader, wanted: Wanted) -> None:
    """Refuse what can't be linked before a document is read, which may take long."""
    for linked in wanted.links.values():
        find_record(reader, linked, files=case.files)
    wanted.bearing.check(case, reader)


def _check_described(record: Record, about: dict[str, Any]) -> None:
    """Refuse to lose what is said of a document that was preserved with another description."""
    for name, value in about.items():
        if record.body.get(name) != value:
            raise InputError(
                f"{describe(record)} is preserved already, with {record.body.get(name)!r} as its "
                f"{name}. Leave the option out, or correct that first: `evidence amend "
                f"{record.id[:8]} --{name.replace('_', '-')} … --reason …`. Nothing was recorded."
            )


def _if_recorded(then: Callable[[], None]) -> Callable[..., None]:
    """What is to be done where a context is left without an error."""

    def leave(kind: object, *_: object) -> None:
        if kind is None:
            then()

    return leave


def _find(source: Document, wanted: Wanted) -> Passage:
    typed, clause = wanted.text, wanted.values.get("clause")
    near: tuple[int, int] | None
    if wanted.ends and not (typed and match(typed, source.text.text).status in SAME):
        picks = picked(source.text, wanted.ends, wanted.where)
        near, text = picks, words(source.text, *picks)
    else:
        text = source.message() if typed is None else typed
        near = source.outline.near(text, replace(wanted.where, clause=clause))
    passage = source.find(text, near, as_altered=wanted.as_altered, clause=clause)
    begins = passage.match.fragments[0][0]
    if wanted.where.at not in (None, begins):
        raise InputError(
            f"It does not begin at {wanted.where.at}, but at {begins} or elsewhere. It stands "
            f"there at: {', '.join(map(str, source.places(text)))}."
        )
    (pictured,) = source.pictured([passage])
    return source.looked_at(pictured) if wanted.rendered else pictured


def _record(
    case: Case,
    writer: Writer,
    wanted: Wanted,
    source: Document,
    passage: Passage,
    files: list[Preserved],
) -> Captured:
    recorded = add_passage(writer, wanted.kind, passage, wanted.values)
    writer.flush()
    requests = []
    for relation, reference in wanted.links.items():
        target = find_record(writer.reader, reference, files=case.files)
        refuse_erased(target)
        if relation == "answers" and target.kind == "artifact":
            requests.append(request_in(case, writer, target))
            add_link(writer, relation, recorded.id, requests[-1].id)
        else:
            add_link(writer, relation, recorded.id, target.id)
    borne = wanted.bearing.record(case, writer, recorded.id)
    places = source.places(str(passage.fields["text"]))
    signatures = wanted.values.get("dkim") or []
    shown = [around(source.text.text, *slice_) for slice_ in passage.match.fragments]
    return Captured(recorded, passage, places, files, signatures, borne, shown, requests)


def request_in(case: Case, writer: Writer, mail: Record) -> Recorded:
    """The record of the request in a preserved e-mail, made if there is none yet.

    Raises:
        InputError: the file is no e-mail.
    """
    from evidence_chain.kinds import evidence_kind

    kind = evidence_kind("request-email")
    media_type = str(mail.body["media_type"])
    if media_type not in kind.media_types:
        raise InputError(
            f"{describe(mail)} is no e-mail that could be answered. Name a record of the request, "
            "or the preserved e-mail itself."
        )
    with preserved(case, mail, whole=True) as source:
        wanted = with_headers(Wanted(kind, mail.id), source.content, media_type)
        return _record(case, writer, wanted, source, _find(source, wanted), []).recorded
