"""`evidence erase`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, flat, say, wrapped

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.keeping.erasing import Erased
    from evidence_db.keeping.erasing.closure import Closure
    from evidence_db.keeping.erasing.traces import Trace
    from evidence_db.reading.reader import Reader

_AT_PASSAGE = "selector"
"""The field with the words of a passage, and of those before and after it."""
_DIGITS = 8
"""Digits of the id that have to be typed."""
_BEYOND = (
    "Out of reach: backups and copies of the case, editions and proofs that were handed out, what "
    "the disk itself keeps of files that were removed, and what you noted elsewhere. See to those "
    "yourself."
)

_VERSIONS = (
    "The bucket that holds the files may keep earlier versions of what is removed from it, locks, "
    "replicas and backups: remove those there."
)


@click.command()
@click.argument("reference", metavar="REF", required=False)
@click.option("--reason", help="Why; it is sealed, stays, and readers are told.")
@click.option(
    "--with-passages",
    is_flag=True,
    help="Erase, too, what was drawn from a file, unpacked from it, or translates a passage.",
)
@click.option("--yes", is_flag=True, help="Don't ask for the id to be typed.")
@click.option("--finish", "finishing", is_flag=True, help="Complete an erasing that was cut short.")
@common
@pass_session
def command(
    session: Session,
    reference: str | None,
    reason: str | None,
    *,
    with_passages: bool,
    yes: bool,
    finishing: bool,
) -> None:
    """Destroy REF for good: its values, what opens them, its file. Nobody can take that back.

    Its entry stays in the log, with the reason, and every proof of the others holds. What goes with
    it, what stays, and what is out of reach is told before.
    """
    if finishing:
        _finish(session)
        return
    if reference is None or not (reason or "").strip():
        raise click.UsageError("Say what is to be erased, and why: evidence erase REF --reason …")
    from evidence_db.keeping.erasing import erase, look_for_traces, plan
    from evidence_db.reading.references import find_record

    case, why = session.case(), str(reason).strip()
    with case.reader() as reader:
        record = find_record(reader, reference, files=case.files)
        closure = plan(case, record.index, why, with_passages=with_passages)
        _foretell(case, reader, closure)
    if not yes:
        _ask(record.id)
    erased = erase(case, session.writer(case), closure, why)
    traces = look_for_traces(case, erased)
    session.answer(
        _as_json(erased, traces),
        [one.id for one in erased.erasures],
        lambda: _tell(erased, traces),
    )


def _finish(session: Session) -> None:
    from evidence_db.keeping.erasing.finishing import alone, finish

    case = session.case()
    with alone(case):
        done = finish(case)
    said = "The erasing is complete." if done else "No erasing was cut short."
    session.answer({"finished": done}, [], lambda: say(said))


def _foretell(case: Case, reader: Reader, closure: Closure) -> None:
    from evidence_db.publishing.earlier import earlier_editions
    from evidence_db.reading.references import describe

    say(f"To be erased for good: {flat(describe(closure.asked))} ({closure.asked.id}).", err=True)
    for index, because in sorted(closure.goes.items()):
        say(wrapped(f"with it {describe(reader.record(index))}: {because}", "  "), err=True)
    for index, because in sorted(closure.stays.items()):
        say(wrapped(f"stays {describe(reader.record(index))}: {because}", "  "), err=True)
    for one in earlier_editions(case.root):
        told = f"The edition of {one['made']} ({one.get('where', '?')}) keeps what it disclosed."
        say(wrapped(told), err=True)
    say(wrapped(_BEYOND), err=True)
    if not case.files.may_fork:
        say(wrapped(_VERSIONS), err=True)


def _ask(id_: str) -> None:
    """Have the id typed.

    Raises:
        click.UsageError: there is nobody to ask.
        click.Abort: something else was typed.
    """
    if not (sys.stdin and sys.stdin.isatty()):
        raise click.UsageError(
            "Nobody is at a terminal to type the id. Give --yes if it is to be erased all the "
            "same. Nothing was erased."
        )
    typed = click.prompt(f"Type its id, or the first {_DIGITS} digits", err=True).strip().lower()
    if len(typed) < _DIGITS or not id_.startswith(typed):
        say("That is not its id. Nothing was erased.", err=True)
        raise click.Abort


def _as_json(erased: Erased, traces: list[Trace]) -> dict[str, Any]:
    return {
        "erased": [
            {"id": one.id, "index": one.index, "kind": "erasure"} for one in erased.erasures
        ],
        "records": erased.closure.indexes,
        "files": len(erased.files),
        "traces": [one._asdict() for one in traces],
    }


def _tell(erased: Erased, traces: list[Trace]) -> None:
    from evidence_chain.wording.plural import counted

    gone = counted(len(erased.closure.indexes), "record")
    say(f"Erased {gone} and {counted(len(erased.files), 'file')}.")
    for one in traces:
        where = one.where.replace(f"{_AT_PASSAGE} of", "the words at the passage of", 1)
        what = "Words at its passage" if one.field == _AT_PASSAGE else f"A value of {one.field}"
        verb = "still stand" if one.field == _AT_PASSAGE else "still stands"
        say(f"{clean(what)} {verb} in {clean(where)}.")
    if not traces:
        say("No value of it was found in what stays. What is compressed was not searched.")
    say("The log goes on from it: sign it with `evidence checkpoint`.")
