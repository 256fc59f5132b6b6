"""`evidence leaks`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError
from evidence_chain.wording.plural import counted
from evidence_cli.session import Session, common
from evidence_cli.terminal import progress, say

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="REF",
    help="Search for all that an edition of this claim would withhold. May be repeated.",
)
@click.option("--show-values", is_flag=True, help="Tell what is withheld where it was found.")
@common
@click.pass_context
def command(
    context: click.Context, paths: tuple[Path, ...], claims: tuple[str, ...], show_values: bool
) -> None:
    """Search files, and all in directories, for what the case withholds, in every form.

    Such as the draft of an article, or a web site before it goes online. The exit code is 0 if
    nothing was found, 1 if something was, and 3 if something could not be searched inside.
    """
    from evidence_cli.views.published import leaks as view
    from evidence_db.publishing.asking import Request, select
    from evidence_db.publishing.leaks.edition import needles_of, search_files
    from evidence_db.publishing.policy import read_policy

    session = context.ensure_object(Session)
    case = session.case()
    with case.reader() as reader:
        policy = read_policy(case.root)
        selection = select(case, reader, policy, Request(claims))
        needles = needles_of(case, reader, selection)
    with progress() as show:
        files = _files(paths)
        searched = search_files(needles, case, files, show)
    said = view.as_json(searched, show_values)
    found = sorted({one.path for one in searched.leaks})
    session.answer(
        {**said, "searched": len(files)}, found, lambda: view.tell(searched, show_values)
    )
    if not (session.json or session.quiet or searched.leaks):
        say(f"Nothing that is withheld was found in {counted(len(files), 'file')}.")
    context.exit(1 if searched.leaks else 3 if searched.is_lacking else 0)


def _files(paths: tuple[Path, ...]) -> list[str]:
    """Every file that is meant, by its absolute path; links lead to theirs."""
    found = set[Path]()
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no {path} to search. Name files or directories.")
        below = _below(path) if path.is_dir() else [path]
        files = [one.resolve() for one in below if one.is_file()]
        if not path.is_dir() and not files:
            raise InputError(f"{path} is no file that can be searched. Save what is in it as one.")
        found.update(files)
    return sorted(map(str, found))


def _below(root: Path) -> Iterator[Path]:
    """What lies in a directory, and in those that links in it lead to, each once."""
    seen = set[str]()
    for place, directories, names in os.walk(root, followlinks=True):
        if (real := os.path.realpath(place)) in seen:
            directories.clear()
            continue
        seen.add(real)
        yield from (Path(place, name) for name in names)
