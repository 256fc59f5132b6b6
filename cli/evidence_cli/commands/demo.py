"""`evidence demo`."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from contextlib import chdir, contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import InputError
from evidence_cli.session import Session, common
from evidence_cli.terminal import paint, say

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIGIN = "demo.example/calm-streets"
TYPED = "We were told where the cameras would stand."
SAID = "We were never told where the cameras would stand."
SIGNED = "our engineers signed the table of positions on 5 February 2031, as every bidder had to."
IN_ENGLISH = (
    "Before handing in its bid, each bidder shall send staff to inspect the site, check one by one "
    "the position of every camera listed in Annex 2, and sign the table of positions."
)
NOTE = "The article quotes it, and the table of positions that speaks against it."
ON_PURPOSE = (
    *("--override", "inspected:documents/contract-draft.docx"),
    *("--because", "The draft is published for the words that were deleted from it."),
)
_WRONG = 1
"""How a command ends that finds what is wrong, or what a person must look at."""
DELETED = "The contractor asks for an export licence before it delivers."


@click.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path))
@common
def command(directory: Path | None) -> None:
    """Make an invented case in DIRECTORY, publish it, check it, and break it.

    Without DIRECTORY a temporary one is used and removed in the end.
    """
    if directory is not None:
        if directory.exists() and any(directory.iterdir()):
            raise InputError(f"{directory} is not empty. Name a new directory for the demo.")
        directory.mkdir(parents=True, exist_ok=True)
        _play(directory)
        say(f"\nThe case is in {paint(directory / 'case')}. Its key is in the same place, which")
        say("is fit for a demo only: a real key lies outside the case.")
        return
    with tempfile.TemporaryDirectory(prefix="evidence-demo-") as temporary:
        _play(Path(temporary))


def _play(directory: Path) -> None:
    with resources.as_file(resources.files("evidence_cli") / "demo_case") as documents:
        shutil.copytree(documents, directory / "documents")
    with chdir(directory), _environment():
        _run("init", "case", "--origin", ORIGIN)
        _run("import", "documents/case.json")
        say("\n# A reply arrives. The quote lacks one word, so it is refused:")
        _run("add", "artifact", "documents/answer.eml")
        reply = ("add", "response-email", "--artifact", "documents/answer.eml", "--text")
        _run(*reply, TYPED, ends_with=_WRONG)
        _run(*reply, SAID)
        said = ("--contradicts", "--note", NOTE)
        _run("link", _newest("evidence/response-email"), "quillmar-knew", *said)
        say("\n# Asked again, the firm answers otherwise, in an e-mail that it signed:")
        _run("add", "artifact", "documents/request.eml")
        signed = ("--answers", "documents/request.eml", "--dkim-key", "documents/quillmar.dkim.txt")
        _run("add", "response-email", "documents/reply.eml", *signed, "--text", SIGNED)
        _run("link", _newest("evidence/response-email"), "quillmar-knew", "--supports")
        say("\n# A clause of the tender as it was published, and its translation:")
        clause = _newest("evidence/tender-clause")
        words = ("--text", IN_ENGLISH, "--language", "en", "--translator", "Jo Tannen")
        _run("add", "translation", "--of", clause, *words)
        say("\n# Words that somebody deleted from a draft are found, and flagged:")
        _run("locate", "documents/contract-draft.docx", "--text", DELETED, ends_with=_WRONG)
        _run("checkpoint")
        say("\n# Two records support this claim, and both repeat one press release:")
        _run("resolve", "quillmar-won")
        say("\n# What does the claim that matters rest on?")
        _run("resolve", "Quillmar", "knew")
        say("\n# Check everything before publication:")
        _run("verify")
        say("\n# Somebody changes one byte of a preserved file:")
        _flip_a_byte("tender.txt")
        _run("verify", ends_with=_WRONG)
        _flip_a_byte("tender.txt")
        say("\n# With the file as it was: publish the claims, with all that they rest on:")
        _run("publish", "edition", *ON_PURPOSE)
        say("\n# A reader, who has the edition and the newsroom's key and nothing else, checks it:")
        _run("check", "edition", "--key", _verifier_key())
        say("\n# Somebody changes one letter of a quote in it:")
        _change_a_letter(Path("edition/data/log.jsonl"))
        _run("check", "edition", "--key", _verifier_key(), ends_with=_WRONG)


def _run(*words: str, ends_with: int = 0) -> None:
    """Print a command as it would be typed, and run it.

    Raises:
        click.exceptions.Exit: it ended otherwise than it is to end here, with which nothing of
            what follows would be what is said of it.
    """
    from evidence_cli.main import PIPE_CLOSED, main

    say()
    say(paint(f"$ evidence {shlex.join(words)}", bold=True))
    try:
        ended = main.main(list(words), prog_name="evidence", standalone_mode=False, obj=Session())
        code = int(ended or 0)
    except click.ClickException as error:
        say(f"Error: {error.format_message()}")
        code = error.exit_code
    if code != ends_with:
        if code != PIPE_CLOSED:
            say(f"The demo ends here: `evidence {words[0]}` ended with {code}.", err=True)
        raise click.exceptions.Exit(code or 1)


@contextmanager
def _environment() -> Iterator[None]:
    """The demo's own case, key and recorder; the user's are left alone."""
    own = {"EVIDENCE_CASE": "case", "EVIDENCE_KEY": "signing.key", "EVIDENCE_BY": "demo"}
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _newest(kind: str) -> str:
    from evidence_db.case import Case

    with Case.find().reader() as reader:
        *_, record = reader.listing(kind)
        return record.id[:8]


def _verifier_key() -> str:
    from evidence_db.store.keys.key_file import load_key

    return str(load_key(ORIGIN).verifier)


def _change_a_letter(log: Path) -> None:
    log.write_text(log.read_text().replace("We were never told", "We were never sold"))


def _flip_a_byte(filename: str) -> None:
    from evidence_db.case import Case

    case = Case.find()
    with case.reader() as reader:
        (record,) = [one for one in reader.listing("artifact") if one.body["filename"] == filename]
    path = case.files.path(record.body["blake3"])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
