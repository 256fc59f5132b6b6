"""`evidence verifier`."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_cli.new_file import write_new
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, say


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("verify.html"),
    show_default=True,
    metavar="FILE",
    help="Where it goes. - writes it to standard output.",
)
@common
@click.pass_context
def command(context: click.Context, output: Path) -> None:
    """Write verify.html: one page that checks editions in a browser, offline.

    Publish it, its SHA-256 and your verifier key elsewhere than your editions: a reader should take
    a verifier from somebody else than what is checked with it.
    """
    from evidence_chain.edition.browser import digest, verifier

    session = context.ensure_object(Session)
    if str(output) == "-":
        click.echo(verifier(), nl=False)
        return
    write_new(output, verifier(), "The verifier")
    result = {"file": str(output), "sha256": digest()}
    session.answer(
        result, [digest()], lambda: say(f"Wrote {flat(output)}, which has the SHA-256 {digest()}.")
    )
