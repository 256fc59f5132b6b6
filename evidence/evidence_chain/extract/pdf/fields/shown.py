"""What a page shows of its form fields, which needn't be what they hold.

pdfium gives the text of a page, not that of a field's appearance. So each page with fields is
flattened in a copy of the file, which makes appearances part of the page, and read there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.objects import objects
from evidence_chain.extract.pdf.drawn.text import PageText
from evidence_chain.extract.pdf.file import open_pdf, page_of
from evidence_chain.extract.pdf.hidden.possibly_hidden import OUTSIDE, SMALL
from evidence_chain.extract.pdf.hidden.watch import Watch
from evidence_chain.text.compare.letters import letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.boxes import Box
    from evidence_chain.extract.pdf.fields.annotations import Note

DIFFERS = "not what the field shows"

_SLACK = 1.0
"""Points by which a letter may stand outside its field."""


class _Shown(NamedTuple):
    """What is drawn in a field: what is seen of it, and else why nothing is."""

    text: str
    unseen: str


class Appearances:
    """Reads what the fields of page after page show."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._watch = Watch()
        self._copy: pdfium.PdfDocument | None = None

    def shown(self, number: int, fields: list[Note]) -> Iterator[list[Note]]:
        """Each field as the page shows it, and its value apart where that is something else."""
        if self._copy is None:
            self._copy = open_pdf(self._data)
        drawn = self._drawn(number, [field.box for field in fields])
        for field, there in zip(fields, drawn, strict=True):
            if field.hidden or letters(there.text) == letters(field.text):
                yield [field]
                continue
            seen = [field._replace(text=there.text)] if there.text else []
            reason = there.unseen if not seen and there.unseen else DIFFERS
            yield [*seen, field._replace(hidden=reason)]

    def _drawn(self, number: int, boxes: list[Box]) -> list[_Shown]:
        page = page_of(self._copy, number) if self._copy else None
        if page is None or self._copy is None:
            return [_Shown("", "") for _ in boxes]
        own = raw.FPDFPage_CountObjects(page.raw)
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = self._copy[number - 1]
        try:
            return [*self._read(page, own, boxes)]
        finally:
            page.close()

    def _read(self, page: pdfium.PdfPage, own: int, boxes: list[Box]) -> Iterator[_Shown]:
        text, scene = PageText(page), objects(page)
        appearing = {
            char
            for each in scene.texts
            if each.order >= own
            for char in text.by_object.get(each.handle, ())
        }
        hidden = self._watch.reasons(page, text, scene)
        places = {
            char: text.box(char)
            for char in text.origins
            if char in appearing and not text.char(char).isspace()
        }
        for box in boxes:
            its = [char for char, place in places.items() if _holds(box, place)]
            seen = [char for char in its if char not in hidden]
            unseen = next((hidden[char] for char in its if char in hidden), "")
            yield _Shown(_said(text, seen), unseen or _unseen_box(box, page))


def _said(text: PageText, chars: list[int]) -> str:
    """The characters, with the white space that stands between them in the text."""
    if not chars:
        return ""
    wanted = set(chars)
    places = [at for at, char in enumerate(text.origins) if char in wanted]
    said = [
        char
        for at, char in enumerate(text.text[places[0] : places[-1] + 1], places[0])
        if char.isspace() or text.origins[at] in wanted
    ]
    return "".join(said).strip()


def _holds(field: Box, char: Box) -> bool:
    x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
    across = field.left - _SLACK <= x <= field.right + _SLACK
    return across and field.bottom - _SLACK <= y <= field.top + _SLACK


def _unseen_box(box: Box, page: pdfium.PdfPage) -> str:
    """Why nothing can be seen in a field, by its place and size alone."""
    left, bottom, right, top = page.get_bbox()
    if box.left >= right or box.right <= left or box.bottom >= top or box.top <= bottom:
        return OUTSIDE
    return SMALL if box.width < 1 or box.height < 1 else ""
