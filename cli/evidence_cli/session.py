"""What every command shares: its case, who records, and how it answers."""

from __future__ import annotations

import os
from shlex import quote
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evidence_chain.errors import InputError
from evidence_cli.terminal import say, say_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_db.case import Case
    from evidence_db.recording.writer import Writer

BY = "EVIDENCE_BY"
Command = TypeVar("Command", bound="Callable[..., Any]")


class Session:
    """The options that every command takes."""

    case_path: str | None = None
    by: str | None = None
    json = False
    quiet = False

    def case(self, *, published: bool = False) -> Case:
        """The case that is meant.

        Args:
            published: Whether it may be an edition, which is read and nothing else.

        Raises:
            InputError: there is none, or it is an edition and must not be one.
        """
        from pathlib import Path

        from evidence_db.case import Case

        case = Case.find(Path(self.case_path) if self.case_path else None)
        if case.edition is not None and not published:
            raise InputError(
                f"{case.edition} is an edition, which nobody changes. To check it: evidence check "
                f"{quote(str(case.edition))} --key VKEY, with the newsroom's key from elsewhere. "
                "It is read with list, show, resolve, search, log, withheld and serve; all else is "
                "done in the case that it was published of."
            )
        return case

    def recorder(self) -> str:
        """Who records: `--by`, else `EVIDENCE_BY`, else the account's name."""
        if name := self.by or os.environ.get(BY):
            return name
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError) as error:
            raise click.UsageError(f"Who records this? Give --by or set {BY}.") from error

    def writer(self, case: Case) -> Writer:
        """A transaction on `case`."""
        from evidence_db.recording.writer import Writer

        return Writer(case, self.recorder())

    def answer(self, result: Any, ids: list[str], lines: Callable[[], None]) -> None:  # noqa: ANN401
        """Answer as asked: JSON, ids alone, or lines for people."""
        if self.json:
            say_json(result)
        elif self.quiet:
            for id_ in ids:
                say(id_)
        else:
            lines()


def _store(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401
    if value and parameter.name:
        setattr(context.ensure_object(Session), parameter.name, value)


_OPTIONS = (
    click.option(
        "--case",
        "case_path",
        type=click.Path(),
        metavar="DIR",
        help="The case's directory; else EVIDENCE_CASE, else found upwards from here.",
        expose_value=False,
        callback=_store,
    ),
    click.option(
        "--by",
        metavar="NAME",
        help="Who records; else EVIDENCE_BY, else your account's name.",
        expose_value=False,
        callback=_store,
    ),
    click.option(
        "--json", is_flag=True, help="Answer in JSON.", expose_value=False, callback=_store
    ),
    click.option(
        "--quiet",
        "-q",
        is_flag=True,
        help="Print ids alone.",
        expose_value=False,
        callback=_store,
    ),
)


def common(command: Command) -> Command:
    """Give a command the options that all commands take."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


pass_session = click.make_pass_decorator(Session, ensure=True)
"""Give a command its `Session` as the first argument."""
