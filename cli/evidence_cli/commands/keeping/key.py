"""`evidence key`: the signing key, changed, copied and put back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError, KeyFileError
from evidence_chain.wording.plural import counted
from evidence_cli.options.given import read_given
from evidence_cli.options.signers import agent_key, signer_option
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import flat, paint, say

if TYPE_CHECKING:
    from evidence_db.recording.attesting.rotating import Rotated


@click.group(name="key")
@common
def command() -> None:
    """Change the key that signs the log, or keep a copy of it."""


@command.command()
@click.option("--reason", required=True, metavar="R", help="Why; readers are told.")
@signer_option
@common
@pass_session
def rotate(session: Session, reason: str, signer: Path | None) -> None:
    """Sign with a new key from now on; the old and the new one sign the change.

    Whoever trusts the old key learns the new one from the log. The old key is kept beside it, and
    signs nothing more. A change of keys doesn't undo a theft.
    """
    from evidence_db.recording.attesting.rotating import rotate as change

    case = session.case()
    agent = None if signer is None else agent_key(case, signer)
    done = change(case, session.recorder(), reason, agent)
    result = {
        "previous": str(done.previous),
        "verifier_key": str(done.key),
        "retired": str(done.retired),
        "size": done.checkpoint.size,
        "note": done.checkpoint.note,
    }
    session.answer(result, [str(done.key)], lambda: _tell(done, is_agent=agent is not None))


def _tell(done: Rotated, *, is_agent: bool) -> None:
    size = counted(done.checkpoint.size, "entry")
    say(f"Changed the key: the checkpoint of {size} is signed by both.")
    say(f"Verifier key: {paint(done.key, bold=True)}")
    say("Hand it to readers where the old one stands. Who has the old one can check all the same.")
    say(f"The old key signs nothing more. It is in {paint(done.retired)}; destroy it, and its")
    kept = "of what `ssh-add` reads" if is_agent else "of the new one"
    how = "." if is_agent else ": evidence key backup."
    say(f"copies, once a copy {kept} is in a safe place{how}")


_passphrase_option = click.option(
    "--passphrase-fd",
    "descriptor",
    type=click.IntRange(0),
    metavar="N",
    help="Read the passphrase from this file descriptor, its first line; else it is asked for.",
)
_LONGEST = 1 << 12


@command.command()
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the copy goes: a new file.",
)
@_passphrase_option
@common
@pass_session
def backup(session: Session, output: Path, descriptor: int | None) -> None:
    """Write a copy of the signing key that a passphrase opens (an age file).

    The checkpoints that were signed here go with it, so that no second log is signed by accident.
    Keep it elsewhere than the case, and the passphrase elsewhere than the copy.
    """
    from evidence_db.keeping.key_backup import sealed, to_be_copied

    with session.case().reader() as reader:
        origin = reader.info().origin
    if os.path.lexists(output):
        raise InputError(f"{output} is there already, and is left as it is.")
    key = to_be_copied(origin)
    data = sealed(key, _passphrase(descriptor, confirmed=True))
    try:
        with open(output, "xb", opener=_private) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                output.unlink(missing_ok=True)  # half a copy is none, and looks like one
                raise
    except FileExistsError as error:
        raise InputError(f"{output} is there already, and is left as it is.") from error
    except OSError as error:
        raise KeyFileError(f"The copy can't be written to {output}: {error.strerror}.") from error
    told = f"Wrote a copy of the signing key of {flat(origin)}: {flat(output)}."
    session.answer({"origin": origin, "file": str(output)}, [str(output)], lambda: say(told))


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@_passphrase_option
@common
@pass_session
def restore(session: Session, file: Path, descriptor: int | None) -> None:
    """Put the signing key back from a copy that `evidence key backup` wrote.

    A key that is there is never overwritten.
    """
    from evidence_db.keeping.key_backup import LARGEST
    from evidence_db.keeping.key_backup import restore as put_back

    data = read_given(file, f"The copy {file}", LARGEST)
    done = put_back(data, _passphrase(descriptor, confirmed=False))
    result = {
        "origin": done.origin,
        "verifier_key": str(done.key.verifier),
        "key_file": str(done.path),
        "size": done.size,
    }

    def tell() -> None:
        say(f"The signing key of {flat(done.origin)} is in {paint(done.path)}.")
        say(f"Verifier key: {paint(done.key.verifier, bold=True)}")
        if done.size is None:
            say("No checkpoint is known to have been signed with it. Make sure that none was, or")
            say("two logs of one name may come to be (docs/backup.md).")
        else:
            say(f"The newest checkpoint that is known here has {counted(done.size, 'entry')}.")

    session.answer(result, [str(done.key.verifier)], tell)


def _passphrase(descriptor: int | None, *, confirmed: bool) -> str:
    """The passphrase, asked for on a terminal, twice if it is new, or read; never an argument."""
    if descriptor is None:
        return _asked(confirmed=confirmed)
    try:
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.readline(_LONGEST).decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        detail = f"No passphrase can be read from descriptor {descriptor}: {error}."
        raise InputError(detail) from error


def _asked(*, confirmed: bool) -> str:
    """The passphrase that somebody types, unseen.

    Raises:
        InputError: there is no terminal, where it would be seen or nobody could type it.
    """
    import warnings
    from getpass import GetPassWarning

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            asked: str = click.prompt(
                "Passphrase", hide_input=True, confirmation_prompt=confirmed, err=True
            )
    except GetPassWarning as error:
        raise InputError(
            "There is no terminal here to ask for the passphrase. Give it by --passphrase-fd N, a "
            "file descriptor whose first line it is."
        ) from error
    return asked


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
