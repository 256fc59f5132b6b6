"""The text of one page of an archive, marked with where it came from and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract import charsets, html
from evidence_chain.extract.joining import wrap
from evidence_chain.extract.stream import Drawn, MarkKind
from evidence_chain.extract.warc.inside import PAGES

if TYPE_CHECKING:
    from evidence_chain.extract.warc.reading import Record


def drawn(record: Record, media_type: str) -> Drawn:
    """The text of a page."""
    found = _page(record) if media_type in PAGES else Drawn(_plain(record), {})
    found = wrap(found, MarkKind.CAPTURED, record.date) if record.date else found
    return wrap(found, MarkKind.RESPONSE, record.url)


def _plain(record: Record) -> str:
    data, mark = record.content, charsets.marked(record.content)
    if mark:
        return charsets.decode_replacing(data[mark[1] :], mark[0])[0]
    return charsets.decode_by_ladder(data, record.charset)[0]


def _page(record: Record) -> Drawn:
    """The text of HTML: by its byte-order mark, the server's word, or the page's own."""
    data = record.content
    declared = charsets.known(record.charset)
    found = None if charsets.marked(data) else charsets.decode_strictly(data, [declared])
    markup = found[0] if found else html.decode(data)[0]
    text, marks = html.draw(markup)
    return Drawn(text, {}, marks)
