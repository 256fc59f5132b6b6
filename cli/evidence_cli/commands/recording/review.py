"""`evidence review`."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_chain.errors import InputError
from evidence_chain.wording.plural import counted
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import flat, say, wrapped


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--approve", is_flag=True, help="It may be published.")
@click.option("--reject", is_flag=True, help="It may not be.")
@click.option("--note", help="What you say of it; editions have it unless it is withheld.")
@click.option(
    "--as",
    "name",
    metavar="NAME",
    help="Who looked at it; else who records. Editions have it unless it is withheld.",
)
@click.option(
    "--sign",
    "key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="SSH-KEY",
    help="Sign it with this key of SSH, or with the one of your agent whose .pub this is.",
)
@common
@pass_session
def command(
    session: Session,
    reference: str,
    note: str | None,
    name: str | None,
    key: Path | None,
    *,
    approve: bool,
    reject: bool,
) -> None:
    """Say that you looked at a claim and what it rests on, or at a passage.

    A passage that a person must look at may be published once somebody approved it. What is
    recorded later about what you looked at makes the review stale. It is of the log as it stands.
    """
    from evidence_db.reading.references import describe, find_record
    from evidence_db.recording.attesting.reviewing import (
        check_reviewable,
        prepare,
        record_review,
        sign,
        state_of,
    )

    if approve == reject:
        raise InputError("Say what you found: --approve or --reject, one of them.")
    verdict = "approved" if approve else "rejected"
    if note is not None and not note.strip():
        raise InputError("--note is empty. Leave it out, or say something.")
    reviewer = name if name is not None else session.recorder()
    if not reviewer.strip():
        raise InputError("--as needs a name.")
    case = session.case()
    with case.reader() as reader:
        record = find_record(reader, reference, files=case.files)
        check_reviewable(reader, record)
        review = prepare(record, state_of(reader), verdict, reviewer, note)
    if key is not None:
        review = sign(review, key)
    with session.writer(case) as writer:
        recorded = record_review(writer, review)
    told = {
        "id": recorded.id,
        "index": recorded.index,
        "kind": "review",
        "to": record.id,
        "verdict": verdict,
        "reviewer": reviewer,
        "size": review.size,
        "root": review.root,
        "signed": review.signature is not None,
    }

    def tell() -> None:
        signed = ", signed" if review.signature else ""
        say(
            wrapped(f"{verdict.capitalize()} by {flat(reviewer)}{signed}: {flat(describe(record))}")
        )
        say(f"They looked at the log of {counted(review.size, 'entry')}.")

    session.answer(told, [recorded.id], tell)
