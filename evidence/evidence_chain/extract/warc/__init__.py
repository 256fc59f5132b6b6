"""A web archive (WARC, ISO 28500): the text of each page in it, with its address and its date.

Here lies what only WARC has. Pages in it are read by `html`; `wacz` reads packages of WARCs.

Files of other kinds, such as PDF, are files of their own. What pages are made of (styles, scripts,
fonts, pictures) stays inside unless it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.typed import Captures
from evidence_chain.extract.warc.reading import records
from evidence_chain.extract.warc.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from evidence_chain.extract.stream import Drawn, Parts
    from evidence_chain.extract.warc.reading import Record
    from evidence_chain.extract.warc.survey import Doubt

NAME = "evidence-chain/warc"
VERSION = "3"
MEDIA_TYPES = ("application/warc",)
GUARDED = True


def extract(file: BinaryIO) -> Drawn:
    """Return the text of each page, with the marks `RESPONSE` (its URL) and `CAPTURED` (when).

    A page is a `response`, `resource` or `conversion` record of HTML or plain text, whatever its
    status. Further marks say for what a person must look at it (`STATUS`, `DIGEST`, `PARTIAL`,
    `CONVERTED`, `DAMAGED`). The options tell what is to be known of the others; see `Survey`.

    Raises:
        ExtractionError: the archive can't be read, expands to too much, or no page in it can be
            read.
    """
    return Survey().draw(_records(file))


def parts(file: BinaryIO) -> Parts:
    """Return the files in the archive that are neither pages nor what pages are made of.

    Each is named by its URL. At most `MAX_FILES` with `MAX_FILES_BYTES` of `survey` are taken, in
    order; the option `files_left_out` of `extract` tells how many more there are.

    Raises:
        ExtractionError: as `extract`.
    """
    return Survey().files(_records(file))


def all_parts(file: BinaryIO) -> Parts:
    """Return all files in the archive that are no pages, as `parts` does."""
    return Survey(everything=True).files(_records(file))


def captures(file: BinaryIO) -> Captures:
    """Return address, date and payload digest of all that was captured, pages and others.

    Raises:
        ExtractionError: as `extract`.
    """
    survey = Survey()
    survey.files(_records(file))
    return Captures(survey.captures)


def _records(file: BinaryIO) -> Iterator[tuple[Record, list[Doubt]]]:
    return ((record, []) for record in records(file))
