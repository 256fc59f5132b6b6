"""The command that a kind of evidence is typed in with, made from the kind's fields."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.errors import InputError
from evidence_cli.options.claims import bearing_of, claim_options
from evidence_cli.options.given import LARGEST, text_given
from evidence_cli.options.signatures import signature_options, signature_reader
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import say
from evidence_cli.views.passages.answering import doubt_lines, doubts_of_closing
from evidence_cli.views.passages.captured import captured_lines
from evidence_cli.views.passages.look import tell_look
from evidence_cli.views.passages.twins import described_lines, twin_lines
from evidence_cli.views.published.inspected import told_when_added
from evidence_cli.views.unnoted import Made, unnoted, unnoted_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evidence_chain.kinds import Field, Kind
    from evidence_db.recording.passages.twins import Twin
    from evidence_db.recording.preserving.capturing import Captured

_RENDERED = "Show the document in Chromium or LibreOffice, or read its page: is the passage seen?"


def rendered_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--rendered`, for commands that look for a passage."""
    return click.option("--rendered", is_flag=True, help=_RENDERED)(command)


_SHORT = {"speaker": ("-s",), "date": ("-d",)}
"""Fields that are typed often, and a letter for each."""


def field_options(fields: Iterable[Field]) -> list[click.Option]:
    """An option for each field that a person types in."""
    return [
        click.Option(
            [*_SHORT.get(field.name, ()), field.option, field.name],
            help=field.help,
            required=field.required or field.insisted,
            is_flag=True if field.type is bool else None,  # False makes its value optional
        )
        for field in fields
    ]


def more_option() -> click.Option:
    """The option for fields that a kind hasn't: all of them are sealed in one."""
    return click.Option(
        ["--more"],
        multiple=True,
        metavar="NAME=VALUE",
        callback=_more,
        help="A field of your own, sealed like the others. May be repeated.",
    )


def _more(_context: click.Context, _option: click.Parameter, said: tuple[str, ...]) -> object:
    pairs = [one.partition("=") for one in said]
    for name, sign, _ in pairs:
        if not name or not sign:
            raise click.BadParameter(f"{name!r} is no NAME=VALUE.")
    found = {name: value for name, _, value in pairs}
    if len(found) < len(pairs):
        raise click.BadParameter("A name stands there twice.")
    return found or None


