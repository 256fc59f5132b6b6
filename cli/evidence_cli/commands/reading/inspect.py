"""`evidence inspect`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.errors import ExtractionError, InputError
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, say
from evidence_cli.views.published.inspected import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.inspect import Inspection
    from evidence_cli.cleaning import Copy
    from evidence_cli.views.published.inspected import Inspected
    from evidence_db.case import Case
    from evidence_db.reading.records import Record


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="FILE|REF…")
@click.option("--all", "everything", is_flag=True, help="Tell also what is ordinary.")
@click.option(
    "--pictures",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write a picture of each place on a page into this new directory.",
)
@click.option(
    "--clean",
    "clean_to",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write a copy without metadata; that of a REF is preserved if nothing else is left.",
)
@common
@click.pass_context
def command(
    context: click.Context,
    targets: tuple[str, ...],
    everything: bool,
    pictures: Path | None,
    clean_to: Path | None,
) -> None:
    """Tell what files give away besides what they show: words under a bar, authors, places.

    What is found stands in the answer as the file has it: keep the answer to yourself. Files need
    no case; a REF is a preserved file of one. Nothing is changed: --clean writes a copy.

    \b
    Exit codes:
      0  nothing was found that matters (--all tells the rest)
      1  something was found
      2  the command was not understood
      3  a file could not be looked into, or not all of it
    """  # noqa: D301
    session = context.ensure_object(Session)
    _check(targets, pictures, clean_to)
    found = [_inspected(session, target) for target in targets]
    cleaned = _cleaned(session, found[0], clean_to) if clean_to else None
    if pictures is not None:
        _write_pictures(pictures, found)
    result = [_as_json(one, everything=everything) for one in found]

    def tell() -> None:
        for one in found:
            for line in lines(one, everything=everything):
                say(line)
        if cleaned is not None:
            for line in cleaned.lines():
                say(line)

    more = {"cleaned": cleaned.as_json()} if cleaned else {}
    kinds = [finding.kind for one in found for finding in one.inspection.reveals]
    session.answer({"files": result, **more}, kinds, tell)
    context.exit(_code([one.inspection for one in found]))


def _check(targets: tuple[str, ...], pictures: Path | None, clean_to: Path | None) -> None:
    """Refuse what would write over something, or clean several files into one."""
    if clean_to is not None and len(targets) != 1:
        raise InputError("--clean writes a copy of one file: name one.")
    for new in filter(None, (pictures, clean_to)):
        if new.exists():
            raise InputError(f"{new} is there already, and nothing is written over it.")


def _cleaned(session: Session, original: Inspected, to: Path) -> Copy:
    from evidence_cli.cleaning import clean

    return clean(session, original, to)


def _code(inspections: list[Inspection]) -> int:
    from evidence_cli.main import FAILED, HELD, NOT_CHECKED

    if any(one.reveals for one in inspections):
        return FAILED
    return NOT_CHECKED if any(one.unchecked for one in inspections) else HELD


def _inspected(session: Session, target: str) -> Inspected:
    """A file by its path, or else a preserved one of the case."""
    from evidence_chain.inspect import Inspection, inspect
    from evidence_cli.views.published.inspected import Inspected
    from evidence_db.store.incoming import refuse_address

    path = Path(target)
    if path.is_file():
        given = nullcontext(path)
        try:
            return Inspected(target, lambda: given, inspect(path, path.name))
        except ExtractionError as error:
            return Inspected(target, lambda: given, Inspection("", [], [str(error)]))
    refuse_address(target)
    missing = f"There is no file {target}." if _is_path(path) and not path.exists() else ""
    case, document = _preserved(session, target, missing)
    from evidence_db.reading.notices.inspected import called, inspect_preserved

    found = inspect_preserved(case.files, document)
    digest = str(document.body["blake3"])
    return Inspected(called(document), lambda: case.files.local(digest), found, document.id)


def _is_path(path: Path) -> bool:
    """Whether it looks like a file's name, and not like a record's."""
    return bool(path.suffix) or len(path.parts) > 1


def _preserved(session: Session, reference: str, missing: str) -> tuple[Case, Record]:
    """A preserved file; `missing` tells that there is no file of that name, if it looks like one.

    Raises:
        InputError: the case has none that is called so, or there is no case.
    """
    from evidence_db.reading.references import find_record

    try:
        case = session.case(published=True)
    except InputError as error:
        raise InputError(missing or str(error)) from error
    with case.reader() as reader:
        try:
            document = find_record(reader, reference, "artifact", files=case.files)
        except InputError as error:
            raise InputError(f"{missing} {error}".strip()) from error
    if "blake3" not in document.body:
        raise InputError(f"The file of {document.name} is withheld.")
    return case, document


def _as_json(one: Inspected, *, everything: bool) -> dict[str, Any]:
    inspection = one.inspection
    shown = inspection.findings if everything else inspection.reveals
    return {
        "file": one.name,
        "id": one.id,
        "media_type": inspection.media_type or None,
        "findings": [finding.as_json() for finding in shown],
        "ordinary": len(inspection.findings) - len(inspection.reveals),
        "not_checked": inspection.unchecked,
    }


def _write_pictures(folder: Path, found: list[Inspected]) -> None:
    try:
        folder.mkdir(mode=0o700)
        for name, content in _pictures(found):
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputError(f"{folder} can't be written: {error.strerror}.") from error
    say(f"Pictures are in {flat(folder)}.", err=True)


def _pictures(found: list[Inspected]) -> Iterator[tuple[str, bytes]]:
    for number, one in enumerate(found, 1):
        for place, finding in enumerate(one.inspection.reveals, 1):
            if finding.picture:
                yield f"{number:03}-{place:03}-page-{finding.page}.png", finding.picture
