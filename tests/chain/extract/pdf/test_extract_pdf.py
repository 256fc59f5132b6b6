"""PDF: every page in order, character by character, and what else the file says."""

from io import BytesIO
from random import Random

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import MarkKind, extract, parts, pdf
from evidence_chain.text import Status, match
from pdfs import Pdf, form, line, lines, one_page, report, seen, to_unicode, updated


def drawn(data):
    return pdf.extract(BytesIO(data))


def marked(data, kind):
    """Text and detail of each mark of a kind."""
    found = drawn(data)
    return [(found.text[m.start : m.end], m.detail) for m in found.marks if m.kind == kind]


def several(*contents):
    made = Pdf()
    for content in contents:
        made.page(content)
    return made


def test_pages_in_order_each_with_its_number():
    data = several(lines(b"First page"), b"", lines(b"Third", b"page")).data()
    assert drawn(data).text == "First page\f\fThird\npage\f"
    assert marked(data, MarkKind.PAGE) == [
        ("First page\f", "1"),
        ("\f", "2"),
        ("Third\npage\f", "3"),
    ]
    assert drawn(data).options["pages"] == 3
    assert drawn(data).options["pages_without_text"] == [2]
    assert drawn(data).options["parser"].startswith("pdfium ")


def test_a_sentence_that_runs_over_a_page():
    made = several(lines(b"The city of Quillmar bought twelve"), lines(b"hundred cameras in May."))
    note = made.add(b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(a note between)>>")
    made.objects[made.pages[0] - 1] = made.objects[made.pages[0] - 1].replace(
        b"/Resources", b"/Annots[%d 0 R]/Resources" % note
    )
    found = match("Quillmar bought twelve hundred cameras in May.", drawn(made.data()).text)
    assert found.status == Status.NORMALISED
    assert found.accepted


def test_a_hyphen_at_a_line_end():
    text = drawn(one_page(lines(b"those sur-", b"veillance cameras"))).text
    assert text == "those sur\ufffeveillance cameras\f"
    assert match("those surveillance cameras", text).status == Status.NORMALISED


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (b"D842DFB7", "a\U00020bb7b c\f"),
        (b"D842", "a\ufffdb c\f"),
        (b"DFB7", "a\ufffdb c\f"),
        (b"00660066006C", "afflb c\f"),
        (b"0000", "a\ufffdb c\f"),
        (b"0003", "ab c\f"),
        (b"0627", "a\u0627b c\f"),
    ],
)
def test_what_a_glyph_stands_for(units, text):
    made = Pdf()
    cmap = made.stream(to_unicode({0x58: units}))
    made.objects[made.font - 1] = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R>>" % cmap
    )
    made.page(line(b"aXb c"))
    found = drawn(made.data())
    assert found.text == text
    assert found.options.get("glyphs_without_character", 0) == (
        units in (b"D842", b"DFB7", b"0000", b"0003")
    )
    [region] = seen(made.data(), (text.index("c"), text.index("c") + 1))
    assert region.boxes[0][0] > 7200 + 1200


def test_annotations_and_their_authors():
    made = Pdf()
    notes = [
        b"/Subtype/Text/Contents(Who signed this?)/T(R. Vane)",
        b"/Subtype/FreeText/Contents(Draft\rtwo)",
        b"/Subtype/Highlight/Contents(see p. 4)/F 2",
        b"/Subtype/Popup/Contents(Who signed this?)",
        b"/Subtype/Link",
    ]
    refs = b" ".join(
        b"%d 0 R" % made.add(b"<</Type/Annot/Rect[9 9 20 20]%s>>" % note) for note in notes
    )
    made.page(lines(b"Body"), entries=b"/Annots[%s]" % refs)
    data = made.data()
    assert drawn(data).text == "Body\fWho signed this?\nDraft\ntwo\nsee p. 4\n"
    assert marked(data, MarkKind.ANNOTATION) == [
        ("Who signed this?", "note by R. Vane"),
        ("Draft\ntwo", "free text"),
        ("see p. 4", "highlight"),
    ]
    assert marked(data, MarkKind.HIDDEN) == [("see p. 4", "annotation that isn't shown")]
    assert [detail for _, detail in marked(data, MarkKind.PAGE)] == ["1", "1", "1", "1"]


def test_what_was_filled_into_a_form():
    data = form().data()
    assert drawn(data).text.startswith("How many?\f")
    assert marked(data, MarkKind.FIELD) == [
        ("twelve hundred", "number"),
        ("Yes", "agreed"),
        ("Quillmar", "city"),
    ]


def test_attached_files(tmp_path):
    made = Pdf()
    file = made.stream(b"the minutes", b"/Type/EmbeddedFile")
    spec = made.add(b"<</Type/Filespec/F(../m.txt)/UF(../m.txt)/EF<</F %d 0 R>>>>" % file)
    pinned = made.stream(b"pinned", b"/Type/EmbeddedFile")
    other = made.add(b"<</Type/Filespec/F(p.txt)/UF(p.txt)/EF<</F %d 0 R>>>>" % pinned)
    note = made.add(b"<</Type/Annot/Subtype/FileAttachment/Rect[9 9 20 20]/FS %d 0 R>>" % other)
    made.page(lines(b"Body"), entries=b"/Annots[%d 0 R]" % note)
    made.catalog = b"/Names<</EmbeddedFiles<</Names[(m)%d 0 R]>>>>" % spec
    path = tmp_path / "with.pdf"
    path.write_bytes(made.data())
    assert parts(path, "application/pdf") == [("../m.txt", b"the minutes"), ("p.txt", b"pinned")]
    path.write_bytes(one_page(lines(b"Body")))
    assert parts(path, "application/pdf") == []


