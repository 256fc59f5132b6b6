"""`evidence copy`."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_chain.wording.plural import counted
from evidence_cli.session import Session, common
from evidence_cli.terminal import paint, say


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@common
@click.pass_context
def command(context: click.Context, directory: Path) -> None:
    """Copy a case into DIRECTORY, whole or not at all, while others read it and record in it.

    The signing key is not copied: keep a copy of it elsewhere.

    \b
    Exit codes:
      0  everything was copied
      2  nothing can be put there
      3  it was copied but for preserved files that the case doesn't have
      4  a preserved file is damaged, or something can't be read or written
    """  # noqa: D301
    from evidence_cli.main import HELD, NOT_CHECKED
    from evidence_db.keeping.copying import copy_case
    from evidence_db.store.keys.key_file import before_path, kept_path, key_path

    session = context.ensure_object(Session)
    copied = copy_case(session.case(), directory)
    key, kept = key_path(copied.origin), kept_path(copied.origin)
    result = {
        "directory": str(directory),
        "entries": copied.entries,
        "files": copied.files,
        "missing": copied.missing,
    }

    def tell() -> None:
        say(
            f"Copied {counted(copied.entries, 'entry')} and "
            f"{counted(copied.files, 'preserved file')} to "
            f"{paint(directory, bold=True)}."
        )
        for digest in copied.missing:
            say(f"Not copied, because the case doesn't have it: {paint(digest)}")
        say("The signing key is not in it. Where the copy is to be signed, or to take the place")
        say(f"of this case, these go with it: {paint(key)}, {paint(kept.name)},")
        say(f"{paint(before_path(copied.origin).name)}.")

    session.answer(result, [str(directory)], tell)
    context.exit(NOT_CHECKED if copied.missing else HELD)
