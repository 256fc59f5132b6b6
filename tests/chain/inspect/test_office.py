"""What Office documents give away, of each kind, and a neighbour that doesn't."""

import pytest

from docx_files import archive, deleted, docx, inserted, paragraph, part, relationships, run
from inspecting import found, reveals, unchecked

SEEN = paragraph("Everybody may read this.")
TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
CORE = (
    '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</p:coreProperties>'
)
CUSTOM = (
    '<Properties xmlns="urn:x" xmlns:vt="urn:y"><property name="{}">'
    "<vt:lpwstr>{}</vt:lpwstr></property></Properties>"
)
SHEET = '<worksheet xmlns="urn:s"><cols>{}</cols><sheetData>{}</sheetData></worksheet>'
BOOK = '<workbook xmlns="urn:s"><sheets><sheet name="Sources" {}/></sheets></workbook>'
SLIDE = '<p:sld xmlns:p="urn:p" xmlns:a="urn:a" {}><a:t>The source is Ilse Maran</a:t></p:sld>'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="urn:x/{}" Target="{}" TargetMode="External"/></Relationships>'
)
ROW = '<row r="7"{}><c/></row>'


def package(*files):
    return archive([("[Content_Types].xml", TYPES), ("_rels/.rels", relationships([])), *files])


def comment():
    body = f'<w:comment w:id="1" w:author="Ilse Maran">{paragraph("Ask him")}</w:comment>'
    return docx(SEEN, comments=part("comments", body))


FILES = {
    "tracked-change": [
        (docx(paragraph(deleted("Never say this"))), "Never say this"),
        (docx(paragraph(inserted("Say this instead"))), "Say this instead"),
    ],
    "hidden-text": [(docx(SEEN, paragraph(run("The source", "<w:vanish/>"))), "The source")],
    "comment": [
        (comment(), "Ask him"),
        (package(("xl/comments1.xml", "<c xmlns='urn:x'><t>Ask him</t></c>")), "Ask him"),
    ],
    "author": [
        (
            docx(SEEN, files=[("docProps/core.xml", CORE.format("<dc:creator>Ilse</dc:creator>"))]),
            "Ilse",
        ),
        (
            package(("xl/persons/person.xml", "<p xmlns='urn:x'><q displayName='Ilse'/></p>")),
            "Ilse",
        ),
    ],
    "path": [
        (
            docx(
                SEEN, files=[("docProps/custom.xml", CUSTOM.format("From", "C:\\Users\\ilse\\a"))]
            ),
            "C:\\Users\\ilse\\a",
        ),
        (
            package(
                (
                    "word/_rels/settings.xml.rels",
                    RELATION.format("attachedTemplate", "file:///C:\\Users\\ilse\\t.dotx"),
                )
            ),
            "file:///C:\\Users\\ilse\\t.dotx",
        ),
    ],
    "hidden-sheet": [(package(("xl/workbook.xml", BOOK.format('state="veryHidden"'))), "Sources")],
    "hidden-cells": [
        (
            package(("xl/worksheets/sheet1.xml", SHEET.format("", ROW.format(' hidden="1"')))),
            "rows 7",
        ),
        (
            package(
                (
                    "xl/worksheets/sheet1.xml",
                    SHEET.format('<col min="2" max="3" hidden="1"/>', ROW.format("")),
                )
            ),
            "columns 2–3",
        ),
    ],
    "hidden-slide": [
        (package(("ppt/slides/slide1.xml", SLIDE.format('show="0"'))), "The source is Ilse Maran")
    ],
    "notes": [
        (package(("ppt/notesSlides/notesSlide1.xml", SLIDE.format(""))), "The source is Ilse Maran")
    ],
    "embedded-file": [(package(("word/embeddings/oleObject1.bin", "data")), "embedded")],
}
ORDINARY = {
    "title": package(("docProps/core.xml", CORE.format("<dc:title>Annex</dc:title>"))),
    "producer": package(
        ("docProps/app.xml", "<P xmlns='urn:x'><Application>Writer</Application></P>")
    ),
    "company": package(("docProps/app.xml", "<P xmlns='urn:x'><Company>Ledger</Company></P>")),
    "property": package(("docProps/custom.xml", CUSTOM.format("Number", "7"))),
    "template": package(
        ("word/_rels/settings.xml.rels", RELATION.format("attachedTemplate", "Normal.dotm"))
    ),
    "external-link": package(
        ("xl/_rels/a.rels", RELATION.format("externalLinkPath", "other.xlsx"))
    ),
    "printer": package(("xl/printerSettings/printerSettings1.bin", "HP")),
    "thumbnail": package(("docProps/thumbnail.jpeg", "")),
    "macro": package(("word/vbaProject.bin", "data")),
    "revision-ids": package(
        ("word/settings.xml", part("settings", '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'))
    ),
    "nothing": docx(SEEN),
    "nothing in a hyperlink": package(
        ("word/_rels/a.xml.rels", RELATION.format("hyperlink", "https://ledger.example/"))
    ),
    "nothing in shown sheets": package(
        ("xl/workbook.xml", BOOK.format("")),
        ("xl/worksheets/sheet1.xml", SHEET.format("", ROW.format(""))),
    ),
    "nothing in a shown slide": package(("ppt/slides/slide1.xml", SLIDE.format(""))),
}


