"""The command that a kind of evidence is typed in with, made from the kind's fields."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.errors import InputError
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import flat, paint, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.kinds import Field, Kind
    from evidence_db.files import Files
    from evidence_db.passages import Document, Passage
    from evidence_db.reading import Record
    from evidence_db.recording import Recorded

MAIL = "message/rfc822"


def field_options(fields: Iterable[Field]) -> list[click.Option]:
    """An option for each field that a person types in."""
    return [
        click.Option(
            [field.option, field.name],
            help=field.help,
            required=field.required or field.insisted,
            is_flag=field.type is bool,
        )
        for field in fields
    ]


def evidence_command(kind: Kind) -> click.Command:
    """`evidence add KIND`: look for a passage in a preserved file, and record it if it is there.

    A kind that reads fields off its document (an e-mail's headers) takes the document itself
    as an argument, too, and preserves it.
    """

    @pass_session
    def run(session: Session, /, **options: Any) -> None:  # noqa: ANN401
        _add(session, kind, options)

    name = kind.name.removeprefix("evidence/")
    command = common(
        click.Command(name, callback=run, params=_parameters(kind), short_help=_help(kind))
    )
    command.help = _help(kind)
    return command


def _help(kind: Kind) -> str:
    article = "an" if kind.label[0] in "aeiou" else "a"
    return f"Record {article} {kind.label}: a passage that stands in a preserved file."


def _parameters(kind: Kind) -> list[click.Parameter]:
    file = click.Argument(["file"], required=False, type=click.Path(path_type=Path))
    artifact = click.Option(
        ["--artifact"],
        required=kind.from_document is None,
        metavar="REF",
        help="The preserved file that it stands in: an id or a path.",
    )
    own = field_options(kind.asked)
    if kind.from_document is not None:
        own = [option for option in own if option.name != "text"]
        own.insert(
            0,
            click.Option(
                ["--text"],
                help="The passage; - reads it from standard input; else the whole message.",
            ),
        )
    return [
        *([file] if kind.from_document is not None else []),
        artifact,
        *own,
        click.Option(["--derives-from"], metavar="REF", help="What it reports or translates."),
        click.Option(["--answers"], metavar="REF", help="The record that it answers."),
        click.Option(["--at"], type=int, help="Where it begins, if it stands there repeatedly."),
        click.Option(["--as-altered"], is_flag=True, help="Record it though words differ."),
    ]


def _add(session: Session, kind: Kind, options: dict[str, Any]) -> None:
    from evidence_db.passages import document
    from evidence_db.recording import add_artifact, add_link, add_passage
    from evidence_db.references import find_record

    file, reference = options.pop("file", None), options.pop("artifact")
    if (file is None) == (reference is None):
        raise InputError("Name either the file that is the document, or --artifact.")
    how = {name: options.pop(name) for name in ("text", "at", "as_altered")}
    named = {name: options.pop(name.replace("-", "_")) for name in ("derives-from", "answers")}
    case = session.case()
    with ExitStack() as stack:
        with case.reader() as reader:
            links = {
                relation: find_record(case, reader, to).id for relation, to in named.items() if to
            }
            record = find_record(case, reader, reference, "artifact") if reference else None
        if record is not None:  # drawing its text may take long, so others need not wait for it
            source = stack.enter_context(document(case.files, record))
            passage = _find(source, **how)
        else:
            incoming = stack.enter_context(case.files.receive(file))
        writer = stack.enter_context(session.writer(case))
        if record is None:
            added = add_artifact(writer, incoming, file.name, {})
            writer.flush()
            record = writer.reader.record(added.index)
            source = stack.enter_context(document(case.files, record))
            passage = _find(source, **how)
        values = _read_off(kind, case.files, record)
        given = {name: value for name, value in options.items() if value is not None}
        recorded = add_passage(writer, kind, passage, {**values, **given})
        for relation, to in links.items():
            add_link(writer, relation, recorded.id, to)
        places = source.places(passage.fields["text"])
    _answer(session, kind, recorded, passage, places)


def _find(document: Document, text: str | None, at: int | None, as_altered: bool) -> Passage:
    if text is None:
        text = document.message()
    elif text == "-":
        text = sys.stdin.read().strip("\n")
    near = None if at is None else (at, at + len(text))
    passage = document.find(text, near, as_altered=as_altered)
    begins = passage.match.fragments[0][0]
    if at not in (None, begins):
        raise InputError(
            f"It does not begin at {at}, but at {begins} or elsewhere. It stands there at: "
            f"{', '.join(map(str, document.places(text)))}."
        )
    return passage


def _read_off(kind: Kind, files: Files, record: Record) -> dict[str, Any]:
    """The fields that the document itself has, as far as the kind knows them."""
    if kind.from_document is None or record.body["media_type"] != MAIL:
        return {}
    known = {field.name for field in kind.asked}
    found = kind.from_document(files.read(record.body["blake3"]))
    return {name: value for name, value in found.items() if name in known and value}


def _answer(
    session: Session, kind: Kind, recorded: Recorded, passage: Passage, places: list[int]
) -> None:
    found = passage.match
    where = ", ".join(map(str, places))
    result = {
        "id": recorded.id,
        "index": recorded.index,
        "kind": kind.name,
        "new": recorded.new,
        "status": str(found.status),
        "notes": list(found.notes),
        "occurrences": found.occurrences,
        "places": places,
        "fragments": [list(fragment) for fragment in found.fragments],
    }

    def tell() -> None:
        verb = "Recorded" if recorded.new else "Recorded already, nothing changed:"
        say(f"{verb} {kind.label} {paint(recorded.id[:8], bold=True)}: {found.status}.")
        if found.occurrences > 1 and "ambiguous" in found.notes:
            say(
                f"It stands there {found.occurrences} times, at {where}; the first place was "
                "taken. If you mean another, retract this record and add it with --at."
            )
        if notes := [note for note in found.notes if note != "ambiguous"]:
            say(f"Notes: {flat(', '.join(notes))}.")

    session.answer(result, [recorded.id], tell)
