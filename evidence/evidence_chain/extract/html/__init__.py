"""HTML: all that a reader sees, block by block, and after it what is hidden.

E-mails and web archives have HTML read here, and nothing here knows of them. The tree is that of
browsers (turbohtml); `style/` knows what style sheets say, `written/` how lines are laid out.

Nothing is taken for boilerplate, and the words that are seen follow one another as they are seen.
What stands among them unseen comes after them all, a line for each piece, marked as hidden and
why. Where it would have stood a mark of no length says so. So do marks where a picture, a counter
or something moved stands in a line. What may be hidden stays where it is, marked so too. Marks of
notes, readings (`<rt>`) and the `alt` of pictures stand aside.

`<del>` and `<s>` are marked where they stand, and so are `<ins>` and what is filled into forms.
What is raised becomes Unicode's where it has it ("10²"). Lines that are written otherwise than
they are shown (`<q>`, capitals by style), and lists with their numbers, are given once more at the
end. Not known here: scripts, style sheets that lie elsewhere, what is laid over a text. Not taken:
`title`, `placeholder` and ARIA labels, comments, `<noscript>` and `<template>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract import charsets
from evidence_chain.extract.html.declared import declaration
from evidence_chain.extract.joining import wrap
from evidence_chain.extract.stream import Drawn, MarkKind

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json
    from evidence_chain.extract.html.states import Cites
    from evidence_chain.extract.stream import Mark

NAME = "evidence-chain/html"
VERSION = "5"
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
GUARDED = True

_SOUND = 4
"""How many letters beyond ASCII are valid for each one that isn't, in a page of its charset."""


def extract(file: BinaryIO) -> Drawn:
    """Return the text that is seen, then the rest, and what was decided on the way."""
    from importlib.metadata import version

    from evidence_chain.extract.html.page import Page

    markup, options = decode(file.read())
    page = Page(markup)
    options |= {"parser": f"turbohtml {version('turbohtml')}"}
    options |= {f"{name}_not_read": count for name, count in page.unread.items() if count}
    text, marks = page.finish()
    drawn = Drawn(text, options, marks)
    guess = options.get("guessed")
    return wrap(drawn, MarkKind.GUESSED, str(guess)) if guess and text else drawn


def draw(markup: str) -> tuple[str, list[Mark]]:
    """Return the text of `markup`, seen and then hidden, and the marks in it."""
    return draw_apart(markup)[:2]


def draw_apart(markup: str, cites: Cites | None = None) -> tuple[str, list[Mark], int]:
    """Return the same, and how many characters of the text are seen where they stand.

    Args:
        markup: a page.
        cites: whether an element quotes somebody else, by its tag and classes; what is in such an
            element is marked so.
    """
    from evidence_chain.extract.html.page import Page

    page = Page(markup, cites)
    seen = page.seen.length
    return *page.finish(), seen


def visible(markup: str) -> tuple[str, int]:
    """Return the text that is seen alone, and the number of hidden characters left out."""
    from evidence_chain.extract.html.page import Page

    page = Page(markup)
    return page.seen.finish()[0], page.hidden


def decode(data: bytes) -> tuple[str, dict[str, Json]]:
    """Decode a page as browsers do: by its byte-order mark or its declaration, else as UTF-8.

    Returns the text, `charset`, `replaced`: how many characters were put in for bytes that mean
    nothing in it; and `guessed`, why the charset is a guess, where it is one.
    """
    mark, declared = charsets.marked(data), declaration(data)
    if mark:
        text, replaced = charsets.decode_replacing(data[mark[1] :], mark[0])
        return text, {"charset": mark[0], "replaced": replaced}
    if found := charsets.decode_strictly(data, [declared, "utf-8"]):
        options: dict[str, Json] = {"charset": found[1], "replaced": 0}
        if declared and found[1] != declared:
            options["guessed"] = f"it says {declared} and is not; read as {found[1]}"
        return found[0], options
    charset = "windows-1252" if declared in (None, "ascii") else declared
    text, replaced = charsets.decode_replacing(data, charset)
    options = {"charset": charset, "replaced": replaced}
    if charset != declared:
        options["guessed"] = charsets.why_guessed(declared, declared, charset)
    elif replaced * _SOUND > sum(not char.isascii() for char in text) - replaced:
        options["guessed"] = f"it says {declared} and is not; what is not valid was replaced"
    return text, options
