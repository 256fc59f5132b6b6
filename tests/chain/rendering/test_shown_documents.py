"""What LibreOffice shows of passages of a DOCX. `make soak` runs these, since it is large."""

import os
import shutil

import pytest

from docx_files import archive, paragraph, part, relationships, run
from evidence_chain.extract.sniffing import DOCX
from evidence_chain.rendering import Sight, show

SEEN = {
    "plain": paragraph("Camera 01 sees every face."),
    "in parts": paragraph(run("Camera 02 ", "<w:b/>"), run("sees every face.")),
}
UNSEEN = {
    "white": paragraph(run("Camera 03 sees every face.", '<w:color w:val="FFFFFF"/>')),
    "hidden": paragraph(run("Camera 04 sees every face.", "<w:vanish/>")),
    "struck out": paragraph(run("Camera 05 sees every face.", "<w:strike/>")),
    "half of a point": paragraph(run("Camera 06 sees every face.", '<w:sz w:val="1"/>')),
}


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
)


def letter(*body):
    """A DOCX that is whole enough for a word processor."""
    return archive(
        [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", relationships([("officeDocument", "word/document.xml")])),
            ("word/document.xml", part("document", f"<w:body>{''.join(body)}</w:body>")),
        ]
    )


@pytest.fixture(scope="module")
def looked(tmp_path_factory):
    """What was seen of each paragraph, by its name."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer-nogui).")
    if not os.environ.get("EVIDENCE_OFFICE"):
        pytest.skip("LibreOffice takes long: make soak runs this.")
    file = tmp_path_factory.mktemp("shown") / "letter.docx"
    file.write_bytes(letter(*SEEN.values(), *UNSEEN.values()))
    said = [f"Camera {number:02} sees every face." for number in range(1, 7)]
    return dict(zip(SEEN | UNSEEN, show(file, DOCX, said), strict=True))


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen(looked, name):
    assert looked[name].sight is Sight.SEEN, looked[name].detail


@pytest.mark.parametrize("name", UNSEEN)
def test_row_37_what_is_not_seen_is_for_a_person(looked, name):
    assert looked[name].sight is Sight.DIFFERS
    assert looked[name].detail


def test_a_document_that_makes_no_pages(looked, tmp_path):
    file = tmp_path / "broken.docx"
    file.write_bytes(b"PK\x03\x04 no document")
    (look,) = show(file, DOCX, ["Words"])
    assert look.sight is not Sight.SEEN
