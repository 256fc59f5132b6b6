"""`evidence verify`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_cli.options.cluster import cluster_option, spread_over
from evidence_cli.options.given import authorities_given, header_given, seen_given, signers_given
from evidence_cli.options.witnesses import policy_option, witnesses_given
from evidence_cli.session import Session, common
from evidence_cli.terminal import progress, say, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.verify.report import Report
    from evidence_db.case import Case
    from evidence_db.verifying.resuming.resuming import Resuming
    from evidence_db.verifying.rolling.forecast import Rolling
    from evidence_db.verifying.run import Progress
    from evidence_db.verifying.wanted import Wanted

STEPS = {
    2: "checkpoints, signer",
    3: "entries, tree",
    4: "checkpoints seen before",
    5: "rules of the log",
    6: "values, tables, search",
    7: "files, text streams",
    8: "passages",
    9: "claims, reviews",
}


_GO_ON = "What was read until now is remembered. Go on: evidence verify --resume."


@click.command()
@click.argument("claim", nargs=-1)
@click.option("--key", metavar="VKEY", help="The verifier key that you expect to have signed.")
@click.option(
    "--seen",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A checkpoint that you saw before; the log must go on from it. May be repeated.",
)
@click.option("--all-digests", is_flag=True, help="Check the SHA-256 of every file, too.")
@click.option(
    "--rendered",
    is_flag=True,
    help="Show pages and DOCX (Chromium, LibreOffice), read pictures (OCR): are passages seen?",
)
@click.option(
    "--allowed-signers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Whose keys sign reviews, as ssh-keygen has it.",
)
@click.option(
    "--tsa-root",
    type=click.Path(path_type=Path),
    metavar="PEM",
    help="Certificates of the time-stamping authorities that you trust.",
)
@policy_option
@click.option(
    "--block-header",
    "headers",
    multiple=True,
    metavar="FILE|HEX",
    help="The header of a block of Bitcoin that you believe in, for OpenTimestamps.",
)
@click.option(
    "--record", is_flag=True, help="Record in the log that it was verified, and what came of it."
)
@click.option(
    "--due", is_flag=True, help="Check what was longest unchecked, as far as --budget goes."
)
@click.option(
    "--budget",
    multiple=True,
    metavar="TIME|AMOUNT",
    help="How far --due goes: 2h, 90m, 500GB, 1.5TB; given twice, whichever is used up first.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with a verification that broke off: what it read is told, and not read again.",
)
@cluster_option
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check the lines of the log as `evidence export parquet` wrote them, and nothing else.",
)
@click.option("--verbose", is_flag=True, help="Say, too, how parsers are confined on this machine.")
@common
@click.pass_context
def command(
    context: click.Context,
    claim: tuple[str, ...],
    key: str | None,
    seen: tuple[Path, ...],
    all_digests: bool,
    rendered: bool,
    allowed_signers: Path | None,
    tsa_root: Path | None,
    policy: Path | None,
    headers: tuple[str, ...],
    record: bool,
    due: bool,
    budget: tuple[str, ...],
    resume: bool,
    cluster: str | None,
    rows: Path | None,
    verbose: bool,
) -> None:
    """Check the whole log, and every file and passage: all, or those that CLAIM rests on.

    \b
    Exit codes:
      0  every check holds
      1  a check failed
      2  the command was not understood
      3  something could not be checked: a key, a file or a checkpoint is missing
      4  the case could not be read

    With --due, 0 says that all holds which was looked at, and not that all of the case does: what
    the budget doesn't reach is told first, as not checked, and changes no exit code. What was
    found bad in an earlier run fails until it is found good. With --resume what an earlier run
    read is not checked (3): it held then, and may have been changed unnoticed.
    """  # noqa: D301
    from evidence_cli.options.keys import verifier_key
    from evidence_cli.views.report import exit_code, failed_subjects
    from evidence_db.reading.references import find_claim
    from evidence_db.verifying.resuming.resuming import Resuming
    from evidence_db.verifying.rows.run import verify_rows
    from evidence_db.verifying.run import verify
    from evidence_db.verifying.wanted import Wanted

    if (due and claim) or (budget and not due):
        raise click.UsageError("--due takes no CLAIM, and --budget is for --due alone.")
    if rows is not None and (claim or record or due or all_digests or rendered or allowed_signers):
        raise click.UsageError("With --rows the log is checked alone, against its checkpoints.")
    if due and cluster:
        raise click.UsageError("--due checks on this machine alone, without --cluster.")
    if resume and (claim or due or rows is not None):
        raise click.UsageError(
            "--resume goes on with a verification of all. --due goes on by itself, and --rows and "
            "CLAIM read nothing that would be remembered."
        )
    session = context.ensure_object(Session)
    case = session.case()
    index = None
    if claim:
        with case.reader() as reader:
            index = find_claim(reader, " ".join(claim), case.files).index
    signers, roots = signers_given(allowed_signers), authorities_given(tsa_root)
    notes = {str(path): seen_given(path) for path in seen}
    blocks = [header_given(one) for one in headers]
    brought = (signers, roots, witnesses_given(policy), blocks)
    wanted = Wanted(verifier_key(key), notes, all_digests, rendered, *brought, index)
    before = _state(case) if record else None
    shared = [case.database, case.files.root] if rows is None else [rows]
    remembers = not claim
    resuming = Resuming(remembers=remembers, takes_over=resume)
    with _told_how_to_go_on(resuming), progress() as show, spread_over(cluster, shared) as by:
        rolling = None
        if due:
            report, rolling = _verified_due(case, wanted, budget, show)
        elif rows is not None:
            report = verify_rows(case, rows.absolute(), wanted, show, by)
        else:
            report = verify(case, wanted, show, by=by, resuming=resuming)
    custody = [] if before is None else _recorded(session, case, report, index, before, rolling)
    session.answer(
        {
            **report.as_json(),
            **({"due": rolling.as_json()} if rolling else {}),
            **({"resumed": resuming.as_json()} if resume else {}),
            **({"custody": custody} if record else {}),
        },
        failed_subjects(report),
        lambda: _tell(report, custody, rolling, resuming, verbose=verbose),
    )
    context.exit(exit_code(report))


@contextmanager
def _told_how_to_go_on(resuming: Resuming) -> Iterator[None]:
    """Say that a verification that breaks off can be gone on with, if it can."""
    told = ""
    try:
        yield
    except KeyboardInterrupt as error:
        told = "Not everything was checked, so there is no result."
        raise KeyboardInterrupt(f"{told} {_GO_ON}" if resuming.is_left else told) from error
    finally:
        if resuming.is_left and not told:
            say(_GO_ON, err=True)


def _verified_due(
    case: Case, wanted: Wanted, budget: Sequence[str], show: Progress
) -> tuple[Report, Rolling]:
    from evidence_db.verifying.rolling.audit import verify_due
    from evidence_db.verifying.rolling.budget import read_budget

    return verify_due(case, wanted, read_budget(budget), show)


def _state(case: Case) -> tuple[int, bytes]:
    """Size and root of the log that is about to be verified."""
    from evidence_chain.log.merkle import Frontier

    with case.reader() as reader:
        size = reader.size()
        return size, Frontier.at(size, reader.hash_at).root()


def _recorded(
    session: Session,
    case: Case,
    report: Report,
    claim: int | None,
    before: tuple[int, bytes],
    rolling: Rolling | None,
) -> list[str]:
    """Record that it was verified; only what was looked at whole, and holds, is called so.

    Raises:
        StorageError: the log grew while it was verified.
    """
    from evidence_chain.errors import StorageError
    from evidence_chain.verify.report import Outcome
    from evidence_chain.wording.plural import counted
    from evidence_db.recording.attesting.custody import record_custody

    whole = rolling is None or rolling.is_whole
    action = "verified" if whole and report.outcome is Outcome.HOLDS else "examined"
    counts = report.counts
    with session.writer(case) as writer:
        if writer.head() != before:
            raise StorageError(
                "The log grew while it was verified, so nothing was recorded of that. Verify again."
            )
        size, root = before
        note = (
            f"{report.outcome}: {counted(counts['holds'], 'check')} hold, {counts['failed']:,} "
            f"failed, {counts['not-checked']:,} could not be made. The log of "
            f"{counted(size, 'entry')}, root {root.hex()}"
            f"{'' if rolling is None else f'. {rolling}'}"
        )
        of = [] if claim is None else [writer.reader.record(claim).id]
        return [record_custody(writer, session.recorder(), action, of, note).id]


def _tell(
    report: Report,
    custody: list[str],
    rolling: Rolling | None,
    resuming: Resuming,
    *,
    verbose: bool,
) -> None:
    from evidence_chain.wording.plural import tally
    from evidence_cli.views.report import tell_report

    if rolling:
        say(wrapped(rolling.extent))
    is_part = rolling is not None and not rolling.is_whole
    tell_report(report, STEPS, verbose=verbose, of="Of what was looked at: " if is_part else "")
    for told, count in report.counted.items():
        say(f"Counted, and no failure: {tally(count, told)}.")
    for sentence in rolling.sentences() if rolling else resuming.told:
        say(wrapped(sentence))
    for id_ in custody:
        say(f"Recorded as custody event {id_[:8]}. `evidence checkpoint` signs the log with it.")
