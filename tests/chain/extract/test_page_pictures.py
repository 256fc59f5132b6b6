"""A picture of a whole page: as large as the page, of the file that was meant, within limits."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.extract import image, pdf
from evidence_chain.extract.guard.guard import Limits
from evidence_chain.extract.pages import page_pictures
from evidence_chain.extract.pages.page import HEIGHT, MOST_PIXELS, WIDTH
from evidence_chain.extract.pages.page_pictures import (
    has_pages,
    page_picture,
    page_size,
)
from pdfs import Pdf, line, lines, one_page, report, seen

PDF = "application/pdf"


def digest(data):
    return b3(data).hex()


def size(data, page=1, module=pdf):
    return module.page_size(BytesIO(data), page, digest(data))


def drawn(data, page=1, module=pdf):
    return Image.open(BytesIO(module.page_picture(BytesIO(data), page, digest(data)).png))


def ink(picture):
    """The box of what isn't white."""
    return ImageChops.invert(picture.convert("L")).getbbox()


def saved(picture, kind, **more):
    data = BytesIO()
    picture.save(data, kind, **more)
    return data.getvalue()


@pytest.fixture
def document(tmp_path):
    """A function that opens a file with this content."""
    opened = []

    def make(data):
        path = tmp_path / f"document-{len(opened)}"
        path.write_bytes(data)
        opened.append(path.open("rb"))
        return opened[-1]

    yield make
    for file in opened:
        file.close()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "entries", [b"", b"/CropBox[100 200 500 720]", b"/CropBox[100 200 500 720]/UserUnit 1"]
)
def test_picture_size_and_boxes_are_of_the_same_page(entries, rotation):
    content = line(b"Quillmar", x=250, y=600)
    data = one_page(content, entries=entries + b"/Rotate %d" % rotation)
    start = pdf.extract(BytesIO(data)).text.index("Quillmar")
    [region] = seen(data, (start, start + 8))
    [box] = region.boxes
    _, width, height = size(data)
    picture = drawn(data)
    across, down = picture.width / width, picture.height / height
    assert across == pytest.approx(down, rel=0.01)
    placed = [side * scale for side, scale in zip(box, (across, down) * 2, strict=True)]
    assert ink(picture) == pytest.approx(placed, abs=4)


def test_each_page_has_its_own_size_and_picture():
    made = Pdf()
    made.page(lines(b"first"))
    made.page(lines(b"second"), box=b"0 0 900 600")
    data = made.data()
    assert size(data, 1) == (2, 60_000, 80_000)
    assert size(data, 2) == (2, 90_000, 60_000)
    assert drawn(data, 1).size == (1200, 1600)
    assert drawn(data, 2).size == (1200, 800)


@pytest.mark.parametrize(
    "box", [b"0 0 14400 14400", b"0 0 3 14400", b"0 0 14400 3", b"0 0 5 5", b"0 0 9e9 9e9"]
)
def test_no_page_makes_a_large_picture(box):
    picture = drawn(one_page(line(b"words"), box=box))
    assert 0 < picture.width <= WIDTH + 1
    assert 0 < picture.height <= HEIGHT + 1
    assert picture.width * picture.height <= 1.01 * MOST_PIXELS


def test_annotations_and_fields_are_drawn():
    made = Pdf()
    look = made.stream(b"1 0 0 rg 0 0 100 50 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 100 50]")
    note = made.add(b"<</Type/Annot/Subtype/Stamp/Rect[50 50 150 100]/F 4/AP<</N %d 0 R>>>>" % look)
    made.page(b"", entries=b"/Annots[%d 0 R]" % note)
    assert ink(drawn(made.data()))


@pytest.mark.parametrize("page", [0, -1, 3, 10**15])
def test_a_page_that_is_not_there(page, document):
    data = report(2)
    for asked in (page_size, page_picture):
        with pytest.raises(InputError, match=f"has 2 pages, and no page {page}"):
            asked(document(data), PDF, page, digest(data))


def test_another_file_is_never_drawn(document):
    meant, other = one_page(line(b"meant")), one_page(line(b"other"))
    for asked in (page_size, page_picture):
        with pytest.raises(ExtractionError, match="not intact"):
            asked(document(other), PDF, 1, digest(meant))
        assert asked(document(meant), PDF, 1, digest(meant))


