"""What is around the pages of a PDF: properties, revisions, files, comments, forms, scripts."""

import pytest

from inspecting import found, reveals, unchecked
from pdfs import Pdf, form, line, one_page, updated

SEEN = line(b"Everybody may read this")
XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq>
</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"""


def with_info(entries):
    pdf = Pdf()
    pdf.page(SEEN)
    info = pdf.add(b"<<%s>>" % entries)
    return pdf.data().replace(b"/Root 1 0 R", b"/Root 1 0 R/Info %d 0 R" % info)


def with_catalog(make):
    pdf = Pdf()
    pdf.page(SEEN)
    pdf.catalog = make(pdf)
    return pdf.data()


def attached(pdf):
    file = pdf.stream(b"secret plans", b"/Type/EmbeddedFile")
    spec = pdf.add(b"<</Type/Filespec/F(plan.txt)/UF(plan.txt)/EF<</F %d 0 R>>>>" % file)
    return b"/Names<</EmbeddedFiles<</Names[(plan.txt) %d 0 R]>>>>" % spec


def scripted(pdf):
    return b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"


def layered(pdf):
    layer = pdf.add(b"<</Type/OCG/Name(Draft of Maran)>>")
    return b"/OCProperties<</OCGs[%d 0 R]/D<</OFF[%d 0 R]>>>>" % (layer, layer)


def described(pdf):
    stream = pdf.stream(XMP % b"Ilse Maran", b"/Type/Metadata/Subtype/XML")
    return b"/Metadata %d 0 R" % stream


def commented(entries):
    pdf = Pdf()
    note = pdf.add(b"<</Type/Annot/Rect[60 690 80 710]%s>>" % entries)
    pdf.page(SEEN, entries=b"/Annots[%d 0 R]" % note)
    return pdf.data()


def signed(pdf):
    signature = pdf.add(b"<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>/ByteRange[0 1 2 3]>>")
    field = pdf.add(b"<</FT/Sig/T(by)/V %d 0 R>>" % signature)
    return b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>" % field


def filled(flags):
    pdf = Pdf()
    entries = b"/FT/Tx/T(who)/V(Ilse Maran)/Rect[60 99 90 120]/F %d" % flags
    field = pdf.add(b"<</Type/Annot/Subtype/Widget%s>>" % entries)
    pdf.page(SEEN, entries=b"/Annots[%d 0 R]" % field)
    pdf.catalog = b"/AcroForm<</Fields[%d 0 R]>>" % field
    return pdf.data()


MATTERS = {
    "author": (with_info(b"/Author(Ilse Maran)"), "Ilse Maran"),
    "author in XMP": (with_catalog(described), "Ilse Maran"),
    "path": (with_info(b"/Title(C:\\\\Users\\\\maran\\\\leak.doc)"), r"C:\Users\maran\leak.doc"),
    "embedded-file": (with_catalog(attached), "plan.txt"),
    "hidden-value": (filled(2), "Ilse Maran"),
    "comment": (commented(b"/Subtype/Text/T(Maran)/Contents(Ask him)"), "Maran: Ask him"),
}
ORDINARY = {
    "producer": (with_info(b"/Producer(Typesetter 3)"), "Typesetter 3"),
    "producer, for nobody": (with_info(b"/Author(anonymous)"), "anonymous"),
    "date": (with_info(b"/CreationDate(D:20310304)"), "D:20310304"),
    "title": (with_info(b"/Title(Annex 2)"), "Annex 2"),
    "javascript": (with_catalog(scripted), "app.alert(1)"),
    "layer": (with_catalog(layered), "Draft of Maran; switched off: Draft of Maran"),
    "form-value, shown": (filled(4), "Ilse Maran"),
    "signature": (with_catalog(signed), "a signer whose certificate isn't there"),
    "annotation": (commented(b"/Subtype/Square/F 4"), "an annotation without words"),
    "form-value": (form().data(), "twelve hundred"),
}


@pytest.mark.parametrize("kind", MATTERS)
def test_what_leads_to_people_matters(kind):
    data, gives = MATTERS[kind]
    kind = kind.split()[0]
    assert kind in reveals(data)
    assert gives in found(data)[kind]


@pytest.mark.parametrize("kind", ORDINARY)
def test_what_is_ordinary_is_told_and_does_not_matter(kind):
    data, gives = ORDINARY[kind]
    assert reveals(data) == set()
    assert gives in found(data)[kind.split(",")[0]]


def test_an_earlier_revision_is_told_with_the_words_that_it_had():
    pdf = Pdf()
    pdf.page(line(b"Ilse Maran told us", y=600) + SEEN)
    stream = next(n for n, body in enumerate(pdf.objects, 1) if b"Maran" in body)
    body = b"<</Length %d>>stream\n%s\nendstream" % (len(SEEN), SEEN)
    changed = updated(pdf.data(), stream, body)
    assert found(changed)["earlier-revision"] == ["Ilse Maran told us"]
    same = updated(pdf.data(), stream, pdf.objects[stream - 1])
    assert reveals(same) == set()
    assert "same-revision" in found(same)
    assert "same-revision" not in found(pdf.data())


def test_destinations_with_names_are_told():
    data = with_catalog(
        lambda pdf: b"/Names<</Dests<</Names[(maran) [%d 0 R/Fit]]>>>>" % pdf.pages[0]
    )
    assert found(data)["destination"] == ["maran"]
    assert "destination" not in found(one_page(SEEN))


def test_an_ordinary_page_gives_nothing_away_and_all_of_it_was_looked_into():
    assert found(one_page(SEEN)) == {}
    assert unchecked(one_page(SEEN)) == []
