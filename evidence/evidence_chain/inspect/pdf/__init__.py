"""What a PDF gives away: words that aren't seen, what is around its pages, earlier revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_chain.inspect.finding import Finding


def look(data: bytes) -> tuple[list[Finding], list[str], list[tuple[str, bytes]]]:
    """What a PDF gives away, what could not be looked into, and the files in it.

    Raises:
        ExtractionError: it needs a password, or can't be opened.
    """
    from evidence_chain.extract.pdf.file import attachments, open_pdf
    from evidence_chain.inspect.pdf.around import around
    from evidence_chain.inspect.pdf.crops import pictured
    from evidence_chain.inspect.pdf.properties import properties
    from evidence_chain.inspect.pdf.revisions import earlier
    from evidence_chain.inspect.pdf.words import Words

    with open_pdf(data) as document:
        words = Words(document)
        found = words.findings()
        found += around(document, words.hidden)
        older, unread = earlier(document, data)
        parts = [(part.name, part.content) for part in attachments(document)]
        found = pictured(document, found + older)
    more, unchecked = properties(data)
    return found + more, [*words.unchecked, *unread, *unchecked], parts
