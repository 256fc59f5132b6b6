"""What stands on a page of a PDF besides the text that is drawn: annotations and form fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.objects import annotation_box
from evidence_chain.extract.pdf.file import Handle, wide
from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.boxes import Box
    from evidence_chain.extract.pdf.order.glyphs import Replaced
    from evidence_chain.extract.pdf.order.running import Running

_SUBTYPES = {
    raw.FPDF_ANNOT_TEXT: "note",
    raw.FPDF_ANNOT_LINK: "link",
    raw.FPDF_ANNOT_FREETEXT: "free text",
    raw.FPDF_ANNOT_HIGHLIGHT: "highlight",
    raw.FPDF_ANNOT_UNDERLINE: "underline",
    raw.FPDF_ANNOT_SQUIGGLY: "underline",
    raw.FPDF_ANNOT_STRIKEOUT: "strike-out",
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_CARET: "caret",
    raw.FPDF_ANNOT_FILEATTACHMENT: "attachment",
    raw.FPDF_ANNOT_REDACT: "redaction",
}
_TICKED = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_WRITTEN = (
    *(raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX),
)
IN_LAYER = "in a layer, which may be switched off"
NOT_DRAWN = "not what is drawn there"
_PASSWORD = 1 << 13
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW | raw.FPDF_ANNOT_FLAG_INVISIBLE


class Note(NamedTuple):
    """The text of an annotation, or what was filled into a form field."""

    text: str
    kind: MarkKind
    detail: str
    """What it is, and whose; or the field's name."""
    hidden: str
    """Why it isn't seen; empty if it is."""
    box: Box
    written: bool = False
    """Whether it is a field that shows its text."""


def notes(page: pdfium.PdfPage) -> list[Note]:
    """The annotations and filled fields of a page that have a text, in order."""
    found: list[Note] = []
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            found += _notes(annotation, page.formenv)
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def replaced_note(said: Replaced) -> Note:
    """A text that a file gives for copying in the place of another that is drawn."""
    return Note(_lines(said.text), MarkKind.PART, "/ActualText", NOT_DRAWN, said.box)


def running_note(line: Running, hidden: str) -> Note:
    """A header or footer, which stands after all pages; and why it isn't seen, if it isn't."""
    return Note(line.text, MarkKind.PART, line.kind, hidden, line.box)


def _notes(annotation: Handle, form: pdfium.PdfFormEnv | None) -> Iterator[Note]:
    subtype = raw.FPDFAnnot_GetSubtype(annotation)
    if subtype == raw.FPDF_ANNOT_POPUP:
        return
    unseen = raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
    box, written = annotation_box(annotation), False
    if subtype == raw.FPDF_ANNOT_WIDGET:
        text = _lines(_value(annotation, form) if form else "")
        kind, detail = MarkKind.FIELD, _field_name(annotation, form) if form else ""
        unseen |= form is not None and _is_password(annotation, form)
        written = (
            form is not None and raw.FPDFAnnot_GetFormFieldType(form.raw, annotation) in _WRITTEN
        )
    else:
        text = _lines(_string(annotation, b"Contents"))
        kind, author = MarkKind.ANNOTATION, _string(annotation, b"T")
        detail = _SUBTYPES.get(subtype, "annotation") + (f" by {author}" if author else "")
    if text:
        why = f"{kind} that isn't shown" if unseen else _layer(annotation)
        yield Note(text, kind, detail, why, box, written)


def _layer(annotation: Handle) -> str:
    """Why an annotation may not be seen: pdfium doesn't tell which layers are switched off."""
    return IN_LAYER if raw.FPDFAnnot_HasKey(annotation, b"OC") else ""


def _value(annotation: Handle, form: pdfium.PdfFormEnv) -> str:
    """What is filled in; of a box that is ticked what that stands for."""
    kind = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation)
    if kind in _TICKED and raw.FPDFAnnot_IsChecked(form.raw, annotation):
        return wide(raw.FPDFAnnot_GetFormFieldExportValue, form.raw, annotation)
    if kind in _WRITTEN:
        return wide(raw.FPDFAnnot_GetFormFieldValue, form.raw, annotation)
    return ""


def _is_password(annotation: Handle, form: pdfium.PdfFormEnv) -> bool:
    """Whether programs show dots instead (ISO 32000-2, table 231)."""
    is_text = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation) == raw.FPDF_FORMFIELD_TEXTFIELD
    return is_text and bool(raw.FPDFAnnot_GetFormFieldFlags(form.raw, annotation) & _PASSWORD)


def _field_name(annotation: Handle, form: pdfium.PdfFormEnv) -> str:
    return wide(raw.FPDFAnnot_GetFormFieldName, form.raw, annotation)


def _string(annotation: Handle, key: bytes) -> str:
    return wide(raw.FPDFAnnot_GetStringValue, annotation, key)


def _lines(text: str) -> str:
    """Text with line feeds at line ends, without white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