def evidence_command(kind: Kind) -> click.Command:
    """`evidence add KIND`: look for a passage in a preserved file, and record it if it is there.

    The document is a record of a preserved file, or a file, which is preserved if it isn't yet.
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
    return f"Record {kind.one()}: a passage that stands in FILE, which is preserved."


def _parameters(kind: Kind) -> list[click.Parameter]:
    is_document = kind.from_document is not None
    whole = "; else the whole message" if is_document else ""
    return [
        click.Argument(["file"], required=False, type=click.Path(path_type=Path)),
        click.Option(
            ["--artifact"],
            metavar="REF",
            help="The preserved file that it stands in, instead of FILE: an id or a path.",
        ),
        click.Option(
            ["--text"], help=f"The passage, word for word; - reads it from standard input{whole}."
        ),
        *passage_options(kind),
        *(signature_options() if is_document else []),
    ]


def passage_options(kind: Kind) -> list[click.Parameter]:
    """The options of a passage of this kind, but for its text and its document."""
    own = [option for option in field_options(kind.asked) if option.name not in ("text", "page")]
    return [
        click.Option(
            ["--text-file"], type=click.Path(path_type=Path), help="A file with the passage."
        ),
        *own,
        more_option(),
        *claim_options(),
        click.Option(["--page"], type=click.IntRange(min=1), help="The page that it begins on."),
        click.Option(["--derives-from"], metavar="REF", help="What it reports or translates."),
        click.Option(["--answers"], metavar="REF", help="The request that it answers."),
        click.Option(["--at"], type=int, help="Where it begins, if it stands there repeatedly."),
        click.Option(["--as-altered"], is_flag=True, help="Record it though words differ."),
        click.Option(["--rendered"], is_flag=True, help=_RENDERED),
    ]


def _add(session: Session, kind: Kind, options: dict[str, Any]) -> None:
    file, reference = options.pop("file"), options.pop("artifact")
    if (file is None) == (reference is None):
        raise InputError("Name either the file that it stands in, or its record by --artifact.")
    text = read_text(options.pop("text"), options.pop("text_file"))
    if text is None and kind.from_document is None:
        raise InputError(f"{kind.one('A')} needs its passage: --text, or --text-file.")
    read = signature_reader(options) if kind.from_document else None
    record_passage(session, kind, file or reference, text, options, read_signatures=read)


def record_passage(
    session: Session,
    kind: Kind,
    source: Path | str,
    text: str | None,
    options: dict[str, Any],
    **more: Any,  # noqa: ANN401
) -> None:
    """Record a passage by the options that `passage_options` made, and tell what was recorded.

    Args:
        session: Whose command it is.
        kind: The kind of evidence.
        source: The document: a file, or a reference to a preserved one.
        text: The passage.
        options: What was said by the options.
        more: Further fields of `evidence_db.recording.preserving.capturing.Wanted`.
    """
    from evidence_db.recording.passages.outline import Where
    from evidence_db.recording.preserving.capturing import capture
    from evidence_db.recording.wanted import Wanted

    page = options.pop("page")
    where = Where(options.pop("at"), page)
    links = {name: options.pop(name.replace("-", "_")) for name in ("derives-from", "answers")}
    as_altered, rendered = options.pop("as_altered"), options.pop("rendered")
    bearing = bearing_of(session, options)
    values = {name: value for name, value in options.items() if value not in (None, "")}
    if page is not None and any(field.name == "page" for field in kind.own):
        values["page"] = str(page)
    case = session.case()
    wanted = Wanted(
        kind,
        source,
        text,
        where,
        as_altered,
        values,
        {relation: to for relation, to in links.items() if to},
        rendered=rendered,
        bearing=bearing,
        **more,
    )
    captured = capture(case, session.writer(case), wanted)
    tell_captured(session, kind, captured, page=page, shown="ends" in more)


def read_text(text: str | None, file: Path | None) -> str | None:
    """The passage that was given as an option, on standard input, or in a file.

    Raises:
        InputError: it was given twice, or the file can't be read.
    """
    if file is None:
        return sys.stdin.read(LARGEST).strip("\n") if text == "-" else text
    if text is not None:
        raise InputError("Give the passage by --text or by --text-file, not by both.")
    return text_given(file, f"The passage in {file}").strip("\r\n")


def tell_captured(
    session: Session,
    kind: Kind,
    captured: Captured,
    *,
    page: int | None = None,
    shown: bool = False,
) -> None:
    """Answer with what was recorded and what is to be known of it."""
    recorded, passage = captured.recorded, captured.passage
    found = passage.match
    made = [Made(one.relation, recorded.id, one.claim, one.link) for one in captured.borne]
    bare = unnoted(session.case(), made) if made else []
    doubts = doubts_of_closing(session.case(), recorded.index)
    same = _twins(session, captured) if recorded.new else []
    result = {
        "id": recorded.id,
        "index": recorded.index,
        "kind": kind.name,
        "new": recorded.new,
        "status": str(found.status),
        "notes": passage.notes,
        "accepted": passage.accepted,
        "occurrences": found.occurrences,
        "places": captured.places,
        "fragments": [list(fragment) for fragment in found.fragments],
        "omitted": found.omitted,
        "inserted": found.inserted,
        "marks": passage.fields["marks"],
        "regions": passage.fields["regions"],
        "outside_clause": passage.outside_clause,
        "dkim": captured.signatures,
        "preserved": [one.recorded.id for one in captured.preserved],
        "same_passage": [one.record.id for one in same],
        "links": [one.link.id for one in captured.borne],
        "requests": [one.id for one in captured.requests if one.new],
        "doubts": [one.why for one in doubts],
        "wants_note": [one.link.id for one in bare],
        "text": passage.fields["text"],
        **({"rendered": passage.look._asdict()} if passage.look else {}),
    }

    def tell() -> None:
        new = [one.recorded.id for one in captured.preserved if one.recorded.new]
        for line in captured_lines(kind, captured, shown=shown):
            say(line)
        for line in doubt_lines(recorded.id, doubts):
            say(line)
        for line in (
            twin_lines(recorded.id, same) if recorded.new else _described(session, captured)
        ):
            say(line)
        for one in bare:
            say(unnoted_line(one))
        for line in told_when_added(session.case(), new) if new else ():
            say(line)
        tell_look(passage.look)
        if page is not None and not captured.passage.paged:
            say("The file has no pages of its own, so the page was not checked.")

    session.answer(result, [recorded.id], tell)


def _described(session: Session, captured: Captured) -> list[str]:
    with session.case().reader() as reader:
        return list(described_lines(reader.record(captured.recorded.index)))


def _twins(session: Session, captured: Captured) -> list[Twin]:
    from evidence_db.recording.passages.twins import twins

    with session.case().reader() as reader:
        return twins(reader, captured.recorded.index)
