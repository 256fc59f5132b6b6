"""`evidence quote`: document, passage and claim in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evidence_chain import kinds
from evidence_chain.errors import InputError
from evidence_cli.kind_command import passage_options, read_text, record_passage
from evidence_cli.session import Session, common, pass_session

_KIND = kinds.evidence_kind("quote")
_ABOUT = ("url", "title", "retrieved_at")
_DOCUMENT = [
    click.Option([field.option, field.name], help=f"Of the document, if it is new: {field.help}")
    for field in kinds.ARTIFACT.asked
    if field.name in _ABOUT
]


@click.command(params=[*passage_options(_KIND), *_DOCUMENT])
@click.argument("source")
@click.argument("text", required=False)
@click.option("--from-clipboard", is_flag=True, help="Take the passage from the clipboard.")
@common
@pass_session
def command(
    session: Session,
    /,
    source: str,
    text: str | None,
    from_clipboard: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Preserve a document if it is new, and record a passage of it, and what it says to a claim.

    SOURCE is a file, a record of one, or the address that one was recorded with; a link to words
    of a page (#:~:text=) names the passage, too. TEXT is the passage, word for word; - reads it
    from standard input. "First words … last words" picks all that stands between them, where just
    one passage begins and ends so; "[…]" says that the quote leaves something out.
    """
    from evidence_chain.text import ends_of, split_link

    named, ends = split_link(source) if _is_address(source) else (source, None)
    given = _clipboard() if from_clipboard else None
    if given is not None and text is not None:
        raise click.UsageError("Give the passage as TEXT or take it from the clipboard, not both.")
    words = read_text(text if given is None else given, options.pop("text_file"))
    if words is None and ends is None:
        raise InputError("Which passage is it? Type it after the document, or name a --text-file.")
    if words is not None:
        ends = ends_of(words)
    about = {name: value for name in _ABOUT if (value := options.pop(name))}
    for name, value in about.items():
        kinds.ARTIFACT.check(name, value)
    file = Path(named)
    document = file if file.is_file() else named
    record_passage(session, _KIND, document, words, options, ends=ends, about=about)


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _clipboard() -> str:
    """The words in the clipboard.

    Raises:
        InputError: there are none, or no program that would tell them.
    """
    import pyperclip

    try:
        found = pyperclip.paste()
    except pyperclip.PyperclipException as error:
        raise InputError(
            "The clipboard can't be read here: it needs wl-clipboard, xclip or xsel. Type the "
            "passage, or give it on standard input with -."
        ) from error
    if not found.strip():
        raise InputError("There is no text in the clipboard. Copy the passage first.")
    return str(found)
