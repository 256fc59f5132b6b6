"""XLSX (ECMA-376): each sheet as it is shown, row by row, and after all that what isn't shown.

A line for each row, a tab between cells, an empty line between sheets; each cell is marked with
sheet and address, and with its formula. Its value is the one that the file keeps, shown by its
number format where that is sure (`formats`); else it stands as it is kept (a date as ISO 8601) and
is marked as `unsure`. Then hidden sheets, rows, columns, cells and covered ones, comments, what is
drawn on sheets and what is printed above and below them, a line each. Not read: charts and pivot
tables that hold words of their own (named in `options.unread`), what validation asks, macros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers.expat import EXPAT_VERSION

from evidence_chain.extract.docx import parts
from evidence_chain.extract.sniffing.media_types import XLSX
from evidence_chain.extract.stream import Drawn

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["extract", "parts"]

NAME = "evidence-chain/xlsx"
VERSION = "3"
MEDIA_TYPES = (XLSX,)
GUARDED = True


def extract(file: BinaryIO) -> Drawn:
    """Return what the sheets show, and then the rest.

    Raises:
        ExtractionError: it is no XLSX, or one that is damaged, encrypted or made to exhaust.
    """
    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.xlsx.workbook import Workbook

    workbook = Workbook(Package(file))
    text, marks = workbook.read()
    unread = sorted(workbook.unread)
    options = {"parser": EXPAT_VERSION}
    return Drawn(text, options | ({"unread": unread} if unread else {}), marks)
