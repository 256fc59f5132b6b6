"""The command `evidence`: its commands, loaded when called, and the exit codes."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from evidence_chain import __version__
from evidence_chain.errors import (
    EvidenceError,
    ExtractionError,
    FormatError,
    InputError,
    KeyFileError,
    LeakError,
    PassageError,
    ProofError,
    RuleError,
    StorageError,
    UncheckedError,
)
from evidence_cli.session import Session, common
from evidence_cli.terminal import clean, say, say_json
from evidence_cli.typos import Suggesting
from evidence_cli.usage import note_json, usage_told

HELD, FAILED, USAGE, NOT_CHECKED, IO, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 4, 130, 141
"""Exit codes; the last two are those of programs that SIGINT and SIGPIPE end."""
_EXIT_CODES: dict[type[EvidenceError], int] = {
    PassageError: FAILED,
    LeakError: FAILED,
    ProofError: FAILED,
    FormatError: FAILED,
    InputError: USAGE,
    RuleError: USAGE,
    ExtractionError: NOT_CHECKED,
    UncheckedError: NOT_CHECKED,
    KeyFileError: IO,
    StorageError: IO,
}

VERBOSE = f"{__name__}.verbose"

COMMANDS = {
    "init": "Make a new case.",
    "add": "Preserve a file, or record a passage of one.",
    "quote": "Preserve a document, record a passage of it, link it to a claim: all at once.",
    "capture": "Get pages of the web with a browser, and preserve them.",
    "claim": "Record a claim.",
    "link": "Say how a record bears on a claim.",
    "unlink": "Take such a link back.",
    "retract": "Say that a record no longer stands.",
    "replace": "Put a record in the place of another.",
    "amend": "Correct what describes a record.",
    "review": "Say that you looked at a claim or a passage.",
    "handover": "Record that something changed hands.",
    "erase": "Destroy a record for good; its place in the log stays.",
    "status": "Tell what is left to do, and by which command.",
    "resolve": "Show the chain that a claim rests on.",
    "show": "Show one record.",
    "list": "List records.",
    "locate": "Look for a passage in a file: is it there, and the same?",
    "inspect": "Tell what a file gives away besides what it shows.",
    "search": "Find words in claims, passages and documents.",
    "log": "Show the log.",
    "checkpoint": "Sign the log as it stands.",
    "cosign": "Have witnesses sign that the log only grew.",
    "timestamp": "Have authorities say that the newest checkpoint existed.",
    "verify": "Check everything, or what one claim rests on.",
    "policy": "Say what must be so before anything is published.",
    "withhold": "Withhold records or fields from editions.",
    "disclose": "Disclose what is withheld.",
    "withheld": "List what is withheld, why, and what goes with it.",
    "publish": "Publish claims with all that they rest on, as an edition.",
    "proofread": "Look up every quotation of an article in the case.",
    "leaks": "Search files for what the case withholds.",
    "report": "Write a report on claims, to be printed and signed by people.",
    "proof": "Write the proof of one record that travels alone.",
    "check": "Check an edition that a newsroom published.",
    "verifier": "Write verify.html, which checks editions in a browser.",
    "serve": "Show a case in the browser, with Datasette.",
    "import": "Record a table of quotes, a folder of documents, or a whole case.",
    "key": "Change the signing key, or keep a copy of it.",
    "export": "Write the lines of the log for verification on many machines.",
    "copy": "Copy a case, while others read and record.",
    "tidy": "List what crashes left, or remove it.",
    "demo": "Make an invented case, and break it.",
}
"""Each command's line of help."""
_ROOMS = {
    "recording": "init review handover",
    "recording.adding": "add quote capture import",
    "recording.claiming": "claim link unlink",
    "recording.correcting": "retract replace amend",
    "recording.signing": "checkpoint timestamp cosign",
    "reading": "status resolve show list locate inspect search log serve",
    "publishing": "verify policy withhold disclose withheld publish leaks proofread proof report "
    "check verifier",
    "keeping": "erase copy tidy key export",
}
"""The folders of `commands`, each command in a file of its name; `demo` stands by itself."""
_RESERVED = {"import": "import_case", "list": "list_records"}
"""The files of the commands whose names Python keeps for itself."""