def test_through_the_guard(document):
    data = report(1)
    found = Image.open(BytesIO(page_picture(document(data), PDF, 1, digest(data))))
    told = page_size(document(data), PDF, 1, digest(data))
    assert (found.format, found.width) == ("PNG", WIDTH)
    assert found.height / found.width == pytest.approx(told.height / told.width, rel=0.01)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nbroken", b"", b"\x89PNG\r\n\x1a\n", b"%PDF-" * 999])
def test_a_broken_file_gives_a_reason(data, document):
    for asked in (page_size, page_picture):
        with pytest.raises(ExtractionError, match="damaged"):
            asked(document(data), PDF, 1, digest(data))


def test_a_page_that_is_no_page_gives_a_reason(document):
    data = report(2).replace(b"/Type /Page\n", b"/Type /Pag_\n").replace(b"/Kids", b"/K_ds")
    for asked in (page_size, page_picture):
        with pytest.raises((ExtractionError, InputError)):
            asked(document(data), PDF, 1, digest(data))


def test_a_page_that_takes_for_ever_is_ended(document, monkeypatch):
    endless = Limits(cpu=1, clock=20)
    monkeypatch.setattr(page_pictures, "LIMITS", endless)
    data = one_page(b"0 0 600 800 re f " * 400_000)
    with pytest.raises(ExtractionError, match="more than 1 s of computing"):
        page_picture(document(data), PDF, 1, digest(data))
    assert page_size(document(data), PDF, 1, digest(data)).width == 60_000


@pytest.mark.parametrize(
    "answer",
    [
        ({}, b""),
        ({"size": [1, 2], "pages": "x"}, b"\x89PNG\r\n\x1a\n"),
        ({"size": "abc", "pages": 1}, b"<svg onload=alert(1)>"),
        ({"size": None, "pages": None}, b""),
    ],
)
def test_an_answer_that_is_none_is_refused(answer, document, monkeypatch):
    monkeypatch.setattr(page_pictures, "run", lambda *asked, **more: answer)
    for asked in (page_size, page_picture):
        with pytest.raises(ExtractionError, match="can't be read"):
            asked(document(b"%PDF-"), PDF, 1, "0" * 64)


def test_a_photograph_is_upright_and_made_smaller():
    lying = Image.new("RGB", (3000, 2000), "white")
    lying.paste("red", (0, 0, 300, 200))
    exif = lying.getexif()
    exif[0x0112] = 6
    data = saved(lying, "JPEG", exif=exif)
    assert size(data, module=image) == (1, 200_000, 300_000)
    picture = drawn(data, module=image)
    assert picture.size == (1200, 1800)
    assert picture.getpixel((1195, 5))[1] < 60
    assert picture.getpixel((5, 5))[1] > 200


def test_a_small_picture_keeps_its_size_and_its_ground_is_white():
    data = saved(Image.new("RGBA", (60, 40), (0, 0, 0, 0)), "PNG")
    assert size(data, module=image) == (1, 6_000, 4_000)
    picture = drawn(data, module=image)
    assert picture.size == (60, 40)
    assert ink(picture) is None


def test_each_page_of_a_tiff():
    pages = [Image.new("RGB", (60, 40 + n), "white") for n in range(3)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert [size(data, n, image) for n in (1, 3)] == [(3, 6_000, 4_000), (3, 6_000, 4_200)]
    assert drawn(data, 3, image).size == (60, 42)
    assert size(data, 4, image).width == 0
    assert image.page_picture(BytesIO(data), 4, digest(data)) == (3, b"")


def test_a_picture_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(image, "MOST_PIXELS", 100)
    with pytest.raises(ExtractionError, match="Preserve a smaller copy"):
        drawn(saved(Image.new("L", (60, 40)), "PNG"), module=image)


def test_which_types_have_pages():
    assert all(map(has_pages, (PDF, *image.MEDIA_TYPES)))
    assert not any(map(has_pages, ("text/plain", "text/html", "message/rfc822", "None", "")))


def test_the_page_is_that_of_other_readers(shared):
    data = shared("vectors/pypdf-pdfs/multilang.pdf").read_bytes()
    page = pypdfium2.PdfDocument(data)[0]
    assert size(data)[1:] == tuple(round(100 * side) for side in page.get_size())
