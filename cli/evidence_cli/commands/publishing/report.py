"""`evidence report`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import flat, say, wrapped

if TYPE_CHECKING:
    from evidence_db.case import Case


@click.command()
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="The new HTML file to be written.",
)
@click.option("--record", is_flag=True, help="Record in the log that it was handed out (exported).")
@common
@pass_session
def command(session: Session, claims: tuple[str, ...], output: Path, *, record: bool) -> None:
    """Write a report on each CLAIM into one page, to be printed and signed by people.

    A claim is named by its short name, or by words of it in quotes. Of each the page holds the
    chain with passages and pictures, digests, places in the log, time-stamps, reviews and custody,
    the draft of a certification (FRE 902) and a checklist. It is internal, unless it is made from
    an edition (--case EDITION). Nothing in it is signed.
    """
    from evidence_datasette.report import report
    from evidence_db.reading.references import find_claim
    from evidence_db.recording.writer import now

    case = session.case(published=True)
    if record and case.edition is not None:
        raise InputError("An edition takes no records: --record is for the newsroom's own case.")
    case.waits = True
    with case.reader() as reader:
        found = {one.index: one.id for one in (find_claim(reader, n, case.files) for n in claims)}
        page = report(case, reader, found, now())
    digest, ids = _write(output, page), list(found.values())
    custody = [_recorded(session, case, ids, digest)] if record else []
    told = {"report": str(output), "claims": ids, "sha256": digest, "custody": custody}

    def tell() -> None:
        say(f"Wrote {flat(output)}. SHA-256 {digest}")
        if case.edition is None:
            say(wrapped("It is internal: it holds what editions may withhold. Nobody signed it."))

    session.answer(told, [digest], tell)


def _write(path: Path, page: str) -> str:
    """Write the page into a new file that is for this account alone; its SHA-256."""
    from evidence_chain.digest import sha256

    data = page.encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise InputError(f"{path} is there already. Name a new file for the report.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return sha256(data).hex()


def _recorded(session: Session, case: Case, claims: list[str], digest: str) -> str:
    from evidence_db.recording.attesting.custody import record_custody

    with session.writer(case) as writer:
        what = "the claim" if len(claims) == 1 else "the claims"
        note = f"Report on {what}, as a file with the SHA-256 {digest}"
        return record_custody(writer, session.recorder(), "exported", claims, note).id