def _module(name: str) -> str:
    """Where the code of a command is."""
    rooms = [f"{room}." for room, names in _ROOMS.items() if name in names.split()]
    return f"evidence_cli.commands.{''.join(rooms)}{_RESERVED.get(name, name)}"


class CommandError(click.ClickException):
    """An error of ours, as click shows it: one message, no traceback, an exit code."""

    def __init__(self, error: EvidenceError, *, as_json: bool) -> None:
        super().__init__(clean(error))
        kinds = type(error).__mro__
        self.exit_code = next(_EXIT_CODES[kind] for kind in kinds if kind in _EXIT_CODES)  # type: ignore[misc]
        self._as_json = as_json

    def show(self, file: Any = None) -> None:  # noqa: ANN401
        if self._as_json:
            say_json({"error": self.message, "exit_code": self.exit_code})
        super().show(file)


class LazyGroup(Suggesting):
    """A group that imports a command only when it is called."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401
        """Run; an error that nobody reads the words of ends as a closed pipe, too."""
        try:
            return super().main(*args, **extra)
        except BrokenPipeError as error:
            raise SystemExit(_pipe_closed().exit_code) from error

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401
        """Read the command's words, and answer `--help`."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError as error:
            raise _pipe_closed() from error

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note how to answer, for what is told before a command has read its options."""
        note_json(ctx, args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a shell that completes it with what may stand in it."""
        name, command, rest = super().resolve_command(ctx, args)
        if ctx.resilient_parsing and command is not None:
            from evidence_cli.completing import completing

            command = completing(name or "", command)
        return name, command, rest

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(_module(cmd_name)).command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        session = ctx.ensure_object(Session)
        try:
            with usage_told(ctx):
                return super().invoke(ctx)
        except KeyboardInterrupt as error:
            told = str(error) or "Nothing that was not finished is recorded."
            click.echo(f"\nInterrupted. {told}", err=True)
            ctx.exit(INTERRUPTED)
        except click.MissingParameter as error:
            hint = error.param.help if isinstance(error.param, click.Option) else None
            raise click.MissingParameter(hint, error.ctx, error.param) from error
        except EvidenceError as error:
            raise CommandError(error, as_json=session.json) from error
        except BrokenPipeError as error:
            raise _pipe_closed() from error
        except OSError as error:
            failure = StorageError(f"{error.filename or 'A file'}: {error.strerror}.")
            raise CommandError(failure, as_json=session.json) from error
        except MemoryError as error:  # which would end with 1, as a check that failed
            failure = StorageError(
                "There is too little memory to go on, so nothing is told. Free some, and try again."
            )
            raise CommandError(failure, as_json=session.json) from error


def _pipe_closed() -> click.exceptions.Exit:
    """End as other programs do when whoever reads the output has had enough.

    click would end with 1, which says here that a check failed. What was not written yet goes
    nowhere, since Python complains if it can't be written at the end.
    """
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return click.exceptions.Exit(PIPE_CLOSED)


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    say(f"evidence, version {__version__}")
    if context.meta[VERBOSE]:
        from evidence_chain.edition.browser import digest
        from evidence_chain.extract.guard.probe import isolation

        for sentence in isolation().sentences():
            say(sentence)
        say(f"verify.html, which `evidence verifier` writes, has the SHA-256 {digest()}.")
    context.exit()


def _store_verbose(context: click.Context, _: click.Parameter, asked: bool) -> None:
    context.meta[VERBOSE] = asked


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@common
@click.option(
    "--verbose",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_store_verbose,
    help="With --version: say, too, how parsers are confined here, and the digest of verify.html.",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """Claims that resolve to preserved passages in a log that nobody can rewrite unnoticed.

    Start with `evidence demo`, or with `evidence init --origin newsroom.example/case`.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False
