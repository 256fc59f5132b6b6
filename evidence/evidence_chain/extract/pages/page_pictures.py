"""What a whole page of a preserved file looks like: its size, a picture of it, where words are.

Nothing is kept of it, and it is no evidence: a case preserves the pictures of passages. The process
that draws digests what it has read, so that what is drawn is what was preserved or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.extract import extractor_for
from evidence_chain.extract.guard.guard import Limits, run
from evidence_chain.extract.pages.page import PagePicture, PageSize, PageWords

if TYPE_CHECKING:
    from typing import BinaryIO


LIMITS = Limits(cpu=10, clock=10, output=24 << 20, size=512 << 20)
"""What the process that draws a page may use."""
SIZE_LIMITS = Limits(cpu=5, clock=5, output=1 << 16, size=512 << 20)
"""What the process that looks for the size of a page may use."""
WORDS_LIMITS = Limits(cpu=45, clock=60, output=24 << 20, size=512 << 20)
"""What the process that looks for the words of a page may use, which may read it by OCR."""


def has_pages(media_type: str) -> bool:
    """Whether pages of files of this type can be drawn here."""
    try:
        return hasattr(extractor_for(media_type), "page_picture")
    except ExtractionError:
        return False


def page_size(file: BinaryIO, media_type: str, page: int, blake3: str) -> PageSize:
    """Return how large a page is.

    Args:
        file: the file, open at its beginning.
        media_type: its type, one that `has_pages`.
        page: the number of the page, from 1.
        blake3: the hex digest that its content must have.

    Raises:
        InputError: it has no such page.
        ExtractionError: its content is not what was preserved, or the parser failed or ran into
            its limits.
    """
    extractor = extractor_for(media_type)
    asked = page, blake3
    packed = run(extractor, file, SIZE_LIMITS, function="page_size", arguments=asked)
    try:
        found = PageSize.unpack(*packed)
    except (KeyError, TypeError, ValueError) as error:
        raise _senseless() from error
    if found.width <= 0 or found.height <= 0:
        raise _no_page(page, found.pages)
    return found


def page_picture(file: BinaryIO, media_type: str, page: int, blake3: str) -> bytes:
    """Return a PNG of a page, within the bounds of `page`; otherwise as `page_size`."""
    extractor = extractor_for(media_type)
    packed = run(extractor, file, LIMITS, function="page_picture", arguments=(page, blake3))
    try:
        found = PagePicture.unpack(*packed)
    except (KeyError, TypeError, ValueError) as error:
        raise _senseless() from error
    if not found.png:
        raise _no_page(page, found.pages)
    return found.png


def page_words(file: BinaryIO, media_type: str, page: int, blake3: str) -> PageWords:
    """Return the text of a page and where its words are seen; otherwise as `page_size`."""
    extractor = extractor_for(media_type)
    if not hasattr(extractor, "page_words"):
        raise ExtractionError(f"What reads {media_type} here doesn't tell where words stand.")
    packed = run(extractor, file, WORDS_LIMITS, function="page_words", arguments=(page, blake3))
    try:
        found = PageWords.unpack(*packed)
    except (KeyError, TypeError, ValueError) as error:
        raise _senseless() from error
    if not 0 < page <= found.pages:
        raise _no_page(page, found.pages)
    return found


def _no_page(page: int, pages: int) -> InputError:
    has = "1 page" if pages == 1 else f"{pages:,} pages"
    return InputError(f"This document has {has}, and no page {page}.")


def _senseless() -> ExtractionError:
    return ExtractionError(
        "The parser of this file gave an answer that can't be read, so no page of it is shown. The "
        "file may be damaged or hostile."
    )
