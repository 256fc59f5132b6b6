"""`evidence init`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import is_attended, paint, say

if TYPE_CHECKING:
    from evidence_chain.log.key import Signer


@click.command()
@click.argument("directory", default=".", type=click.Path(path_type=Path))
@click.option(
    "--origin",
    required=True,
    metavar="NAME",
    help="The log's name, for ever: a domain of yours and a word, as newsroom.example/cameras.",
)
@click.option("--title", help="What the case is called.")
@click.option(
    "--signer",
    type=click.Path(path_type=Path),
    metavar="FILE.pub",
    help="Sign with this Ed25519 key, which an ssh-agent holds.",
)
@click.option(
    "--files",
    metavar="ADDRESS",
    help="Preserve files there, as in s3://bucket/prefix (gs://, az://), not in DIRECTORY.",
)
@common
@pass_session
def command(
    session: Session,
    directory: Path,
    origin: str,
    title: str | None,
    signer: Path | None,
    files: str | None,
) -> None:
    """Make a new case in DIRECTORY, and a signing key for it outside the case."""
    from evidence_chain.errors import EvidenceError, FormatError, InputError
    from evidence_chain.log.key import check_key_name
    from evidence_chain.objects.address import Address
    from evidence_db.case import FILES
    from evidence_db.reading.records import CaseInfo
    from evidence_db.recording.continuing import remember_begun, second_case
    from evidence_db.recording.creating import create_case
    from evidence_db.recording.writer import now
    from evidence_db.store.keys.agent import read_public
    from evidence_db.store.keys.key_file import kept_path, key_path, make_key

    address = None if files is None else Address.parse(files)
    try:
        check_key_name(origin)
    except FormatError as error:
        raise InputError(f"{origin!r} can't be an origin: {error}") from None
    if os.path.lexists(kept_path(origin)):
        raise InputError(
            f"{origin} has a log already: its newest checkpoint is kept in {kept_path(origin)}. A "
            "second log of one name would look forged. Choose another origin."
        )
    agent = None if signer is None else read_public(signer, origin)
    key, made = make_key(origin, agent)
    if agent is not None and key.verifier != agent.verifier:
        raise InputError(f"{key_path(origin)} holds another key for {origin} already.")
    if not made:
        _ask(second_case(origin))
    try:
        info = CaseInfo(origin, title or None, now())
        case = create_case(directory, info, session.recorder(), address)
    except EvidenceError:
        if made:
            key_path(origin).unlink()
        raise
    remember_begun(origin, case.root)
    result = {
        "case": str(case.root),
        "origin": origin,
        "verifier_key": str(key.verifier),
        "key_file": str(key_path(origin)),
        "key_made": made,
        "files": str(address or case.root / FILES),
    }
    session.answer(result, [str(key.verifier)], lambda: _tell(directory, result, key))


def _ask(whether: str) -> None:
    """Tell it, and ask on a terminal whether to go on."""
    say(whether, err=True)
    if is_attended():
        click.confirm("Make a second case of this origin?", abort=True, err=True)


def _tell(directory: Path, result: dict[str, object], key: Signer) -> None:
    say(f"Made a case in {paint(directory, bold=True)}.")
    if "://" in str(result["files"]):
        say(f"Its files are preserved in {paint(result['files'])}.")
    from evidence_db.store.keys.agent import is_public

    what = "The signing key is new" if result["key_made"] else "The signing key was there already"
    if is_public(str(key)):
        say(f"The signing key is the agent's, as {paint(result['key_file'])} says.")
    else:
        say(f"{what}: {paint(result['key_file'])}. Keep a copy in a safe place.")
    say(f"Verifier key: {paint(key.verifier, bold=True)}")
    say("Hand it to readers by another way than the case, such as in print or on your own site.")
