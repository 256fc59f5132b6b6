"""Text of a PDF that nobody sees is marked, and with the reason; what is seen never is."""

from io import BytesIO

import pytest

from evidence_chain.extract import MarkKind, pdf
from evidence_chain.extract.pdf.hidden.watch import _Look
from pdfs import Pdf, line, lines, one_page, report

WHITE, BLACK = b"1 g ", b"0 g "
SEEN, HIDDEN = line(b"seen by all", y=740), b"never seen"
AREA = b"60 690 200 30 re f\n"


def hidden(data):
    found = pdf.extract(BytesIO(data))
    return [
        (found.text[mark.start : mark.end], mark.detail)
        for mark in found.marks
        if mark.kind == MarkKind.HIDDEN
    ]


def inside(content):
    return hidden(one_page(SEEN + content))


def grey(level):
    return b"%g g " % level


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (line(HIDDEN, before=b"3 Tr"), "invisible (render mode 3)"),
        (line(HIDDEN, before=b"7 Tr"), "only a shape to clip with (render mode 7)"),
        (line(HIDDEN, before=WHITE), "in the colour of what lies behind it"),
        (line(HIDDEN, before=grey(0.97)), "in the colour of what lies behind it"),
        (line(HIDDEN, before=b"0 0 0 0 k "), "in the colour of what lies behind it"),
        (b"0 g " + AREA + line(HIDDEN, before=BLACK), "in the colour of what lies behind it"),
        (b".2 g " + AREA + line(HIDDEN, before=grey(0.22)), "in the colour of what lies behind it"),
        (line(HIDDEN) + b"0 g " + AREA, "under something that is drawn over it"),
        (line(HIDDEN) + b"1 g " + AREA, "under something that is drawn over it"),
        (
            line(HIDDEN) + b"40 w 60 705 m 260 705 l S\n",
            "under something that is drawn over it",
        ),
        (
            line(HIDDEN)
            + b"3 w "
            + b"".join(b"60 %d m 260 %d l S\n" % (y, y) for y in range(695, 715, 2)),
            "under something that is drawn over it",
        ),
        (line(HIDDEN, x=700), "outside the page"),
        (line(HIDDEN, y=-50), "outside the page"),
        (line(HIDDEN, size=0.5), "too small to be read"),
        (line(HIDDEN, before=b".01 0 0 .01 0 0 cm"), "too small to be read"),
        (b"q 0 0 10 10 re W n " + line(HIDDEN) + b"Q ", "cut away by a clipping path"),
        (
            b"q 0 0 m 72 800 l 600 0 l h W n " + line(HIDDEN, x=300) + b"Q ",
            "cut away by a clipping path",
        ),
        (
            b"q 0 0 600 800 re 60 690 400 40 re W* n " + line(HIDDEN) + b"Q ",
            "cut away by a clipping path",
        ),
    ],
)
def test_hidden_text(content, reason):
    [(text, detail)] = inside(content)
    assert text == HIDDEN.decode()
    assert reason in detail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"1 g %s" + line(HIDDEN, before=BLACK), ""),
        (b"0 g %s" + line(HIDDEN, before=WHITE), ""),
        (b".5 g %s" + line(HIDDEN, before=BLACK) + b"1 g 0 0 9 9 re f ", ""),
        (b"0 g %s" + line(HIDDEN, before=BLACK), "in the colour of what lies behind it"),
        (b"1 g %s" + line(HIDDEN, before=WHITE), "in the colour of what lies behind it"),
        (b"1 g %s0 g " + AREA + line(HIDDEN), "in the colour of what lies behind it"),
        (line(HIDDEN) + b"1 g %s", "under something that is drawn over it"),
    ],
)
def test_areas_as_large_as_the_page(content, reason):
    found = hidden(one_page(content.replace(b"%s", b"-9 -9 999 999 re f\n")))
    assert found == ([(HIDDEN.decode(), reason)] if reason else [])


