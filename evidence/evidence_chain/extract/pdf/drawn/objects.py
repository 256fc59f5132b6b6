"""What is drawn on a page of a PDF, object by object, in the order in which it is drawn."""

from __future__ import annotations

from ctypes import addressof, byref
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box
from evidence_chain.extract.pdf.drawn.forms import Form
from evidence_chain.extract.pdf.drawn.lines import Layout, Text, pieces
from evidence_chain.extract.pdf.drawn.painted import Painted
from evidence_chain.extract.pdf.drawn.paths import Paths
from evidence_chain.extract.pdf.drawn.pdfium_calls import box_of, object_at, object_type
from evidence_chain.extract.pdf.drawn.texts import top_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.file import Handle

_TEXT, _IMAGE = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE
_UNSEEN_ANNOTATIONS = (
    *(raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT),
    *(raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_FILEATTACHMENT),
)
"""Those that cover no text."""
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


@dataclass
class Scene:
    """What is drawn on a page."""

    texts: list[Text]
    painted: list[Painted]
    """All else, annotations last."""
    areas: list[Painted]
    """The same, but of forms what is painted in them."""

    @cached_property
    def layout(self) -> Layout:
        """The texts as they stand to one another."""
        return Layout(pieces(self.texts))


def objects(page: pdfium.PdfPage) -> Scene:
    """Return what is drawn on a page."""
    count, of_page = raw.FPDFPage_CountObjects(page.raw), addressof(page.raw.contents)
    handles = [*map(object_at, repeat(of_page, count), range(count))]
    kinds = [*map(object_type, handles)]
    orders = [order for order, kind in enumerate(kinds) if kind == _TEXT]
    texts = top_texts(orders, [handles[order] for order in orders])
    painted, areas = list[Painted](), list[Painted]()
    nested, paths = list[Text](), Paths()
    for order, kind in enumerate(kinds) if len(orders) < count else ():
        handle = handles[order]
        if kind == raw.FPDF_PAGEOBJ_FORM:
            form = Form(order, handle, paths)
            nested += form.texts
            painted.append(Painted(order, box_of(handle), handle, image=form.image))
            areas += form.painted
        elif kind != _TEXT:
            found = (
                paths.painted(order, handle)
                if kind == raw.FPDF_PAGEOBJ_PATH
                else [Painted(order, box_of(handle), handle, image=kind == _IMAGE)]
            )
            painted += found
            areas += found
    if nested:
        texts = sorted([*texts, *nested], key=attrgetter("order"))
    annotations = [*_annotations(page, count)]
    return Scene(texts, painted + annotations, areas + annotations)


def _annotations(page: pdfium.PdfPage, order: int) -> Iterator[Painted]:
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        hidden = raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
        if not hidden and raw.FPDFAnnot_GetSubtype(annotation) not in _UNSEEN_ANNOTATIONS:
            yield Painted(order, annotation_box(annotation))
        raw.FPDFPage_CloseAnnot(annotation)


def annotation_box(annotation: Handle) -> Box:
    """The rectangle of an annotation."""
    rectangle = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, byref(rectangle))
    (left, right), (bottom, top) = (
        sorted((rectangle.left, rectangle.right)),
        sorted((rectangle.bottom, rectangle.top)),
    )
    return Box(left, bottom, right, top)
