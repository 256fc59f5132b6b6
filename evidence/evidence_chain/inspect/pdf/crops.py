"""Pictures of the places of findings, as the pages show them."""

from __future__ import annotations

from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

from evidence_chain.extract.pdf.file import page_of

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from evidence_chain.inspect.finding import Finding

MOST_PICTURES = 40
_MARGIN = 18.0
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
        left, right = _within(finding.box[0] / 100, finding.box[2] / 100, width)
        top, bottom = _within(finding.box[1] / 100, finding.box[3] / 100, height)
        scale = min(_SCALE, sqrt(_MOST_PIXELS / max(1.0, (right - left) * (bottom - top))))
        crop = left, height - bottom, width - right, top
        picture = page.render(scale=scale, crop=crop, rev_byteorder=True).to_pil()
    finally:
        page.close()
    data = BytesIO()
    picture.save(data, "PNG")
    return finding._replace(picture=data.getvalue())


def _within(low: float, high: float, size: float) -> tuple[float, float]:
    """A stretch with its margins, as far as it lies on the page, or the page's nearest edge."""
    low = min(max(0.0, low - _MARGIN), max(0.0, size - 2 * _MARGIN))
    return low, max(min(size, high + _MARGIN), min(size, low + 2 * _MARGIN))
