"""A picture of a part of a page."""

from __future__ import annotations

from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2 as pdfium

MARGIN = 18.0
"""Points around what is pictured."""


def within(low: float, high: float, size: float) -> tuple[float, float]:
    """A stretch with its margins, but no more than there is from 0 to `size`, and not nothing."""
    low = min(max(0.0, low - MARGIN), max(0.0, size - 2 * MARGIN))
    return low, max(min(size, high + MARGIN), min(size, low + 2 * MARGIN))


def cropped(
    page: pdfium.PdfPage,
    sides: tuple[float, float, float, float],
    scale: float,
    most_pixels: int,
) -> bytes:
    """What is seen between sides of a page, as a PNG.

    Args:
        page: The page.
        sides: Left, top, right and bottom, in points from its left and upper edge.
        scale: Pixels to a point, if it comes to no more of them than `most_pixels`.
        most_pixels: Pixels of the picture.
    """
    left, top, right, bottom = sides
    width, height = page.get_size()
    scale = min(scale, sqrt(most_pixels / max(1.0, (right - left) * (bottom - top))))
    crop = left, height - bottom, width - right, top
    data = BytesIO()
    page.render(scale=scale, crop=crop, rev_byteorder=True).to_pil().save(data, "PNG")
    return data.getvalue()
