"""Pictures: read by tesseract where it is installed, and never as if they were text."""

import struct
import zlib
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import TextStream, extract, image, regions
from evidence_chain.extract.pages import ocr
from pdfs import line, one_page

LINES = ("The city of Quillmar bought", "twelve hundred cameras")


def picture(*texts, mode="L"):
    """Black text on white."""
    content = b"".join(
        line(text.encode(), x=40, y=240 - 60 * row, size=20) for row, text in enumerate(texts)
    )
    page = pypdfium2.PdfDocument(one_page(content, box=b"0 0 400 300"))[0]
    return page.render(scale=3).to_pil().convert(mode)


def saved(made, kind, **options):
    data = BytesIO()
    made.save(data, kind, **options)
    return data.getvalue()


def drawn(data):
    return image.extract(BytesIO(data))


@pytest.mark.usefixtures("tesseract", "in_english")
class TestReading:
    @pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "webp"])
    def test_each_format(self, kind):
        assert f"image/{kind}" in image.MEDIA_TYPES
        found = drawn(saved(picture(*LINES, mode="RGB"), kind))
        assert found.text.split() == " ".join(LINES).split()

    def test_through_the_guard(self, tmp_path):
        path = tmp_path / "picture"
        path.write_bytes(saved(picture(*LINES), "png"))
        stream = extract(path, "image/png")
        assert stream.text.split() == " ".join(LINES).split()
        assert stream.extractor["name"] == "evidence-chain/image"
        options = stream.extractor["options"]
        assert options["ocr"].startswith("tesseract ")
        assert "eng" in options["languages"]

    def test_all_of_it_is_marked(self):
        found = drawn(saved(picture(*LINES), "png"))
        assert found.text == "\n\n".join(LINES) + "\f"
        size = len(found.text)
        assert found.marks == [(0, size, "page", "1"), (0, size, "ocr", "")]

    def test_what_is_transparent_is_white(self):
        shape = picture(*LINES[:1])
        clear = Image.new("LA", shape.size, (0, 0))
        clear.putalpha(shape.point(lambda value: 255 - value))
        assert drawn(saved(clear, "png")).text.strip() == LINES[0]

    def test_a_photograph_is_turned_as_its_camera_says(self):
        turned = picture(*LINES).rotate(90, expand=True)
        exif = Image.Exif()
        exif[0x0112] = 6
        assert drawn(saved(turned, "jpeg", exif=exif)).text.split()[-1] == "cameras"

    def test_the_pages_of_a_fax(self, monkeypatch):
        pages = [picture(text) for text in LINES]
        data = saved(pages[0], "tiff", save_all=True, append_images=pages[1:])
        found = drawn(data)
        assert found.text == LINES[0] + "\f" + LINES[1] + "\f"
        assert [mark.detail for mark in found.marks if mark.kind == "page"] == ["1", "2"]
        start = found.text.index("cameras")
        pages = TextStream(found.text, {}, found.marks).pages
        [region] = image.regions(BytesIO(data), [(start, start + 7)], pages).regions
        assert region.page == 2
        monkeypatch.setattr(image, "MOST_PAGES", 1)
        assert drawn(data).text == LINES[0] + "\f"
        assert drawn(data).options["pages_not_read"] == [2]

    def test_where_a_passage_stands(self, tmp_path):
        path = tmp_path / "picture.png"
        path.write_bytes(saved(picture(*LINES), "png"))
        stream = extract(path, "image/png")
        slice_ = (stream.text.index("bought"), stream.text.index("hundred"))
        [region] = regions(path, "image/png", stream, [slice_])
        assert [box[1] // 100 for box in region.boxes] == pytest.approx([135, 315], abs=25)
        assert region.boxes[0][0] > region.boxes[1][2]
        cut = Image.open(BytesIO(region.picture))
        assert cut.width == 1200
        assert cut.height < 400

    def test_a_cut_can_be_read_again(self):
        [region] = image.regions(BytesIO(saved(picture(*LINES), "png")), [[0, 5]], [0, 99]).regions
        assert ocr.read_picture(region.picture, ("eng",)) == LINES[0]
        assert drawn(region.picture).text == LINES[0] + "\f"

    def test_a_picture_without_text(self):
        with pytest.raises(ExtractionError, match="read no text"):
            drawn(saved(Image.new("L", (300, 300), 255), "png"))

    def test_a_language_that_is_not_there(self):
        with pytest.raises(ExtractionError, match="tesseract could not read"):
            ocr.read(picture(*LINES), ("nothing",))

    def test_a_picture_that_takes_too_long(self, monkeypatch):
        monkeypatch.setattr(ocr, "SECONDS", 0.01)
        with pytest.raises(ExtractionError, match="took more than"):
            ocr.read(picture(*LINES), ("eng",))


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(("most", "used"), [(1, ["eng"]), (9, None)])
def test_languages_in_their_order(monkeypatch, most, used):
    monkeypatch.setattr(ocr, "MOST_LANGUAGES", most)
    ocr._languages.cache_clear()
    languages = ocr.described()["languages"]
    assert languages == (used or [name for name in ocr.LANGUAGES if name in languages])
    ocr._languages.cache_clear()


@pytest.mark.usefixtures("no_tesseract")
def test_what_to_install_is_said(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(saved(picture(*LINES), "png"))
    with pytest.raises(ExtractionError, match="apt-get install tesseract-ocr"):
        extract(path, "image/png")


def bomb(width, height):
    """A PNG that says how large it is, and no more."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (50_000_001, 1), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_too_many_pixels(size):
    with pytest.raises(ExtractionError, match="pixels; up to 50,000,000 are read"):
        drawn(bomb(*size))


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", bomb(1000, 1000), b"GIF89a" + b"x" * 50]
)
def test_what_is_no_picture(data):
    with pytest.raises(ExtractionError, match="can't be read"):
        drawn(data)


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "webp"])
def test_a_picture_that_is_cut_off(kind):
    data = saved(Image.effect_noise((300, 200), 50).convert("RGB"), kind)
    with pytest.raises(ExtractionError, match="can't be read"):
        drawn(data[: len(data) // 2])


def test_a_picture_that_breaks_its_parser(tmp_path):
    """Pillow meets damage with whatever error comes up."""
    path = tmp_path / "picture.tiff"
    path.write_bytes(b"II*\0\x08\0\0\0\0\0\0\0\0\0")
    with pytest.raises(ExtractionError, match=r"its parser stopped with|can't be read"):
        extract(path, "image/tiff")
