"""Pictures: what tesseract reads off them, all of it marked as such.

Here lies what only pictures have. Tesseract is called in `extract/pages/ocr.py`, for PDFs too.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import Drawn, Mark, MarkKind, Region, Regions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from PIL.Image import Image

    from evidence_chain.extract.pages.page import PagePicture, PageSize, PageWords
    from evidence_chain.extract.stream import Shown

NAME = "evidence-chain/image"
VERSION = "1"
MEDIA_TYPES = ("image/png", "image/jpeg", "image/tiff", "image/webp")
GUARDED = True
PROGRAMS = dict.fromkeys(("extract", "regions", "page_words"), ("tesseract",))

MOST_PIXELS = 50_000_000
"""A larger picture is refused."""
MOST_PAGES = 12
"""So many pages of a picture are read at most; only TIFF has several."""
HUNDREDTHS = 100
"""Units of boxes to a pixel."""

_FORMATS = ["PNG", "JPEG", "TIFF", "WEBP"]
_PAGE_END = "\f"
_ORIENTATION = 0x0112
_LYING = (5, 6, 7, 8)
"""The orientations of Exif in which width and height change places."""
_MARGIN = 40
"""Pixels around the boxes in a region's picture."""


def extract(file: BinaryIO) -> Drawn:
    """Return what tesseract reads off a picture, a form feed after each page.

    Raises:
        ExtractionError: the picture can't be opened or is too large, or tesseract isn't installed,
            failed, or read nothing.
    """
    from evidence_chain.extract.pages import ocr

    text, marks = "", []
    with _opened(file) as picture:
        count = _page_count(picture)
        for number, page in _pages(picture):
            read = ocr.read(page).text
            marks += [
                Mark(len(text), len(text) + len(read) + 1, MarkKind.PAGE, str(number)),
                Mark(len(text), len(text) + len(read) + 1, MarkKind.OCR),
            ]
            text += read + _PAGE_END
    if not any(map(str.isalnum, text)):
        raise ExtractionError(
            "tesseract read no text off this picture. Look at it; if there is text on it, preserve "
            "a better picture or a text version too."
        )
    unread = {"pages_not_read": [*range(MOST_PAGES + 1, count + 1)]} if count > MOST_PAGES else {}
    return Drawn(text, {"pages": count, **ocr.described(), **unread}, marks)


def regions(
    file: BinaryIO, slices: list[list[int]], pages: list[int], shown: Shown = "column"
) -> Regions:
    """Return where slices of the stream are seen, with a picture of each.

    Boxes are in hundredths of a pixel, which are hundredths of a point at 72 dpi.

    Args:
        file: the picture.
        slices: pairs of start and end in the stream.
        pages: where each page begins in the stream, and where the last one ends.
        shown: what pictures show, as `evidence_chain.extract.regions` has it.

    Raises:
        ExtractionError: as `extract`.
    """
    from evidence_chain.extract.pages import ocr

    found = []
    with _opened(file) as picture:
        for (page_number, page), at, stop in zip(_pages(picture), pages, pages[1:], strict=False):
            wanted = [one for one in enumerate(slices) if one[1][0] < stop and at < one[1][1]]
            reading = ocr.read(page) if wanted else None
            beside = reading if shown == "column" else None
            lines = ocr.line_boxes(beside, 0, len(beside.text)) if beside else []
            for number, (start, end) in wanted:
                boxes = ocr.line_boxes(reading, start - at, end - at) if reading else []
                if boxes:
                    hundredths = [[side * HUNDREDTHS for side in box] for box in boxes]
                    crop = b"" if shown == "nothing" else _cut(page, boxes, lines)
                    found.append(Region(number, page_number, hundredths, crop))
    return Regions(found)