@pytest.mark.parametrize(
    "content",
    [
        line(b"plain"),
        line(b"red", before=b"1 0 0 rg "),
        line(b"grey", before=grey(0.6)),
        line(b"outlined", before=b"1 Tr "),
        line(b"white with an outline", before=b"2 Tr 1 g "),
        line(b"very small", size=4),
        b".9 g " + AREA + line(b"on a pale area", before=BLACK),
        b"0 g " + AREA + line(b"white on black", before=WHITE),
        b"0 g 60 690 100 30 re f .3 g 160 690 100 30 re f " + line(b"on two areas ", before=WHITE),
        line(b"underlined") + b"72 698 m 140 698 l S\n",
        line(b"struck out") + b"72 704 m 140 704 l S\n",
        line(b"in a frame") + b"60 690 200 30 re S\n",
        line(b"by a curve") + b"60 690 m 100 900 200 600 260 690 c S\n",
        b"q 60 690 300 40 re W n " + line(b"inside a clip") + b"Q ",
        b"q 60 690 m 360 690 l 380 740 l 60 730 l h W n " + line(b"inside a slanted clip") + b"Q ",
        b"/Span <</MCID 0>> BDC " + line(b"tagged") + b"EMC ",
        line(b". - , ' : ;"),
        line(b"turned", before=b"0 1 -1 0 900 100 cm "),
        line(b"over another") + line(b"over another", x=72.3),
    ],
)
def test_text_that_is_seen(content):
    assert inside(content) == []


def test_only_the_covered_words_of_a_line():
    content = line(b"They did not know of it") + b"0 g 121 695 17 16 re f\n"
    [(text, _)] = inside(content)
    assert text == "not"


def test_text_that_is_cut_to_the_letters_of_another():
    shaped = b"q BT /F 12 Tf 7 Tr 72 90 Td (shape) Tj ET BT 0 Tr 72 700 Td (%s) Tj ET Q "
    reasons = dict(inside(shaped % HIDDEN))
    assert reasons[HIDDEN.decode()] == "cut away by a clipping path"


@pytest.mark.parametrize(
    "area",
    [
        b"60 690 m 260 690 l 60 720 l f\n",
        b"60 690 m 260 720 l 260 690 l 60 720 l f\n",
        b"60 690 m 60 730 260 730 260 690 c f\n",
        b"q 0 0 90 800 re W n 60 690 200 30 re f Q\n",
        b"q .7 .7 -.7 .7 0 0 cm 540 440 30 100 re f Q\n",
    ],
)
def test_white_text_that_an_area_backs_only_in_part(area):
    text = "white text on an area"
    found = inside(b"0 g " + area + line(text.encode(), y=708, before=WHITE))
    assert found
    assert all(part in text and part != text for part, _ in found)


@pytest.mark.parametrize(
    "cover", [b"30 w 60 705 m 100 705 200 705 260 705 c S\n", b"30 w 0 600 m 300 810 l S\n"]
)
def test_text_under_a_broad_stroke(cover):
    [(part, reason), *_] = inside(line(HIDDEN) + cover)
    assert part in HIDDEN.decode()
    assert reason == "under something that is drawn over it"


def test_text_over_the_edge_of_the_page():
    [(text, reason)] = inside(line(b"the edge is here", x=555))
    assert "the edge is here".endswith(text)
    assert "outside the page" in reason
    assert len(text) < 12


def test_a_crop_box_is_the_page():
    data = one_page(line(HIDDEN, y=50), entries=b"/CropBox[0 100 600 800]")
    assert hidden(data) == [("never seen", "outside the page")]


def pictured(content, pixels=b"\x80"):
    """A page with a picture of one pixel, drawn by /I Do, before or after the text."""
    made = Pdf()
    image = made.image(1, 1, pixels)
    made.page(content, resources=b"/XObject<</I %d 0 R>>" % image)
    return made.data()


def test_text_under_a_picture():
    draw = b"q 200 0 0 30 60 690 cm /I Do Q\n"
    assert hidden(pictured(SEEN + line(HIDDEN) + draw)) == [
        ("never seen", "under something that is drawn over it")
    ]
    assert hidden(pictured(SEEN + draw + line(b"over it"))) == []
    assert hidden(pictured(SEEN + draw + line(HIDDEN, before=b".5 g "))) == [
        ("never seen", "in the colour of what lies behind it")
    ]


def test_the_text_layer_of_a_scan():
    scan = b"q 600 0 0 800 0 0 cm /I Do Q\n"
    body = b"".join(
        line(b"recognised text of a scanned page", y=y, before=b"3 Tr ")
        for y in range(100, 300, 20)
    )
    [(text, reason)] = hidden(pictured(scan + body))
    assert text.startswith("recognised")
    assert reason == "invisible text over an image (a scan's own text layer)"


@pytest.mark.parametrize(("alpha", "reasons"), [(b"0", 1), (b".02", 1), (b".5", 0)])
def test_transparent_text(alpha, reasons):
    content = SEEN + line(HIDDEN, before=b"/G gs ")
    data = one_page(content, resources=b"/ExtGState<</G<</ca %s>>>>" % alpha)
    assert len(hidden(data)) == reasons


