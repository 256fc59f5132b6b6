"""Scanned pages of a PDF: read by OCR where there is tesseract, and never silently left out."""

from io import BytesIO

import pypdfium2
import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import pdf
from evidence_chain.extract.pdf.reading import ocr_scale
from pdfs import line, lines, one_page, scanned, seen


def where(data, passage):
    start = pdf.extract(BytesIO(data)).text.index(passage)
    return seen(data, (start, start + len(passage)))


@pytest.mark.usefixtures("tesseract", "in_english")
class TestScans:
    def test_a_scan_is_read_and_marked(self):
        data = scanned().data()
        found = pdf.extract(BytesIO(data))
        assert found.text == "The city of Quillmar bought cameras\f"
        assert [(mark.start, mark.end, mark.kind) for mark in found.marks] == [
            (0, 35, "ocr"),
            (0, 36, "page"),
        ]
        assert found.options["pages_read_by_ocr"] == [1]
        assert found.options["ocr"].startswith("tesseract ")
        assert "eng" in found.options["languages"]

    def test_where_a_word_of_a_scan_stands(self):
        data = scanned().data()
        [region] = where(data, "Quillmar bought")
        [one], [other] = (where(data, word)[0].boxes for word in ("Quillmar", "bought"))
        assert region.boxes == [[one[0], min(one[1], other[1]), other[2], max(one[3], other[3])]]
        assert 15_000 < one[0] < one[2] < other[0] < 35_000
        assert 8_000 < one[1] < one[3] < 11_000

    def test_a_stamped_scan_is_read_too(self):
        data = scanned(stamp=line(b"EXHIBIT 12", y=30)).data()
        found = pdf.extract(BytesIO(data))
        assert found.text.startswith("EXHIBIT 12\nThe city of Quillmar")
        ocr = next(mark for mark in found.marks if mark.kind == "ocr")
        assert found.text[ocr.start :].startswith("The city")
        assert where(data, "cameras")[0].boxes[0][3] < 11_000

    def test_only_so_many_pages_are_read(self, monkeypatch):
        monkeypatch.setattr("evidence_chain.extract.pdf.reading.MOST_PAGES", 1)
        made = scanned()
        made.pages *= 2
        found = pdf.extract(BytesIO(made.data()))
        assert found.options["pages_read_by_ocr"] == [1]
        assert found.options["pages_not_read_by_ocr"] == [2]
        assert found.options["pages_without_text"] == [2]

    def test_a_huge_page_is_read_in_few_pixels(self):
        page = pypdfium2.PdfDocument(one_page(b"0 0 9 9 re f", box=b"0 0 14400 14400"))[0]
        assert (14400 * ocr_scale(page)) ** 2 < 13_000_000


@pytest.mark.usefixtures("no_tesseract")
class TestScansWithoutTesseract:
    def test_what_to_install_is_said(self):
        with pytest.raises(ExtractionError, match="apt-get install tesseract-ocr"):
            pdf.extract(BytesIO(scanned().data()))

    def test_pages_that_could_not_be_read_are_said(self):
        made = scanned()
        made.page(lines(b"with text"))
        found = pdf.extract(BytesIO(made.data()))
        assert found.text == "\fwith text\f"
        assert found.options["pages_not_read_by_ocr"] == [1]