def page_size(file: BinaryIO, page: int, blake3: str) -> PageSize:
    """Return how large a page of a picture is, in hundredths of a pixel.

    Args:
        file: the picture.
        page: the number of the page, from 1; only TIFF has several.
        blake3: the hex digest that its content must have.

    Raises:
        ExtractionError: it has another content, can't be opened, or is too large.
    """
    from evidence_chain.extract.pages.page import PageSize, intact

    with _opened(BytesIO(intact(file, blake3))) as picture:
        count = min(_page_count(picture), MOST_PAGES)
        if not 0 < page <= count:
            return PageSize(count, 0, 0)
        picture.seek(page - 1)
        width, height = picture.size
        if picture.getexif().get(_ORIENTATION) in _LYING:
            width, height = height, width
        return PageSize(count, width * HUNDREDTHS, height * HUNDREDTHS)


def page_picture(file: BinaryIO, page: int, blake3: str) -> PagePicture:
    """Return a picture, upright and made smaller where it is large; otherwise as `page_size`."""
    from evidence_chain.extract.pages.page import PagePicture, intact, scale_of

    with _opened(BytesIO(intact(file, blake3))) as picture:
        count = min(_page_count(picture), MOST_PAGES)
        if not 0 < page <= count:
            return PagePicture(count, b"")
        upright = _upright(picture, page).convert("RGB")
        scale = scale_of(upright.width, upright.height, 1)
        smaller = upright.resize([max(1, round(side * scale)) for side in upright.size])
        data = BytesIO()
        smaller.save(data, "PNG")
        return PagePicture(count, data.getvalue())


def page_words(file: BinaryIO, page: int, blake3: str) -> PageWords:
    """Return where the words are that are read off a page; otherwise as `page_size`."""
    from evidence_chain.extract.pages import ocr
    from evidence_chain.extract.pages.page import PageWords, Word, intact

    with _opened(BytesIO(intact(file, blake3))) as picture:
        count = min(_page_count(picture), MOST_PAGES)
        if not 0 < page <= count:
            return PageWords(count, "", [])
        read = ocr.read(_upright(picture, page).convert("L"))
        words = [
            Word(start, end, *(side * HUNDREDTHS for side in box)) for start, end, box in read.words
        ]
        return PageWords(count, read.text, words)


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Image]:
    """Open a picture, and turn whatever is wrong with it into an `ExtractionError`."""
    import warnings

    import PIL.Image

    PIL.Image.MAX_IMAGE_PIXELS = None  # the bound is our own
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PIL.Image.open(file, formats=_FORMATS) as picture:
                yield picture
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        is_none = isinstance(error, PIL.UnidentifiedImageError)
        why = "it is no picture of a known kind" if is_none else error
        raise ExtractionError(
            f"This picture can't be read: {why}. The file may be damaged; open it in a viewer "
            "and preserve a copy that was saved anew as well."
        ) from error


def _page_count(picture: Image) -> int:
    """Only TIFF has pages; what moves is shown by its first picture."""
    return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def _pages(picture: Image) -> Iterator[tuple[int, Image]]:
    """Each page with its number, upright and in grey on white."""
    for number in range(1, min(_page_count(picture), MOST_PAGES) + 1):
        yield number, _upright(picture, number).convert("L")


def _upright(picture: Image, number: int) -> Image:
    """A page of a picture, upright and on white.

    Raises:
        ExtractionError: it is too large.
    """
    import PIL.Image
    from PIL.ImageOps import exif_transpose

    picture.seek(number - 1)
    if picture.width * picture.height > MOST_PIXELS:
        raise ExtractionError(
            f"This picture has {picture.width} × {picture.height} pixels; up to "
            f"{MOST_PIXELS:,} are read. Preserve a smaller copy as well."
        )
    upright = exif_transpose(picture)
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        white = PIL.Image.new("RGBA", upright.size, "white")
        upright = PIL.Image.alpha_composite(white, upright)
    return upright


def _cut(page: Image, boxes: list[list[int]], lines: list[list[int]]) -> bytes:
    """A PNG of the part of a picture that holds these boxes, as wide as their column."""
    from evidence_chain.extract.pages.columns import column

    top = max(0, min(box[1] for box in boxes) - _MARGIN)
    bottom = min(page.height, max(box[3] for box in boxes) + _MARGIN)
    left, right = map(round, column(boxes, lines, (top, bottom), page.width))
    data = BytesIO()
    page.crop((max(0, left), top, min(page.width, right), bottom)).save(data, "PNG")
    return data.getvalue()