@pytest.mark.parametrize(("state", "found"), [(b"OFF", ["never seen"]), (b"ON", [])])
def test_a_layer_that_is_switched_off(state, found):
    made = Pdf()
    layer = made.add(b"<</Type/OCG/Name(Layer)>>")
    content = SEEN + b"/OC /L BDC " + line(HIDDEN) + b"EMC "
    made.page(content, resources=b"/Properties<</L %d 0 R>>" % layer)
    made.catalog = b"/OCProperties<</OCGs[%d 0 R]/D<</%s[%d 0 R]>>>>" % (layer, state, layer)
    assert [text for text, _ in hidden(made.data())] == found


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (line(b"seen in a form"), []),
        (line(HIDDEN, before=WHITE), ["never seen"]),
        (line(HIDDEN, before=b"3 Tr "), ["never seen"]),
        (line(HIDDEN, size=0.5), ["never seen"]),
        (line(HIDDEN, x=-500), ["never seen"]),
        (line(HIDDEN, y=900), ["never seen"]),
        (line(HIDDEN) + b"0 g " + AREA, ["never seen"]),
    ],
)
def test_text_in_a_form_object(content, found):
    made = Pdf()
    inner = made.stream(
        content,
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F %d 0 R>>>>" % made.font,
    )
    made.page(SEEN + b"/X Do ", resources=b"/XObject<</X %d 0 R>>" % inner)
    assert [text for text, _ in hidden(made.data())] == found


@pytest.mark.parametrize(("state", "found"), [(b"OFF", ["never seen"]), (b"ON", [])])
def test_a_form_object_in_a_layer(state, found):
    made = Pdf()
    layer = made.add(b"<</Type/OCG/Name(Layer)>>")
    inner = made.stream(
        line(HIDDEN),
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/OC %d 0 R/Resources<</Font<</F %d 0 R>>>>"
        % (layer, made.font),
    )
    made.page(SEEN + b"/X Do ", resources=b"/XObject<</X %d 0 R>>" % inner)
    made.catalog = b"/OCProperties<</OCGs[%d 0 R]/D<</%s[%d 0 R]>>>>" % (layer, state, layer)
    assert [text for text, _ in hidden(made.data())] == found


def test_text_under_an_annotation():
    made = Pdf()
    look = made.stream(b"0 g 0 0 200 30 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 200 30]")
    note = made.add(
        b"<</Type/Annot/Subtype/Square/Rect[60 690 260 720]/F 4/AP<</N %d 0 R>>>>" % look
    )
    made.page(SEEN + line(HIDDEN), entries=b"/Annots[%d 0 R]" % note)
    assert hidden(made.data()) == [("never seen", "under something that is drawn over it")]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_pages(rotation):
    content = SEEN + line(HIDDEN) + b"0 g " + AREA + line(b"also seen", y=600)
    data = one_page(content, entries=b"/Rotate %d" % rotation, box=b"-50 -20 550 800")
    assert [text for text, _ in hidden(data)] == ["never seen"]


def test_hidden_texts_that_overlap_seen_ones():
    """Removing both at once would change the page in both places."""
    content = (
        b".5 g " + AREA + line(HIDDEN, before=b".5 g ") + line(b"seen words", y=702, before=BLACK)
    )
    assert [text for text, _ in inside(content + b"72 704 m 140 704 l S\n")] == ["never seen"]


def test_beside_many_drawings():
    boxes = b"".join(b"%d 100 3 3 re f\n" % x for x in range(0, 600, 4))
    assert inside(boxes + line(b"seen beside them")) == []
    assert [text for text, _ in inside(boxes + line(HIDDEN) + b"1 g " + AREA)] == ["never seen"]


@pytest.mark.parametrize("seconds", [-1, 0])
def test_text_that_there_was_no_time_to_look_at(monkeypatch, seconds):
    monkeypatch.setattr("evidence_chain.extract.pdf.hidden.watch._SECONDS", seconds)
    [(_, reason)] = inside(line(b"struck out") + b"60 690 200 30 re f\n" + line(b"over"))[:1]
    assert "wasn't looked at" in reason


def test_nothing_suspicious_is_not_drawn(monkeypatch):
    monkeypatch.setattr(_Look, "_draw", lambda self: pytest.fail("a page was drawn"))
    assert hidden(report(2)) == []
    assert hidden(one_page(lines(b"one", b"two") + b".9 g 60 100 300 30 re f 10 w\n")) == []
