"""The text of one page of an archive, marked with where it came from and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract import charsets, html
from evidence_chain.extract.joining import wrap
from evidence_chain.extract.stream import Drawn, MarkKind
from evidence_chain.extract.warc.inside import PAGES

if TYPE_CHECKING:
    from evidence_chain.extract.warc.reading import Record

_LOOKED_AT = 1024
"""Bytes in which a page must name its charset."""
_SHOWN = 40
"""Characters that are told of a label that isn't known."""


def drawn(record: Record, media_type: str) -> Drawn:
    """The text of a page."""
    found, guess = (_page if media_type in PAGES else _plain)(record)
    found = wrap(found, MarkKind.GUESSED, guess) if guess else found
    found = wrap(found, MarkKind.CAPTURED, record.date) if record.date else found
    return wrap(found, MarkKind.RESPONSE, record.url)


def _plain(record: Record) -> tuple[Drawn, str]:
    """The text of a file that is plain, and why its letters are a guess, if so."""
    data, label = record.content, record.charset
    if mark := charsets.marked(data):
        return Drawn(charsets.decode_replacing(data[mark[1] :], mark[0])[0], {}), ""
    text, charset = charsets.decode_by_ladder(data, label)
    return Drawn(text, {}), _guess(label, charset)


def _page(record: Record) -> tuple[Drawn, str]:
    """The text of HTML: by its byte-order mark, the server's word, or the page's own."""
    data, label = record.content, record.charset
    mark, declared = charsets.marked(data), charsets.known(label)
    found = None if mark else charsets.decode_strictly(data, [declared])
    if found:
        guess = ""
    else:
        markup, options = html.decode(data)
        found = markup, str(options["charset"])
        named = mark or b"charset" in data[:_LOOKED_AT].lower()
        guess = "" if named else _guess(label, found[1])
        if options["replaced"]:
            guess = f"it says {found[1]} and is not; what is not valid was replaced"
    text, marks = html.draw(found[0])
    return Drawn(text, {}, marks), guess


def _guess(label: str | None, charset: str) -> str:
    """Why a charset is a guess; that which the server declared is none."""
    declared = charsets.known(label)
    if charset == declared:
        return ""
    return charsets.why_guessed(label and label[:_SHOWN], declared, charset) or ""
