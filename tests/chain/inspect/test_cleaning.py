"""Copies without metadata: what goes, what stays, and that nothing comes to light by it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from test_office import CORE, SEEN, package
from test_pdf_around import attached, commented, described, scripted, with_catalog, with_info
from test_pdf_words import SECRET, appearance
from test_pictures import ARTIST, GPS, drawn, saved, texts, with_preview

from docx_files import archive, deleted, docx, paragraph, part
from evidence_chain.errors import ExtractionError
from evidence_chain.inspect import looking
from inspecting import found, reveals
from pdfs import Pdf, line, one_page, updated


def cleaned(data, name="file"):
    return looking.clean(BytesIO(data), name)


PICTURES = {
    "JPEG": saved(exif=GPS, comment=b"/home/ilse/a.jpg"),
    "JPEG with a preview": with_preview("right"),
    "JPEG with more after it": saved() + saved(),
    "PNG": texts(Author="Ilse Maran"),
    "PNG with more after it": saved("PNG") + b"what was cut away from it",
    "WebP": saved("WEBP", exif=ARTIST, xmp=b"<x/>"),
}
PDFS = {
    "Info": with_info(b"/Author(Ilse Maran)/Producer(Typesetter 3)"),
    "XMP": with_catalog(described),
    "a file": with_catalog(attached),
    "a script": with_catalog(scripted),
    "a note": commented(b"/Subtype/Text/T(Maran)/Contents(Ask him)"),
    "a highlight's author": commented(b"/Subtype/Highlight/T(Maran)/Contents(Ask him)"),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_loses_its_metadata_and_no_dot(kind):
    copy = cleaned(PICTURES[kind])
    assert reveals(PICTURES[kind])
    assert found(copy.content) == {}
    before, after = (Image.open(BytesIO(one)) for one in (PICTURES[kind], copy.content))
    assert before.tobytes() == after.tobytes()
    assert any("sensor" in one for one in copy.left)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stays_turned_as_it_was(kind):
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Ilse Maran"
    more = {"lossless": True, "icc_profile": b"x" * 200} if kind == "WEBP" else {}
    copy = cleaned(saved(kind, drawn(), exif=exif.tobytes(), **more)).content
    assert dict(Image.open(BytesIO(copy)).getexif()) == {0x0112: 6}


@pytest.mark.parametrize("kind", PDFS)
def test_a_pdf_loses_its_properties(kind):
    assert found(PDFS[kind])
    copy = cleaned(PDFS[kind]).content
    assert reveals(copy) == set()
    assert b"Maran" not in copy


def test_a_pdf_loses_its_earlier_revisions():
    pdf = Pdf()
    pdf.page(line(b"Ilse Maran told us"))
    stream = next(n for n, body in enumerate(pdf.objects, 1) if b"Maran" in body)
    data = updated(pdf.data(), stream, b"<</Length 0>>stream\n\nendstream")
    assert reveals(data) == {"earlier-revision"}
    assert found(cleaned(data).content) == {}


def test_words_under_a_bar_stay_there_and_that_is_said():
    """Taking away an annotation that is a bar would show them."""
    for data in (appearance(b"/Subtype/Square/T(Maran)"), one_page(line(SECRET))):
        copy = cleaned(data)
        assert reveals(copy.content) == reveals(data) - {"comment"}
        assert any("hidden" in one for one in copy.left)
    assert "covered-words" in reveals(appearance(b"/Subtype/Square"))


def test_a_docx_loses_its_properties_and_opens():
    author = ("docProps/core.xml", CORE.format("<dc:creator>Ilse Maran</dc:creator>"))
    rsids = ("word/settings.xml", part("settings", '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'))
    picture = ("word/media/a.jpg", saved(exif=GPS))
    data = docx(SEEN, paragraph(deleted("Never")), files=[author, rsids, picture])
    assert {"author", "place", "tracked-change"} <= reveals(data)
    copy = cleaned(data)
    assert set(found(copy.content)) == {"tracked-change"}
    assert any("Tracked changes" in one for one in copy.left)
    assert ZipFile(BytesIO(copy.content)).testzip() is None


def test_references_to_parts_that_went_go_too():
    types = "<Types><Override PartName='/docProps/core.xml' ContentType='x'/></Types>"
    held = package(("docProps/core.xml", CORE.format("")))
    with ZipFile(BytesIO(held)) as before:
        files = [(n, before.read(n)) for n in before.namelist() if n != "[Content_Types].xml"]
    copy = cleaned(archive([("[Content_Types].xml", types), *files])).content
    assert ZipFile(BytesIO(copy)).read("[Content_Types].xml") == b"<Types></Types>"


@pytest.mark.parametrize("data", [b"plain words", b"GIF89a" + bytes(9), saved()[:200]])
def test_what_cannot_be_cleaned_is_refused(data):
    with pytest.raises(ExtractionError, match=r"(?i)save"):
        cleaned(data)