@pytest.mark.parametrize(
    ("kind", "data", "gives"), [(k, *one) for k, of in FILES.items() for one in of]
)
def test_what_is_hidden_or_leads_to_people_matters(kind, data, gives):
    assert kind in reveals(data)
    assert any(gives in one for one in found(data)[kind])


def test_of_a_change_exactly_the_words_that_went_are_told():
    moved = inserted("Then we left. ", tag="w:moveFrom")
    body = paragraph("We came. ", deleted("Never say"), deleted(" this. "), moved, "We ate. ")
    more = paragraph("It rained. ", deleted("All day. "), "So it was.")
    said = found(docx(body, more))["tracked-change"]
    assert said == ["Never say this.", "Then we left.", "All day."]


def test_a_deletion_that_no_change_of_words_tells_is_told_with_its_paragraph():
    cell = '<w:tc><w:tcPr><w:cellDel w:id="3" w:author="Ilse Maran"/></w:tcPr>{}</w:tc>'
    row = cell.format(paragraph("The source", deleted(" is Jo", author="Jo Tannen")))
    said = found(docx(f"<w:tbl><w:tblPr/><w:tr>{row}</w:tr></w:tbl>"))["tracked-change"]
    assert any("The source is Jo" in one for one in said)


@pytest.mark.parametrize("kind", ORDINARY)
def test_what_is_ordinary_does_not_matter(kind):
    said = found(ORDINARY[kind])
    assert reveals(ORDINARY[kind]) == set()
    assert (kind in said) is not kind.startswith("nothing")


ODF = (
    '<o:document-content xmlns:o="urn:o" xmlns:text="urn:t" xmlns:style="urn:s" xmlns:fo="urn:f" '
    'xmlns:table="urn:b" xmlns:office="urn:of">{}</o:document-content>'
)
INVISIBLE = (
    '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
)
UNSEEN = (
    '<style:style style:name="t1"><style:table-properties table:display="false"/></style:style>'
)
OPENDOCUMENT = {
    "hidden-text": INVISIBLE
    + '<text:p><text:span text:style-name="T1">The source</text:span></text:p>',
    "tracked-change": "<text:changed-region><text:deletion><text:p>Never</text:p></text:deletion>"
    "</text:changed-region>",
    "comment": "<office:annotation><text:p>Ask him</text:p></office:annotation>",
    "hidden-sheet": UNSEEN + '<table:table table:name="Sources" table:style-name="t1"/>',
    "hidden-cells": '<table:table-row table:visibility="collapse"/>',
}


def opendocument(body, meta=""):
    kind = "application/vnd.oasis.opendocument.text"
    return archive(
        [("mimetype", kind), ("content.xml", ODF.format(body)), ("meta.xml", ODF.format(meta))]
    )


@pytest.mark.parametrize("kind", OPENDOCUMENT)
def test_the_same_of_opendocument(kind):
    assert reveals(opendocument(OPENDOCUMENT[kind])) == {kind}


def test_opendocument_names_authors_and_an_ordinary_one_gives_nothing_away():
    by = opendocument("", "<dc:creator xmlns:dc='urn:d'>Ilse Maran</dc:creator>")
    assert found(by)["author"] == ["Ilse Maran"]
    assert found(opendocument(INVISIBLE + "<text:p>Seen</text:p>")) == {}


def test_files_in_a_document_are_looked_into_and_damage_is_told():
    inner = docx(paragraph(deleted("Never say this")))
    outer = package(("word/embeddings/inner.docx", inner), ("word/settings.xml", "<broken"))
    assert {"embedded-file", "tracked-change"} <= reveals(outer)
    assert any("settings.xml" in one for one in unchecked(outer))
