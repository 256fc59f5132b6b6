"""`evidence locate`."""

from __future__ import annotations

from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.errors import EvidenceError, ExtractionError, InputError
from evidence_cli.kind_command import read_text, rendered_option
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, paint, say, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract import TextStream
    from evidence_chain.rendering import Look
    from evidence_chain.text import Match


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", help="The passage, word for word; - reads it from standard input.")
@click.option("--text-file", type=click.Path(path_type=Path), help="A file with the passage.")
@rendered_option
@common
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    text: str | None,
    text_file: Path | None,
    rendered: bool,
) -> None:
    """Look for a passage in FILE: is it there, where, and is it the same? Needs no case.

    \b
    Exit codes:
      0  it stands there and may be published as it is
      1  it does not stand there, or a person must look at it first
      2  the command was not understood
      3  the text of the file could not be had, or not be seen (--rendered)
    """  # noqa: D301
    from evidence_chain.extract import SIGN_OFF
    from evidence_chain.text import Status, match
    from evidence_chain.text.language.hedges import hedge_before
    from evidence_cli.main import FAILED, HELD, NOT_CHECKED
    from evidence_cli.views.passages.look import tell_look

    session = context.ensure_object(Session)
    quote = read_text(text, text_file)
    if quote is None:
        raise InputError("Which passage is to be looked for? Give --text or --text-file.")
    media_type, stream = _read(file, session)
    found = match(quote, stream.text)
    left_open = stream.left_open(found.fragments)
    if found.status in (Status.MISSING, Status.ALTERED) and left_open:
        raise ExtractionError(
            f"The passage was not found in {file}, but a part of that could not be read "
            f"({left_open[:300]}). It may stand there."
        )
    marks = stream.marked(found.fragments)
    accepted = found.accepted and all(mark.kind not in SIGN_OFF for mark in marks)
    seen = _look(file, media_type, stream, found.fragments) if rendered else None
    unseen = seen is not None and seen.sight == "not checked"
    accepted = accepted and (seen is None or seen.sight != "differs")
    result = {
        "file": str(file),
        "media_type": media_type,
        "status": str(found.status),
        "accepted": accepted,
        "notes": list(found.notes),
        "before": [hedge_before(stream.text, start) for start, _ in found.fragments],
        "occurrences": found.occurrences,
        "fragments": [
            {"start": start, "end": end, "exact": stream.text[start:end]}
            for start, end in found.fragments
        ],
        "marks": [mark._asdict() for mark in marks],
        "omitted": found.omitted,
        "inserted": found.inserted,
        "difference": [step._asdict() for step in found.difference],
        "extractor": stream.extractor,
        **({"rendered": seen._asdict()} if seen else {}),
    }

    def tell() -> None:
        for line in _lines(result, stream, found):
            say(line)
        tell_look(seen)

    session.answer(result, [str(found.status)], tell)
    context.exit(FAILED if not accepted else NOT_CHECKED if unseen else HELD)


def _look(
    file: Path, media_type: str, stream: TextStream, slices: list[tuple[int, int]]
) -> Look | None:
    """What is seen of a passage that stands there."""
    from evidence_chain.rendering import look, worst

    return worst(look(file, media_type, stream, slices)) if slices else None


def _read(file: Path, session: Session) -> tuple[str, TextStream]:
    from evidence_chain.extract import HEAD, TAIL, extract, sniff
    from evidence_db.store.incoming import refuse_address

    refuse_address(str(file))
    if not file.is_file():
        raise InputError(f"There is no file {file}. Check the path.")
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD)
            opened.seek(max(0, opened.seek(0, SEEK_END) - TAIL))
            media_type = sniff(head, file.name, opened.read(TAIL))
    except OSError as error:
        raise InputError(f"{file} can't be read: {error.strerror}. Check the path.") from error
    return media_type, _kept(file, media_type, session) or extract(file, media_type)


def _kept(file: Path, media_type: str, session: Session) -> TextStream | None:
    """The text of a file as the case drew it when it was preserved; `None` where there is none."""
    from evidence_db.store.files import blake3_of

    try:
        case = session.case(published=True)
        return (
            case.streams.kept(blake3_of(file), media_type) if case.streams.root.is_dir() else None
        )
    except (EvidenceError, OSError):
        return None


def _lines(result: dict[str, Any], stream: TextStream, found: Match) -> Iterator[str]:
    from evidence_chain.extract.marks import mark_words
    from evidence_chain.text import Status, around
    from evidence_cli.views.passages.difference import edited, shown
    from evidence_cli.views.passages.surroundings import between

    colour = "green" if result["accepted"] else "yellow"
    yield paint(found.status, fg=colour, bold=True)
    for start, end in found.fragments:
        yield f"at {start}–{end}:"
        yield between(*around(stream.text, start, end))
    for before in filter(None, result["before"]):
        yield wrapped(f"Before it stands “{flat(before)} …”, which may change what it says.")
    for mark in result["marks"]:
        detail = f": {flat(mark_words(mark['kind'], mark['detail']))}" if mark["detail"] else ""
        yield f"{flat(mark['kind'])}{detail}"
    if found.notes:
        yield f"Notes: {flat(', '.join(found.notes))}."
    if found.occurrences > 1:
        yield f"It stands there {found.occurrences} times."
    for said in (*stream.told, *([f"not read: {stream.unread}"] if stream.unread else [])):
        yield wrapped(flat(f"Of the file: {said[:500]}"))
    yield from edited(found)
    yield from shown(found.difference)
    if found.status is Status.INVALID:
        yield "There are no words to look for in it."
    elif found.status is Status.MISSING:
        yield "Nothing near it stands in this file. Files within it, such as attachments, were not"
        yield "searched: preserve the file (evidence add artifact), and they are for themselves."
    elif not result["accepted"]:
        yield "It must not be published as it is without a person's sign-off."
