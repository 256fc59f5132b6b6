"""Words of a PDF that nobody sees: each way of hiding, and a neighbour that hides nothing."""

from io import BytesIO

import pytest

from evidence_chain.inspect import looking
from inspecting import found, reveals
from pdfs import Pdf, line, one_page

SECRET = b"The source is Ilse Maran"
BAR = b"0 g 60 690 400 20 re f\n"
SEEN = line(b"Everybody may read this", y=600)


def with_annotation(entries, content=None):
    pdf = Pdf()
    annotation = pdf.add(b"<</Type/Annot/Rect[60 690 460 712]%s>>" % entries)
    pdf.page(content or line(SECRET) + SEEN, entries=b"/Annots[%d 0 R]" % annotation)
    return pdf.data()


def appearance(entries):
    pdf = Pdf()
    drawn = pdf.stream(
        b"0 g 0 0 400 22 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 400 22]/Resources<<>>"
    )
    annotation = pdf.add(
        b"<</Type/Annot/Rect[60 690 460 712]/F 4/AP<</N %d 0 R>>%s>>" % (drawn, entries)
    )
    pdf.page(line(SECRET) + SEEN, entries=b"/Annots[%d 0 R]" % annotation)
    return pdf.data()


def under_a_picture():
    pdf = Pdf()
    image = pdf.image(4, 4, bytes([90] * 16))
    draw = b"q 400 0 0 22 60 690 cm /I Do Q\n"
    pdf.page(line(SECRET) + SEEN + draw, resources=b"/XObject<</I %d 0 R>>" % image)
    return pdf.data()


def scan(bar):
    """A picture of a page with its words as an invisible layer, and perhaps a bar burnt into it."""
    pdf, layer = Pdf(), line(SECRET, before=b"3 Tr")
    pixels = bytearray(b"\xff" * (300 * 400))
    if bar:
        for row in range(42, 58):
            pixels[row * 300 + 30 : row * 300 + 230] = bytes(200)
    image = pdf.image(300, 400, bytes(pixels))
    draw = b"q 600 0 0 800 0 0 cm /I Do Q\n"
    pdf.page(draw + layer, resources=b"/XObject<</I %d 0 R>>" % image)
    return pdf.data()


HIDDEN = {
    "a bar": (one_page(line(SECRET) + BAR + SEEN), "covered-words"),
    "a picture": (under_a_picture(), "covered-words"),
    "an opaque highlight": (appearance(b"/Subtype/Highlight"), "covered-words"),
    "a black square": (appearance(b"/Subtype/Square"), "covered-words"),
    "a crop": (one_page(line(SECRET) + SEEN, entries=b"/CropBox[0 0 600 650]"), "outside-words"),
    "the paper's edge": (one_page(line(SECRET, y=900) + SEEN), "outside-words"),
    "its colour": (one_page(BAR + line(SECRET, before=b"0 g") + SEEN), "hidden-words"),
    "no ink": (one_page(line(SECRET, before=b"3 Tr") + SEEN), "hidden-words"),
    "a bar in a scan": (scan(bar=True), "covered-words"),
    "a mark never applied": (with_annotation(b"/Subtype/Redact"), "unapplied-redaction"),
}
SHOWN = {
    "a bar elsewhere": one_page(line(SECRET) + SEEN + b"0 g 60 400 400 20 re f\n"),
    "a bar behind": one_page(b"0.9 g 60 690 400 20 re f\n0 g " + line(SECRET) + SEEN),
    "an empty crop": one_page(line(SECRET) + SEEN, entries=b"/CropBox[0 0 600 790]"),
    "a line that runs off": one_page(line(SECRET * 5) + SEEN),
    "a scan's layer": scan(bar=False),
    "words drawn twice": one_page(line(SECRET) + line(SECRET) + SEEN),
    "a link": with_annotation(b"/Subtype/Link"),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_words_that_are_hidden_are_found(how):
    data, kind = HIDDEN[how]
    said = found(data)
    assert kind in said, said
    assert any("Ilse Maran" in " ".join(one.split()) for one in said[kind])


@pytest.mark.parametrize("how", SHOWN)
def test_words_that_are_shown_are_no_finding(how):
    assert reveals(SHOWN[how]) == set()


def nested(words):
    """Words in a form that is drawn fully transparent."""
    pdf = Pdf()
    font = b"/Resources<</Font<</F %d 0 R>>>>" % pdf.font
    state = b"/ExtGState<</T<</ca 0>>>>"
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    form = pdf.stream(line(words), kind + font)
    pdf.page(b"q /T gs /X Do Q " + SEEN, resources=b"/XObject<</X %d 0 R>>%s" % (form, state))
    return pdf.data()


TOLD = {
    "scan-text": scan(bar=False),
    "cut-words": one_page(line(SECRET * 5) + SEEN),
    "clipping-text": one_page(line(SECRET, before=b"7 Tr") + SEEN),
    "hidden-letters": nested(b"ab"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_unseen_for_an_ordinary_reason_is_told_as_that(kind):
    assert kind in found(TOLD[kind])
    assert reveals(TOLD[kind]) == set()


def test_words_in_a_drawing_that_nobody_sees_are_found():
    assert reveals(nested(SECRET)) == {"hidden-words"}


def test_each_place_on_a_page_has_a_box_and_a_picture_without_the_words():
    data, _ = HIDDEN["a bar"]
    (one,) = looking.inspect(BytesIO(data), "a.pdf").reveals
    assert one.page == 1
    left, top, right, bottom = one.box
    assert 0 < left < right < 60_000
    assert 8_000 < top < bottom < 11_000
    assert one.picture.startswith(b"\x89PNG")
    assert one.as_json()["box"] == list(one.box)


def test_a_bookmark_that_repeats_hidden_words_is_told():
    def outlined(title):
        pdf = Pdf()
        page = pdf.page(line(SECRET) + BAR + SEEN)
        outline = len(pdf.objects) + 1
        pdf.add(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count 1>>" % (outline + 1, outline + 1))
        pdf.add(b"<</Title(%s)/Parent %d 0 R/Dest[%d 0 R/Fit]>>" % (title, outline, page))
        pdf.catalog = b"/Outlines %d 0 R" % outline
        return found(pdf.data())

    assert outlined(b"The source is Ilse Maran")["bookmark-words"] == [SECRET.decode()]
    other = outlined(b"Annex 2")
    assert "bookmark-words" not in other
    assert other["bookmark"] == ["Annex 2"]
