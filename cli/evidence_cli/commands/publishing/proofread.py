"""`evidence proofread`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, progress, say

if TYPE_CHECKING:
    from evidence_chain.article import Article
    from evidence_db.proofreading import Proof

_STDIN = "-"


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--claims", is_flag=True, help="List sentences that use the words of a claim, too, beside it."
)
@click.option(
    "--html",
    "copy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a marked copy into a new file, each quotation with its card.",
)
@common
@click.pass_context
def command(
    context: click.Context, articles: tuple[str, ...], claims: bool, copy: Path | None
) -> None:
    """Look up every quotation of an article, word for word, in the case.

    ARTICLE is a DOCX, ODT, HTML, Markdown or plain text file, or - for standard input. Nothing is
    recorded, and nothing of the article is kept.

    \b
    Exit codes:
      0  every quotation stands in the case as it is quoted
      1  one differs, stands nowhere, has another or a withheld speaker, or needs a person
      2  the command was not understood
      3  the article, or a document that may hold a quotation, could not be read
    """  # noqa: D301
    from evidence_cli.main import FAILED, HELD, NOT_CHECKED
    from evidence_cli.views.published.proofread import lines
    from evidence_db.proofreading import proofread
    from evidence_db.publishing.policy import read_policy
    from evidence_db.publishing.selection import selection_by

    session = context.ensure_object(Session)
    case = session.case(published=True)
    read = [(name, _read(name)) for name in articles]
    with case.reader() as reader, progress() as show:
        hidden = selection_by(reader, read_policy(case.root)).hidden
        proofs = [
            proofread(case, reader, article, name, claims=claims, hidden=hidden, progress=show)
            for name, article in read
        ]
    if copy is not None:
        _write(copy, proofs)
    wrong = [str(one.wanted.text) for proof in proofs for one in proof.wrong]
    lost = [str(one.wanted.text) for proof in proofs for one in proof.not_looked]

    def tell() -> None:
        for proof in proofs:
            for line in lines(proof):
                say(line)
        if copy is not None:
            say(f"The marked copy is in {flat(copy)}.")

    session.answer(
        {"articles": [one.as_json() for one in proofs]}, list(map(flat, [*wrong, *lost])), tell
    )
    context.exit(FAILED if wrong else NOT_CHECKED if lost else HELD)


def _read(name: str) -> Article:
    from evidence_chain.article import LARGEST, read, read_bytes
    from evidence_db.store.incoming import refuse_address

    if name == _STDIN:
        return read_bytes(sys.stdin.buffer.read(LARGEST + 1), "standard input")
    refuse_address(name)
    return read(Path(name))


def _write(copy: Path, proofs: list[Proof]) -> None:
    """Write the marked copy, which must not be there yet: it may hold what isn't published."""
    import os

    from evidence_chain.errors import InputError
    from evidence_datasette.article import marked_copy

    try:
        descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise InputError(f"{copy} is there already. Name a new file for the copy.") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(marked_copy(proofs))
