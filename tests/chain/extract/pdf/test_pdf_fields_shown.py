"""Form fields that show something else than they hold, or nothing; and what they cover."""

from io import BytesIO

import pytest

from evidence_chain.extract import MarkKind, TextStream, pdf
from pdfs import Pdf, line

VALUE = b"The bidder pays nothing."
APPEARS = b"q BT /F 11 Tf 0 g 2 5 Td (The bidder pays ninety crowns.) Tj ET Q"


def form(field=b"", appearance=None, box=b"45 592 445 612", content=b""):
    made = Pdf()
    entries = b"/Type/Annot/Subtype/Widget/FT/Tx/T(sum)/V(%s)/Rect[%s]" % (VALUE, box)
    if appearance is not None:
        shown = made.stream(
            appearance,
            b"/Type/XObject/Subtype/Form/BBox[0 0 400 20]/Resources<</Font<</F %d 0 R>>>>"
            % made.font,
        )
        entries += b"/AP<</N %d 0 R>>" % shown
    default = b"" if b"/DA" in field else b"/DA(/F 11 Tf 0 g)"
    widget = made.add(b"<<%s%s%s>>" % (entries, field, default))
    made.page(line(b"To be filled in.") + content, b"/Annots[%d 0 R]" % widget)
    needed = b"/NeedAppearances true" if appearance is None else b""
    made.catalog = b"/AcroForm<</Fields[%d 0 R]/DA(/F 11 Tf 0 g)%s/DR<</Font<</F %d 0 R>>>>>>" % (
        *(widget, needed, made.font),
    )
    return made.data()


def kinds(data, words):
    found = pdf.extract(BytesIO(data))
    start = found.text.index(words)
    marks = TextStream(found.text, marks=found.marks).marked([(start, start + len(words))])
    return {str(mark.kind) for mark in marks}


def test_a_field_that_shows_its_value():
    assert kinds(form(b"/F 4"), VALUE.decode()) == {MarkKind.PAGE, MarkKind.FIELD}


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param({"appearance": APPEARS}, id="another text"),
        pytest.param({"appearance": b""}, id="an empty appearance"),
        pytest.param({"box": b"700 900 900 920"}, id="off the page"),
        pytest.param({"box": b"45 592 45 592"}, id="without size"),
        pytest.param({"field": b"/Ff 8192"}, id="a password"),
        pytest.param({"field": b"/DA(/F 11 Tf 1 g)"}, id="white"),
        pytest.param({"field": b"/DA(/F 0.4 Tf 0 g)"}, id="tiny"),
        pytest.param({"field": b"/F 2"}, id="flagged as hidden"),
        pytest.param({"field": b"/OC<</Type/OCG/Name(L)>>"}, id="in a layer"),
    ],
)
def test_a_value_that_is_not_seen(hidden):
    assert MarkKind.HIDDEN in kinds(form(**hidden), VALUE.decode())


def test_what_is_shown_instead_is_found():
    said = kinds(form(appearance=APPEARS), "The bidder pays ninety crowns.")
    assert said == {MarkKind.PAGE, MarkKind.FIELD}


def test_a_sentence_under_a_field():
    content = line(b"The secret price is nine.", 50, 597)
    opaque = form(appearance=b"1 g 0 0 400 20 re f", content=content)
    assert MarkKind.HIDDEN in kinds(opaque, "The secret price is nine.")
    clear = form(appearance=b"0 G 0 0 400 20 re S", content=content)
    assert kinds(clear, "The secret price is nine.") == {MarkKind.PAGE}
