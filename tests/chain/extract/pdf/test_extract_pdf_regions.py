"""Where a passage is seen on its page: boxes that hold its ink, and a picture of it."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops

from evidence_chain.extract import extract, pdf, regions
from pdfs import Pdf, form, line, lines, one_page, report, seen


def where(data, passage):
    start = pdf.extract(BytesIO(data)).text.index(passage)
    return seen(data, (start, start + len(passage)))


def ink(picture):
    """The box of what isn't white."""
    return ImageChops.invert(picture.convert("L")).getbbox()


def displayed(data, page=1):
    return pypdfium2.PdfDocument(data)[page - 1].render(scale=1).to_pil()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "page",
    [
        {},
        {"box": b"-50 -20 550 800"},
        {"entries": b"/CropBox[100 200 500 720]"},
        {"entries": b"/CropBox[100 200 500 720]/UserUnit 1"},
    ],
)
def test_the_box_is_where_the_ink_is(page, rotation):
    entries = page.get("entries", b"") + b"/Rotate %d" % rotation
    data = one_page(line(b"Quillmar", x=250, y=600), **page | {"entries": entries})
    [region] = where(data, "Quillmar")
    [box] = region.boxes
    assert [side / 100 for side in box] == pytest.approx(ink(displayed(data)), abs=1.5)


def test_a_word_within_a_line():
    data = one_page(lines(b"They did not know", b"of it"))
    [[one], [other]] = (where(data, word)[0].boxes for word in ("They", "know"))
    assert one[2] < other[0]
    assert one[1] == pytest.approx(other[1], abs=100)


def test_a_box_for_each_line_and_a_region_for_each_page():
    made = Pdf()
    made.page(lines(b"first line", b"second line"))
    made.page(lines(b"third line", b"fourth line"))
    data = made.data()
    found = where(data, "second line\fthird line\nfourth")
    assert [(region.page, len(region.boxes)) for region in found] == [(1, 1), (2, 2)]
    assert found[1].boxes[0][3] < found[1].boxes[1][1]


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_picture_shows_the_passage_and_its_surroundings(rotation):
    content = line(b"before", y=640) + line(b"Quillmar", x=200, y=620) + line(b"far away", y=100)
    data = one_page(content, entries=b"/Rotate %d" % rotation)
    [region] = where(data, "Quillmar")
    picture = Image.open(BytesIO(region.picture))
    assert picture.format == "PNG"
    left, top, right, bottom = ink(picture)
    assert right - left > 20
    assert bottom - top > 10
    assert picture.width * picture.height < 1_000_000
    assert [region] == where(data, "Quillmar")


def test_the_picture_of_a_huge_page_is_small():
    data = one_page(line(b"tiny words", x=7000, y=7000), box=b"0 0 14400 14400")
    [region] = where(data, "tiny words")
    picture = Image.open(BytesIO(region.picture))
    assert picture.width * picture.height < 1_000_000
    assert ink(picture)


def test_text_outside_the_page_gives_what_is_next_to_it():
    data = one_page(line(b"seen") + line(b"outside", x=5000))
    [region] = where(data, "outside")
    assert region.boxes[0][0] > 60_000
    assert Image.open(BytesIO(region.picture)).width > 0


def test_annotations_and_fields():
    data = form(b"4711").data()
    [region] = where(data, "4711")
    assert region.page == 1
    assert region.boxes == [[5000, 68_000, 9000, 70_100]]
    assert Image.open(BytesIO(region.picture)).width > 0


def test_nothing_where_nothing_is():
    data = one_page(lines(b"one"))
    assert seen(data, (3, 4)) == []
    assert seen(data, (900, 905)) == []


def test_through_the_guard(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(report(2))
    stream = extract(path, "application/pdf")
    [region] = regions(path, "application/pdf", stream, [(10, 30)])
    assert region.page == 1
    assert ink(Image.open(BytesIO(region.picture)))


@pytest.mark.parametrize("name", ["multilang", "toy", "crazyones", "superscript-pdftex"])
def test_boxes_and_stream_are_of_the_same_letters(shared, name):
    data = shared(f"vectors/pypdf-pdfs/{name}.pdf").read_bytes()
    page = pypdfium2.PdfDocument(data)[0]
    height, bounded = page.get_height(), page.get_textpage().get_text_bounded
    stream = pdf.extract(BytesIO(data)).text
    places = [(at, at + 1) for at in range(0, len(stream) - 1, 5)]
    for region in seen(data, *places):
        char = stream[places[region.slice][0]]
        [[left, top, right, bottom]] = [[side / 100 for side in box] for box in region.boxes]
        around = (left - 1, height - bottom - 1, right + 1, height - top + 1)
        assert char.replace("\ufffe", "-") in bounded(*around).replace("\x02", "-")


def test_many_slices_at_once():
    made = Pdf()
    made.page(lines(b"first line", b"second line"))
    made.page(lines(b"third line"))
    made.page(lines(b"fourth line"))
    data = made.data()
    text = pdf.extract(BytesIO(data)).text
    slices = [(text.index(word), text.index(word) + 5) for word in ("fourt", "secon", "first")]
    found = {region.slice: region.page for region in seen(data, *slices)}
    assert found == {0: 3, 1: 1, 2: 1}