def test_clauses_that_bookmarks_name():
    made = several(
        lines(b"Tender", b"3.  Scope", b"of everything", b"3.1 Cameras"), lines(b"more", b"4 Price")
    )
    first, second = made.pages
    made.objects += [b""] * 5
    root = len(made.objects) - 4

    def bookmark(title, parent, page, rest=b""):
        return b"<</Title(%s)/Parent %d 0 R/Dest[%d 0 R/XYZ 0 800 0]%s>>" % (
            title,
            parent,
            page,
            rest,
        )

    made.objects[root - 1] = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count 3>>" % (
        root + 1,
        root + 4,
    )
    made.objects[root] = bookmark(b"Tender", root, first, b"/Next %d 0 R" % (root + 2))
    made.objects[root + 1] = bookmark(
        b"3. Scope",
        root,
        first,
        b"/Next %d 0 R/First %d 0 R/Last %d 0 R/Count 1" % (root + 4, root + 3, root + 3),
    )
    made.objects[root + 2] = bookmark(b"3.1 Cameras", root + 2, first)
    made.objects[root + 3] = bookmark(b"4 Price", root, second)
    made.catalog = b"/Outlines %d 0 R" % root
    assert marked(made.data(), MarkKind.CLAUSE) == [
        ("3. Scope\nof everything\n3.1 Cameras\fmore\n", "3"),
        ("3.1 Cameras\fmore\n", "3.1"),
        ("4 Price\f", "4"),
    ]


def test_revisions_are_counted():
    data = one_page(lines(b"As it was"))
    assert marked(data, MarkKind.REVISIONS) == []
    twice = updated(updated(data, 4, b"<</Length 0>>stream\n\nendstream"), 3, b"<</Broken true>>")
    content = line(b"As it is")
    again = updated(twice, 4, b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    assert marked(again, MarkKind.REVISIONS) == [("As it is\f", "4")]


def test_a_linearised_file_and_an_embedded_one_are_no_revisions():
    inner = one_page(lines(b"inner"))
    made = Pdf()
    made.stream(inner, b"/Type/EmbeddedFile")
    made.page(lines(b"outer"))
    first_part = b"%PDF-1.7\n1 0 obj\n<</Linearized 1>>\nendobj\nstartxref\n0\n%%EOF\n"
    assert marked(made.data(), MarkKind.REVISIONS) == []
    assert pdf_revisions(first_part + b"x" * 20) == 1


def pdf_revisions(data):
    from evidence_chain.extract.pdf.revisions import revisions

    return len(revisions(data)) or 1


def encrypted(user):
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    data = BytesIO()
    canvas = Canvas(data, encrypt=StandardEncryption(user, ownerPassword="owner"))
    canvas.drawString(72, 700, "Behind a password")
    canvas.save()
    return data.getvalue()


def test_encryption():
    assert drawn(encrypted("")).text == "Behind a password\f"
    with pytest.raises(ExtractionError, match="needs a password"):
        drawn(encrypted("secret"))
    with pytest.raises(ExtractionError, match="needs a password"):
        pdf.regions(BytesIO(encrypted("secret")), [[0, 1]], [0, 9])


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000, b""])
def test_what_is_no_pdf(data):
    with pytest.raises(ExtractionError, match="can't be opened"):
        drawn(data)


def test_a_broken_cross_reference_is_mended():
    data = one_page(lines(b"Still here"))
    at = int(data.rsplit(b"startxref", 1)[1].split()[0])
    assert (
        drawn(data.replace(b"startxref\n%d" % at, b"startxref\n%d" % (at + 99))).text
        == "Still here\f"
    )


def test_a_damaged_page_is_said():
    made = several(lines(b"Readable"), lines(b"lost"))
    made.objects[made.pages[1] - 1] = b"(no page)"
    found = drawn(made.data())
    assert found.text == "Readable\f\f"
    assert found.options["pages_damaged"] == [2]


def test_no_page_has_text():
    with pytest.raises(ExtractionError, match="None of the 1 pages"):
        drawn(one_page(b""))


def test_through_the_guard(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(report(2))
    stream = extract(path, "application/pdf")
    assert stream.extractor["name"] == "evidence-chain/pdf"
    assert stream.text == drawn(report(2)).text
    pages = [mark.detail for mark in stream.marks if mark.kind == MarkKind.PAGE]
    assert pages[:2] == ["1", "2"]


def test_every_slice_is_verbatim_and_has_a_box():
    data, random = report(3), Random(1)
    text = drawn(data).text
    for _ in range(30):
        start = random.randrange(len(text) - 200)
        start = text.index(" ", start) + 1
        end = text.rindex(" ", start, start + random.randrange(60, 150))
        assert match(text[start:end], text, near=(start, end)).status == Status.VERBATIM
        found = seen(data, (start, end))
        assert found
        for region in found:
            assert all(left < right and top < bottom for left, top, right, bottom in region.boxes)
            assert str(region.page) == drawn_page(text, start) or text[start:end].count("\f")


def drawn_page(text, at):
    return str(text.count("\f", 0, at) + 1)
