"""`evidence add`: one command for files, one for originals, one for each kind of evidence."""

from __future__ import annotations

import shlex
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_chain import kinds
from evidence_chain.errors import InputError
from evidence_chain.wording.plural import counted
from evidence_cli.kind_command import evidence_command, field_options, more_option
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, flat, paint, progress, say, wrapped
from evidence_cli.typos import Suggesting
from evidence_cli.views.published.inspected import told_when_added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.recording.adding import Recorded
    from evidence_db.recording.preserving.containers import Preserved
    from evidence_db.recording.preserving.drawing import Texts


_PAGES = 20
"""Pages of a web archive that are named."""
_DERIVED = {"no-response": "no_response", "translation": "translation"}
"""The kinds that are made from other evidence, and their commands in `add_derived`."""


class AddGroup(Suggesting):
    """Knows every kind of evidence without importing what only some of them need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        own = sorted((*super().list_commands(ctx), *_DERIVED))
        return list(dict.fromkeys((*own, *kinds.evidence_kinds())))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a file in its place was meant for `add artifact`."""
        is_unknown = not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None
        if is_unknown and Path(args[0]).is_file():
            ctx.fail(
                f"No such command '{clean(args[0])}', but there is such a file. Did you mean "
                f"`evidence add artifact {clean(shlex.join(args))}`?"
            )
        name, command, rest = super().resolve_command(ctx, args)
        if ctx.resilient_parsing and command is not None:
            from evidence_cli.completing import completing

            command = completing(name or "", command)
        return name, command, rest

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if own := super().get_command(ctx, cmd_name):
            return own
        if cmd_name in _DERIVED:
            from evidence_cli.commands.recording.adding import add_derived

            derived: click.Command = getattr(add_derived, _DERIVED[cmd_name])
            return derived
        try:
            return evidence_command(kinds.evidence_kind(cmd_name))
        except InputError:
            return None


@click.group(cls=AddGroup)
@common
def command() -> None:
    """Preserve a file, or record a passage of one."""


@command.command(params=[*field_options(kinds.ARTIFACT.asked), more_option()])
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--derives-from", metavar="REF", help="What it reports, quotes, copies, translates.")
@click.option("--preserves", metavar="REF", help="The original, not held so far, that it is.")
@click.option(
    "--all-parts",
    is_flag=True,
    help="Preserve for themselves also fonts, pictures, scripts of a web archive's pages.",
)
@click.option("--no-text", is_flag=True, help="Don't read their texts now; search needs them.")
@common
@pass_session
def artifact(
    session: Session,
    /,
    files: tuple[Path, ...],
    derives_from: str | None,
    preserves: str | None,
    all_parts: bool,
    no_text: bool,
    **about: Any,  # noqa: ANN401
) -> None:
    """Preserve FILES: each is copied into the case, and its digests go into the log."""
    from evidence_db.reading.references import find_record
    from evidence_db.recording.adding import add_link
    from evidence_db.recording.preserving.containers import preserve, unpack
    from evidence_db.recording.preserving.drawing import Texts, draw_texts
    from evidence_db.recording.preserving.originals import tell_originals

    about = {name: value for name, value in about.items() if value}
    for name, value in about.items():
        kinds.ARTIFACT.check(name, value)
    case = session.case()
    with case.reader() as reader:
        links = {
            relation: find_record(reader, reference, files=case.files).id
            for relation, reference in (("derives-from", derives_from), ("preserves", preserves))
            if reference
        }
    added: list[tuple[str, Preserved]] = []
    linked: list[Recorded] = []
    otherwise: dict[str, dict[str, str]] = {}
    with ExitStack() as stack:
        show = stack.enter_context(progress())
        received = []
        for done, file in enumerate(files, 1):
            incoming = stack.enter_context(case.files.receive(file))
            container = unpack(case.files, incoming, file.name, stack, everything=all_parts)
            received.append((file, container))
            show("Preserving", done, len(files))
        with session.writer(case) as writer:
            for file, container in received:
                first, *within = preserve(writer, container, about)
                for relation, to in links.items():
                    linked.append(add_link(writer, relation, first.recorded.id, to))
                if not first.recorded.new:
                    said = writer.reader.record(first.recorded.index).body
                    differing = {name: v for name, v in about.items() if said.get(name) != v}
                    otherwise[first.recorded.id] = differing
                added += [(str(file), first), *((one.name, one) for one in within)]
        new = [one.recorded.id for _, one in added if one.recorded.new and not one.unquotable]
        texts = Texts({}, 0) if no_text else draw_texts(case, new, show)
    told = tell_originals(case, [one for _, one in added])
    results = [
        _result(
            one.recorded,
            "artifact",
            file=name,
            within=one.within,
            unread=one.unread,
            told=told[one.recorded.id],
            pages=[list(page) for page in one.held.pages],
            unquotable=one.unquotable or texts.unquotable.get(one.recorded.id),
            differs=otherwise.get(one.recorded.id, {}),
        )
        for name, one in added
    ]
    ids = [one.recorded.id for _, one in added]

    def tell() -> None:
        _tell_files(added, linked, told, texts)
        for id_, differing in otherwise.items():
            _tell_otherwise(id_, differing)
        for line in told_when_added(
            case, [one.recorded.id for _, one in added if one.recorded.new]
        ):
            say(line)

    session.answer(results, ids, tell)


