"""`evidence cosign`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError, ProofError
from evidence_cli.new_file import write_new
from evidence_cli.options.given import read_given
from evidence_cli.options.questions import answers_option, question_option
from evidence_cli.options.witnesses import policy_option, witnesses_given
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, say, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.log.witness.policy import TrustPolicy
    from evidence_db.case import Case
    from evidence_db.recording.witnesses.cosigning import Asked


@click.command()
@policy_option
@question_option("--request")
@click.option(
    "--old",
    type=click.IntRange(0),
    metavar="SIZE",
    help="With --request: the entries that the witness cosigned last; 0 if it never did.",
)
@answers_option("--response")
@common
@click.pass_context
def command(
    context: click.Context,
    policy: Path | None,
    question: Path | None,
    old: int | None,
    files: tuple[Path, ...],
) -> None:
    """Have witnesses sign that the newest checkpoint goes on from what they saw before.

    Asked are those of witnesses.policy in the case (or of --policy) that have an address. They
    learn the checkpoint, hashes of the log's tree, and your address on the net.

    \b
    Exit codes:
      0  every witness that was asked cosigned
      1  a witness saw another log of this name, or signed something else
      3  a witness could not be asked, or its answer is none; what others signed is kept
    """  # noqa: D301
    from evidence_db.recording.witnesses.cosigning import ask_all, request_for, store, summary

    session = context.ensure_object(Session)
    case = session.case()
    if old is not None and question is None:
        raise InputError("--old says from where a --request goes on: give both.")
    if question is not None:
        with case.reader() as reader:
            write_new(question, request_for(reader, old or 0), "The question")
        session.answer({"request": str(question)}, [], lambda: _tell_request(question))
        return
    witnesses = _witnesses(case, policy)
    with case.reader() as reader:
        answered = [_read(case, witnesses, path) for path in files]
        all_asked = answered or [ask_all(reader, witnesses)]
    new = 0
    for asked in all_asked:
        if asked.kept:
            with session.writer(case) as writer:
                new += store(writer, asked)
    failures = [one for asked in all_asked for one in asked.failures]
    with case.reader() as reader:
        told = summary(witnesses, reader)
    result = {"new": new, "asked": [one.as_json() for one in all_asked], "summary": told}
    for failure in failures:
        say(flat(failure), err=True)
    session.answer(result, [], lambda: say(wrapped(flat(told), "")))
    if failures:
        context.exit(1 if any(isinstance(one, ProofError) for one in failures) else 3)


def _witnesses(case: Case, policy: Path | None) -> TrustPolicy:
    from evidence_db.reading.attested.cosigned import FILE, read_witnesses

    witnesses = witnesses_given(policy) or read_witnesses(case.root)
    if witnesses is None:
        raise InputError(
            f"No witness is named. Write {case.root / FILE}, a line `witness NAME VKEY URL` for "
            "each and a line `quorum NAME` (docs/witnesses.md), or give --policy."
        )
    return witnesses


def _read(case: Case, witnesses: TrustPolicy, path: Path) -> Asked:
    from evidence_chain.log.witness.submission import MAX_ANSWER
    from evidence_db.recording.witnesses.cosigning import read_answer

    data = read_given(path, f"The answer {path}", MAX_ANSWER + 1)
    with case.reader() as reader:
        return read_answer(reader, witnesses, data)


def _tell_request(path: Path) -> None:
    say(f"Wrote {flat(path)}. Send it to a witness, and keep what it answers:")
    say(f"  curl --data-binary @{flat(path)} https://witness.example/add-checkpoint > answer")
    say("  evidence cosign --response answer")
