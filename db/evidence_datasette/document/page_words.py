"""The words of a page with their places, to be picked on its picture as they are in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_datasette.document.page_view import page_marks, preserved
from evidence_datasette.document.texts import chosen_of, streams_of, text_of

if TYPE_CHECKING:
    from evidence_chain.extract.pages.page import PageWords
    from evidence_datasette.document.page_drawer import Preserved
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

Json = dict[str, Any]
PAGE_END = "\f"
"""What the part of a stream ends with that is a page's."""


def page_in_text(
    case: Case, reader: Reader, document: Record, digest: str, page: int
) -> tuple[Preserved, int, str]:
    """The file to look into, where a page begins in the text that is shown, and what it says there.

    Raises:
        InputError: no page of it may or can be shown, or its text is not kept here.
    """
    shown = preserved(case, document)
    stream = chosen_of(streams_of(case, reader, document), digest)
    found = None if stream is None else text_of(case, document, stream)
    if shown is None or found is None:
        raise InputError("No page or no text of this document is here, so nothing can be picked.")
    for mark in page_marks(reader, stream, found):
        if mark.detail == str(page):
            return shown, mark.start, found.text[mark.start : mark.end]
    raise InputError(f"The text that is shown has no page {page}.")


def placed_words(words: PageWords, start: int, part: str) -> Json:
    """The words with their places in the stream, `at`, and on the page, `box`.

    A box is left, top, right, bottom, in the unit of the size of the page.

    Raises:
        InputError: the page is read otherwise today than the text that is shown has it.
    """
    if words.text + PAGE_END != part:
        raise InputError(
            "This page is read otherwise today than in the text that is shown, by another version "
            "or without what read it then. Select the words in the text."
        )
    text = words.text
    return {
        "words": [
            {"at": start + one.start, "text": text[one.start : one.end], "box": list(one[2:])}
            for one in words.words
        ]
    }
