"""What is drawn on a page of a PDF, object by object, in the order in which it is drawn."""

from __future__ import annotations

from ctypes import addressof, byref
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
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    box_of,
    object_at,
    object_type,
    render_mode,
)
from evidence_chain.extract.pdf.drawn.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.file import Handle

_NO_TEXT = raw.FPDF_TEXTRENDERMODE_UNKNOWN
_UNSEEN_ANNOTATIONS = (
    *(raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT),
    *(raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_FILEATTACHMENT),
)
"""Those that cover no text."""
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


class Scene:
    """What is drawn on a page."""

    def __init__(self, tops: Texts) -> None:
        self.tops = tops
        """The texts that are no part of a form."""
        self.nested: list[Text] = []
        """The others."""
        self.painted: list[Painted] = []
        """All else, annotations last."""
        self.areas: list[Painted] = []
        """The same, but of forms what is painted in them."""

    @cached_property
    def texts(self) -> list[Text]:
        """All texts, one by one."""
        return sorted([*self.tops.each(), *self.nested], key=attrgetter("order"))

    @cached_property
    def layout(self) -> Layout:
        """The texts as they stand to one another."""
        return Layout(pieces(self.texts))

    @cached_property
    def goes_on(self) -> bool:
        """Whether its texts plainly follow one another."""
        return not self.nested and self.tops.go_on()

    @property
    def are_marked(self) -> bool:
        """Whether content marks apply to any of its texts."""
        return any(self.tops.marked) or any(text.marked for text in self.nested)


def objects(page: pdfium.PdfPage) -> Scene:
    """Return what is drawn on a page."""
    count, of_page = raw.FPDFPage_CountObjects(page.raw), addressof(page.raw.contents)
    handles = [*map(object_at, repeat(of_page, count), range(count))]
    modes = [*map(render_mode, handles)]
    if _NO_TEXT in modes:
        scene = _mixed(handles, modes)
    else:
        scene = Scene(Texts(range(count), handles, modes))
    annotations = [*_annotations(page, count)]
    scene.painted += annotations
    scene.areas += annotations
    return scene


def _mixed(handles: list[int], modes: list[int]) -> Scene:
    """Objects of which some are no texts, which have no mode."""
    orders = [order for order, mode in enumerate(modes) if mode != _NO_TEXT]
    its = [handles[order] for order in orders], [modes[order] for order in orders]
    scene, paths = Scene(Texts(orders, *its)), Paths()
    for order, mode in enumerate(modes):
        if mode == _NO_TEXT:
            _add(scene, order, handles[order], paths)
    return scene


def _add(scene: Scene, order: int, handle: int, paths: Paths) -> None:
    kind = object_type(handle)
    if kind == raw.FPDF_PAGEOBJ_FORM:
        form = Form(order, handle, paths)
        scene.painted.append(Painted(order, box_of(handle), handle, image=form.image))
        scene.areas += form.painted
        scene.nested += form.texts
        return
    if kind == raw.FPDF_PAGEOBJ_PATH:
        found = paths.painted(order, handle)
    else:
        found = [Painted(order, box_of(handle), handle, image=kind == raw.FPDF_PAGEOBJ_IMAGE)]
    scene.painted += found
    scene.areas += found


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
