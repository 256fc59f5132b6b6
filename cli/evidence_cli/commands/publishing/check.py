"""`evidence check`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.canonical import encode
from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.wording.plural import counted, tally
from evidence_cli.options.cluster import cluster_option, spread_over
from evidence_cli.options.given import authorities_given, begins, read_given, signers_given
from evidence_cli.options.witnesses import policy_option, witnesses_given
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, progress, say, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.edition.checking.run import Checked
    from evidence_chain.edition.place import Place
    from evidence_chain.objects.address import Address

STEPS = {
    2: "files and names",
    3: "the note, every file",
    4: "log, files, passages",
    5: "database, tiles, proofs",
    6: "signatures, keys",
}
_SIGNED_OVER = {"note", "manifest", "payload"}
"""The checks by which the files are those that the note of the edition is over."""


@click.command()
@click.argument("edition", type=click.Path())
@click.option("--key", metavar="VKEY", help="The newsroom's verifier key, from elsewhere.")
@click.option(
    "--seen",
    multiple=True,
    type=click.Path(),
    metavar="EDITION|CHECKPOINT",
    help="What you saw of this log before; this must go on from it. May be repeated.",
)
@click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Whose signatures under reviews you know (as ssh-keygen has it).",
)
@click.option(
    "--tsa",
    type=click.Path(path_type=Path),
    metavar="PEM",
    help="Certificates of the time-stamping authorities that you trust.",
)
@click.option("--witness", multiple=True, metavar="VKEY", help="A witness's key. May be repeated.")
@policy_option
@click.option("--all", "everything", is_flag=True, help="Go on after files that are not as signed.")
@click.option("--most-files", type=click.IntRange(1), help="Files that it may have, if over 10⁶.")
@cluster_option
@common
@click.pass_context
def command(
    context: click.Context,
    edition: str,
    key: str | None,
    seen: tuple[str, ...],
    allowed_signers: Path | None,
    tsa: Path | None,
    witness: tuple[str, ...],
    policy: Path | None,
    everything: bool,
    most_files: int | None,
    cluster: str | None,
) -> None:
    """Check an EDITION that a newsroom published: a directory, a ZIP, or a .tlog-proof.

    Needs no case and no network, unless it lies in a bucket: s3://bucket/prefix, gs://… or az://…
    Take the verifier key from elsewhere than the edition.

    \b
    Exit codes:
      0  what was asked holds
      1  something is wrong
      2  the command was not understood
      3  nothing is wrong, but something that was asked for, or who signed, could not be checked
      4  the edition could not be read
    """  # noqa: D301
    from evidence_chain.edition.checking.asked import Wanted
    from evidence_chain.edition.checking.run import check
    from evidence_chain.edition.checking.single import check_proof, is_proof
    from evidence_chain.objects.address import located
    from evidence_cli.options.keys import verifier_key
    from evidence_cli.views.report import exit_code, failed_subjects
    from evidence_db.verifying.published import check_rows

    session = context.ensure_object(Session)
    _refuse_unusable(witness)
    wanted = Wanted(
        key=verifier_key(key),
        seen={path: _seen(path) for path in seen},
        allowed_signers=signers_given(allowed_signers),
        authorities=authorities_given(tsa),
        witnesses=witness,
        policy=witnesses_given(policy),
        everything=everything,
        files=most_files,
    )
    where = located(edition)
    if isinstance(where, Path) and is_proof(where):
        if cluster:
            raise click.UsageError("A proof is checked on this machine, without --cluster.")
        result = check_proof(where, wanted)
    else:
        where, shared = _seen_by_all(where) if cluster else (where, [])
        with progress() as show, spread_over(cluster, shared) as by:
            result = check(where, wanted, rows=check_rows, progress=show, by=by)
    report = result.report
    session.answer(result.as_json(), failed_subjects(report), lambda: _tell(result))
    context.exit(exit_code(report))


def _seen_by_all(edition: Path | Address) -> tuple[Path | Address, list[Path]]:
    """An edition as each worker finds it, and what it has to see there as it is seen here."""
    from evidence_chain.edition.layout import DATABASE, LOG

    if not isinstance(edition, Path):
        return edition, []
    whole = edition.absolute()
    return whole, [whole, whole / LOG, whole / DATABASE]


def _refuse_unusable(witnesses: tuple[str, ...]) -> None:
    """What can't be what it was given as is wrong use, and no fault of the edition."""
    from evidence_chain.errors import FormatError, UncheckedError

    try:
        if witnesses:
            from evidence_chain.log.cosignature import WitnessKey

            for witness in witnesses:
                with suppress(UncheckedError):  # told in the report
                    WitnessKey.parse(witness)
    except FormatError as error:
        raise InputError(str(error)) from error


def _seen(given: str) -> bytes | Place:
    """A checkpoint, the note of an edition, or an edition: its directory, a ZIP, or its address.

    Raises:
        InputError: it is something else.
    """
    from evidence_chain.edition.bag import NOTE
    from evidence_chain.edition.checking.seen import read_seen
    from evidence_chain.edition.place import is_place, place_of
    from evidence_chain.objects.address import located

    path = located(given)
    place = None if isinstance(path, Path) and not is_place(path) else place_of(path)
    seen = place or read_given(Path(given), f"What you saw before, {given},")
    try:
        if place is not None:
            place.open(NOTE).close()
        read_seen(seen)
    except EvidenceError as error:
        told = begins(seen) if isinstance(seen, bytes) else None
        what = f"neither a checkpoint nor an edition ({told})" if told else "no edition"
        raise InputError(f"What you saw before, {given}, is {what}: {error}") from error
    return seen


def _tell(result: Checked) -> None:
    from evidence_cli.views.report import tell_report

    report = result.report
    note = None if result.outside is None else result.outside.note
    if note is not None:
        say(f"Edition of {note.made}, {note.origin}: {counted(note.size, 'entry')}.")
        if not report.failed & _SIGNED_OVER:
            say(f"Its digest, by which it is cited: {note.digest.hex()}")
        else:
            say("Its digest is not told, since what is here is not what its note is over.")
        say()
    if result.proved is not None:
        _tell_proved(result.proved)
    tell_report(report, STEPS)
    if report.counted:
        say("Counted, and no failure:")
        for told, count in report.counted.items():
            number, _, what = tally(count, told).partition(" ")
            say(f"     {number}  {what}")
    if result.proved is not None:
        return
    say(
        wrapped(
            "The publisher's word, signed and compared with nothing: README.txt, verify.html, "
            "datasette-metadata.json, pages of site/, reasons, policy.",
            "",
        )
    )


def _tell_proved(proved: Mapping[str, Any]) -> None:
    """What a proof is of, in its own words: a check that holds says nothing else about it."""
    say(f"Proof of entry {proved['index']:,} of {proved['size']:,} in {proved['origin']}:")
    say(f"     {flat(str(proved['kind']))} {proved['id']}")
    for name, value in proved["disclosed"].items():
        if value is not None:
            text = value if isinstance(value, str) else encode(value).decode()
            say(wrapped(f"{flat(name)}: {flat(text)}", "     "))
    say()