def _tell_files(
    added: list[tuple[str, Preserved]],
    linked: list[Recorded],
    told: dict[str, list[str]],
    texts: Texts,
) -> None:
    for name, one in added:
        within = f", which came with {one.within[:8]}" if one.within else ""
        recorded = one.recorded
        say(
            f"{_what(recorded)} {paint(flat(name))} as artifact "
            f"{paint(recorded.id[:8], bold=True)}{within}."
        )
        if one.unread:
            say(f"  What is within it was not preserved for itself: {flat(one.unread)}")
        for line in told[recorded.id]:
            say(wrapped(flat(line), "  "))
        for line in _pages(one.held.pages):
            say(line)
        if one.unquotable:
            say(f"  {one.unquotable}")
        elif why := texts.unquotable.get(recorded.id):
            say(wrapped(f"It can't be quoted from: {flat(why)}", "  "))
    if texts.left:
        say(f"{counted(texts.left, 'text')} will be read when a passage is looked for.")
    if links := [link.id[:8] for link in linked if link.new]:
        say(f"Linked to its original ({', '.join(links)}).")


def _pages(pages: list[tuple[str, str]]) -> Iterator[str]:
    """The pages that a web archive holds, one a line."""
    for url, date in pages[:_PAGES]:
        yield f"  Page: {flat(url)}{f', captured at {flat(date)}' if date else ''}"
    if len(pages) > _PAGES:
        yield f"  and {len(pages) - _PAGES:,} more pages."


def _tell_otherwise(id_: str, differing: dict[str, str]) -> None:
    """How a file that is there already gets the description that was typed."""
    if differing:
        options = " ".join(
            f"--{n.replace('_', '-')} {shlex.quote(v)}" for n, v in differing.items()
        )
        say(f"{id_[:8]} is described otherwise. To correct that:")
        say(f"  evidence amend {id_[:8]} {clean(options)} --reason …")


def _what(recorded: Recorded) -> str:
    if recorded.restored:
        return "Put the missing file back:"
    return "Preserved" if recorded.new else "Preserved already, its record is unchanged:"


@command.command(params=[*field_options(kinds.ORIGINAL.asked), more_option()])
@common
@pass_session
def original(session: Session, /, **about: Any) -> None:  # noqa: ANN401
    """Record a document that you know of but do not hold."""
    from evidence_db.recording.adding import add_original

    with session.writer(session.case()) as writer:
        recorded = add_original(writer, {name: value or None for name, value in about.items()})
    session.answer(
        _result(recorded, "original"),
        [recorded.id],
        lambda: say(
            f"{'Recorded' if recorded.new else 'Recorded already:'} original "
            f"{paint(recorded.id[:8], bold=True)} {paint(about['title'])}."
        ),
    )


def _result(recorded: Recorded, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "id": recorded.id,
        "index": recorded.index,
        "kind": kind,
        "new": recorded.new,
        **more,
    }
