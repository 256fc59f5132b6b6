"""`evidence timestamp`."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError, UncheckedError
from evidence_chain.wording.plural import counted
from evidence_cli.new_file import write_new
from evidence_cli.options.given import read_given
from evidence_cli.options.questions import answers_option, question_option
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, paint, say

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.recording.attesting.stamping import Answer


@click.command()
@click.option(
    "--tsa",
    "authorities",
    multiple=True,
    metavar="URL",
    help="Ask this one. May be repeated.",
)
@answers_option("--token")
@question_option("--query")
@click.option(
    "--renew",
    "is_renewal",
    is_flag=True,
    help="Have all time-stamps stamped, before the certificates that they rest on end.",
)
@click.option(
    "--ots",
    "proofs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep this proof of OpenTimestamps, made elsewhere of what `evidence checkpoint` prints.",
)
@common
@click.pass_context
def command(
    context: click.Context,
    authorities: tuple[str, ...],
    files: tuple[Path, ...],
    question: Path | None,
    is_renewal: bool,
    proofs: tuple[Path, ...],
) -> None:
    """Have authorities stamp the newest checkpoint with the time (RFC 3161).

    Without options those of the policy are asked (`evidence policy`). They learn a digest, and your
    address on the net. What they answer is kept as it came; whom to believe is asked by
    `evidence verify --tsa-root`. A renewal is kept in the case and is in no edition.

    \b
    Exit codes:
      0  every time-stamp that was asked for is kept
      3  an authority could not be asked, or its answer is none; the others' are kept
    """  # noqa: D301
    from evidence_chain.stamps.request import NONCE_BITS, request_over
    from evidence_db.publishing.policy import read_policy
    from evidence_db.recording.attesting.renewing import store_renewals, to_renew
    from evidence_db.recording.attesting.stamping import newest, store

    session = context.ensure_object(Session)
    case = session.case()
    if proofs:
        if authorities or files or question or is_renewal:
            raise InputError("--ots keeps proofs and asks nobody: give it alone.")
        _keep_proofs(session, case, proofs)
        return
    with case.reader() as reader:
        checkpoint, text = newest(reader)
        behind = reader.size() - checkpoint.size
        if is_renewal:
            text, behind = to_renew(reader).encode(), 0
    if question is not None:
        query = request_over(text, secrets.randbits(NONCE_BITS) | 1)
        write_new(question, query, "The question")
        told: dict[str, object] = {"query": str(question), "size": checkpoint.size}
        session.answer(told, [], lambda: _tell_query(question, renew=is_renewal))
        return
    asked = authorities or (() if files else read_policy(case.root).authorities)
    if not asked and not files:
        raise InputError(
            "Nobody was named to be asked. Give --tsa URL, or name `authorities` in the policy "
            "(`evidence policy`)."
        )
    answers = _kept(case, files, text.decode() if is_renewal else None) if files else []
    failures = _ask_all(asked, checkpoint.size, text, answers)
    with session.writer(case) as writer:
        new = (
            store_renewals(writer, text.decode(), answers) if is_renewal else store(writer, answers)
        )
    result = {
        "size": checkpoint.size,
        "new": new,
        "timestamps": [
            {
                "size": one.size,
                "from": one.whence,
                "time": one.stamp.time_text,
                "authority": one.stamp.authority,
            }
            for one in answers
        ],
        "failures": failures,
        **({"renewed": is_renewal} if is_renewal else {}),
    }

    def tell() -> None:
        for one in answers:
            by = flat(one.stamp.authority or "an authority that it does not name")
            said = f"existed before {paint(one.stamp.time_text, bold=True)}, says {by}"
            what = f"The checkpoint of {counted(one.size, 'entry')}"
            say(f"{'What was stamped so far' if is_renewal else what} {said}.")
        if behind and answers:
            say(f"{counted(behind, 'entry')} came after it: `evidence checkpoint`, then again.")

    for failure in failures:
        say(flat(failure), err=True)
    session.answer(result, [one.stamp.time_text for one in answers], tell)
    context.exit(3 if failures else 0)


def _keep_proofs(session: Session, case: Case, files: tuple[Path, ...]) -> None:
    """Keep proofs of OpenTimestamps, each of one of the case's checkpoints."""
    from evidence_chain.stamps.open_timestamps import MAX_PROOF
    from evidence_db.recording.attesting.renewing import read_open_timestamp, store_open_timestamps

    found = []
    with case.reader() as reader:
        for path in files:
            data = read_given(path, f"The proof {path}", MAX_PROOF)
            found.append((*read_open_timestamp(reader, str(path), data), data))
    with session.writer(case) as writer:
        new = store_open_timestamps(writer, [(size, data) for size, _, data in found])
    told = [
        {
            "size": size,
            "blocks": [one.height for one in proof.attestations if one.height is not None],
            "pending": [one.calendar for one in proof.attestations if one.is_pending],
        }
        for size, proof, _ in found
    ]

    def tell() -> None:
        for one in told:
            say(f"Kept a proof of OpenTimestamps of the checkpoint of {one['size']} entries.")
            for height in one["blocks"]:  # type: ignore[attr-defined]
                say(f"  It says that it is in block {height} of Bitcoin. Nobody has compared that.")
            for calendar in one["pending"]:  # type: ignore[attr-defined]
                say(f"  Pending at {flat(calendar)}: nothing is proved yet.")
        say("`evidence verify --block-header FILE|HEX` compares it with a block's header.")

    session.answer({"new": new, "proofs": told}, [str(one["size"]) for one in told], tell)


def _kept(case: Case, files: tuple[Path, ...], renewing: str | None) -> list[Answer]:
    """The answers in these files, over a checkpoint of the case, or over the text of a renewal."""
    from evidence_chain.stamps.response import MAX_RESPONSE
    from evidence_db.recording.attesting.renewing import read_renewal
    from evidence_db.recording.attesting.stamping import read

    answers = []
    with case.reader() as reader:
        for path in files:
            token = read_given(path, f"The time-stamp {path}", MAX_RESPONSE)
            if renewing is None:
                answers.append(read(reader, str(path), token))
            else:
                answers.append(read_renewal(renewing, str(path), token))
    return answers


def _ask_all(asked: tuple[str, ...], size: int, text: bytes, answers: list[Answer]) -> list[str]:
    """Add what authorities answer to `answers`; why the rest didn't."""
    from evidence_db.recording.attesting.stamping import ask

    failures = []
    for address in asked:
        try:
            answers.append(ask(address, size, text))
        except UncheckedError as error:
            failures.append(str(error))
    return failures


def _tell_query(query: Path, *, renew: bool) -> None:
    say(f"Wrote {flat(query)}. Send it to an authority, and keep what it answers:")
    say(
        f"  curl -H 'Content-Type: application/timestamp-query' --data-binary @{flat(query)} "
        "URL > answer.tsr"
    )
    say(f"  evidence timestamp{' --renew' if renew else ''} --token answer.tsr")
