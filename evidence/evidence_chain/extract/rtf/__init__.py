"""RTF (1.9.1): the text as it reads with all changes accepted, then the rest.

A line for each paragraph and row, a tab between cells. Then notes, comments, text boxes, headers
and footers; then, a line each, hidden text, letters in the colour of the page, and paragraphs with
tracked deletions as they read before. Where something was left out, a mark of no length says so.
Numbers of lists stand as the program that wrote the file put them there. Not read: what is embedded
(named in `options.unread`), and destinations that the format lets readers skip. Not known here:
styles that a run doesn't repeat, and what lies over a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.sniffing.media_types import RTF
from evidence_chain.extract.stream import Drawn

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/rtf"
VERSION = "1"
MEDIA_TYPES = (RTF, "text/rtf")
GUARDED = True


def extract(file: BinaryIO) -> Drawn:
    """Return the text that is seen, and then the rest.

    Raises:
        ExtractionError: groups are nested as no program writes them.
    """
    from evidence_chain.extract.rtf.reading import Reader

    reader = Reader(file.read())
    text, marks = reader.read()
    options: dict[str, Json] = {"charset": reader.charset}
    return Drawn(
        text, options | ({"unread": sorted(reader.unread)} if reader.unread else {}), marks
    )
