"""Pictures of the places of findings, as the pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.pdf.cropping import cropped, within
from evidence_chain.extract.pdf.file import page_of

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from evidence_chain.inspect.finding import Finding

MOST_PICTURES = 40
_SCALE = 110 / 72
_MOST_PIXELS = 2_000_000


def pictured(document: pdfium.PdfDocument, findings: list[Finding]) -> list[Finding]:
    """The findings, those that matter with pictures where they have places on pages."""
    left, made = MOST_PICTURES, []
    for finding in findings:
        wanted = finding.box and finding.severity == "reveals" and left > 0
        left -= bool(wanted)
        made.append(_with_picture(document, finding) if wanted else finding)
    return made


def _with_picture(document: pdfium.PdfDocument, finding: Finding) -> Finding:
    page = page_of(document, finding.page)
    if page is None:
        return finding
    try:
        width, height = page.get_size()
        left, right = within(finding.box[0] / 100, finding.box[2] / 100, width)
        top, bottom = within(finding.box[1] / 100, finding.box[3] / 100, height)
        picture = cropped(page, (left, top, right, bottom), _SCALE, _MOST_PIXELS)
    finally:
        page.close()
    return finding._replace(picture=picture)
