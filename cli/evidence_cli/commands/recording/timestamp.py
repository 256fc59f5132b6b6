"""`evidence timestamp`."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError, UncheckedError
from evidence_chain.plural import counted
from evidence_cli.given import read_given
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
@click.option(
    "--token",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep this answer, which was fetched elsewhere. May be repeated.",
)
@click.option(
    "--query",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the question into this new file, to be sent from another machine; ask nobody.",
)
@common
@click.pass_context
def command(
    context: click.Context,
    authorities: tuple[str, ...],
    files: tuple[Path, ...],
    query: Path | None,
) -> None:
    """Have authorities stamp the newest checkpoint with the time (RFC 3161).

    Without options those of the policy are asked (`evidence policy`). They learn a digest, and your
    address on the net. What they answer is kept as it came; whom to believe is asked by
    `evidence verify --tsa-root`.

    \b
    Exit codes:
      0  every time-stamp that was asked for is kept
      3  an authority could not be asked, or its answer is none; the others' are kept
    """  # noqa: D301
    from evidence_chain.stamps.request import NONCE_BITS, request_over
    from evidence_db.publishing.policy import read_policy
    from evidence_db.recording.attesting.stamping import newest, store

    session = context.ensure_object(Session)
    case = session.case()
    with case.reader() as reader:
        checkpoint, text = newest(reader)
        behind = reader.size() - checkpoint.size
    if query is not None:
        _write_new(query, request_over(text, secrets.randbits(NONCE_BITS) | 1))
        told: dict[str, object] = {"query": str(query), "size": checkpoint.size}
        session.answer(told, [], lambda: _tell_query(query))
        return
    asked = authorities or (() if files else read_policy(case.root).authorities)
    if not asked and not files:
        raise InputError(
            "Nobody was named to be asked. Give --tsa URL, or name `authorities` in the policy "
            "(`evidence policy`)."
        )
    answers = [] if not files else _kept(case, files)
    failures = _ask_all(asked, checkpoint.size, text, answers)
    with session.writer(case) as writer:
        new = store(writer, answers)
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
    }

    def tell() -> None:
        for one in answers:
            by = flat(one.stamp.authority or "an authority that it does not name")
            said = f"existed before {paint(one.stamp.time_text, bold=True)}, says {by}"
            say(f"The checkpoint of {counted(one.size, 'entry')} {said}.")
        if behind and answers:
            say(f"{counted(behind, 'entry')} came after it: `evidence checkpoint`, then again.")

    for failure in failures:
        say(flat(failure), err=True)
    session.answer(result, [one.stamp.time_text for one in answers], tell)
    context.exit(3 if failures else 0)


def _kept(case: Case, files: tuple[Path, ...]) -> list[Answer]:
    """The answers in these files, each over one of the case's checkpoints."""
    from evidence_chain.stamps.response import MAX_RESPONSE
    from evidence_db.recording.attesting.stamping import read

    answers = []
    with case.reader() as reader:
        for path in files:
            token = read_given(path, f"The time-stamp {path}", MAX_RESPONSE)
            answers.append(read(reader, str(path), token))
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


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise InputError(f"{path} is there already, and is left as it is.") from error


def _tell_query(query: Path) -> None:
    say(f"Wrote {flat(query)}. Send it to an authority, and keep what it answers:")
    say(
        f"  curl -H 'Content-Type: application/timestamp-query' --data-binary @{flat(query)} "
        "URL > answer.tsr"
    )
    say("  evidence timestamp --token answer.tsr")
