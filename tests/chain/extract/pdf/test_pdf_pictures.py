"""Pictures of text on a page that has other text."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence_chain.extract import MarkKind, TextStream, pdf
from evidence_chain.extract.pages import ocr
from pdfs import Pdf, lines

WORDS = "The letter says that the firm knew"
BODY = lines(
    *(
        b"The board of Selmport met in spring and read the report of the auditor, page %d." % n
        for n in range(4)
    )
)


def page(count=1, height=60):
    """Pages with text and a picture of other text, the same on each."""
    picture = Image.new("L", (1400, 160), 255)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((30, 40), WORDS, 0, font)
    made = Pdf()
    image = made.image(1400, 160, picture.tobytes())
    for _ in range(count):
        shown = b"q 480 0 0 %d 60 400 cm /I Do Q" % height
        made.page(BODY + shown, resources=b"/XObject<</I %d 0 R>>" % image)
    return made.data()


def drawn(data):
    return pdf.extract(BytesIO(data))


@pytest.mark.usefixtures("tesseract", "in_english")
def test_a_picture_is_read_once_and_marked():
    found = drawn(page(2))
    assert found.text.count(WORDS) == 1
    start = found.text.index(WORDS)
    marks = TextStream(found.text, marks=found.marks).marked([(start, start + len(WORDS))])
    assert {mark.kind for mark in marks} == {MarkKind.OCR, MarkKind.PAGE}
    assert found.options["pages_read_by_ocr"] == [1]


def test_a_picture_that_is_not_read_is_said(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    found = drawn(page())
    assert found.options["pages_with_pictures_not_read"] == [1]
    stream = TextStream(found.text, {"options": found.options}, found.marks)
    assert "pictures" in stream.left_open([])


def test_a_rule_or_an_icon_is_no_picture_of_text(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert "pages_with_pictures_not_read" not in drawn(page(height=5)).options
