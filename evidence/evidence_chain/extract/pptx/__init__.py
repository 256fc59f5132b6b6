"""PPTX (ECMA-376): slide by slide the words of its shapes, in the order of the file.

Each slide is marked with its number, hidden ones too. Between two shapes a mark of no length says
that nobody reads on there for sure. Tables have a tab between cells. What isn't shown comes after
all slides, a line each, marked as hidden and why: hidden slides and shapes, shapes off the slide,
letters in the colour of what is behind them, what an animation takes away, speaker notes. So do
comments, diagrams, and what layouts put on each slide. Not known here: what lies over a text, the
numbers of lists, which placeholders a slide shows by its layout; charts are named in
`options.unread`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers.expat import EXPAT_VERSION

from evidence_chain.extract.docx import parts
from evidence_chain.extract.sniffing.media_types import PPTX
from evidence_chain.extract.stream import Drawn

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json

__all__ = ["extract", "parts"]

NAME = "evidence-chain/pptx"
VERSION = "1"
MEDIA_TYPES = (PPTX,)
GUARDED = True


def extract(file: BinaryIO) -> Drawn:
    """Return the words of all slides, and then what isn't shown on them.

    Raises:
        ExtractionError: it is no PPTX, or one that is damaged, encrypted or made to exhaust.
    """
    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.pptx.presentation import Presentation

    presentation = Presentation(Package(file))
    text, marks = presentation.read()
    options: dict[str, Json] = {"parser": EXPAT_VERSION}
    unread = sorted(presentation.unread)
    return Drawn(text, options | ({"unread": unread} if unread else {}), marks)
