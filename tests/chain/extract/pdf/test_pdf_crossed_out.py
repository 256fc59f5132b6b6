"""Words that tilted strokes or a stretched pixel cross out, which do not stand as they are."""

from io import BytesIO

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from evidence_chain.extract import MarkKind, pdf
from pdfs import Pdf, line, lines, one_page

WORDS = b"the board had never known of it"
SPOKEN = lines(
    b"The first line of a paragraph here",
    b"and a second one below it that",
    b"ends with a third one here.",
)


def struck(data):
    found = pdf.extract(BytesIO(data))
    return [
        found.text[mark.start : mark.end] for mark in found.marks if mark.kind is MarkKind.DELETED
    ]


def page(content, text=None):
    return one_page((line(WORDS) if text is None else text) + content)


def stroke(x, y, u, v):
    return b"%g %g m %g %g l S\n" % (x, y, u, v)


def x(left, bottom, right, top):
    return stroke(left, bottom, right, top) + stroke(left, top, right, bottom)


def hatch(start, count, gap=6):
    return b"".join(stroke(start + gap * n, 697, start + gap * n + 5, 712) for n in range(count))


# "never" begins about 153 points from the left of the page and ends about 30 points further on
@pytest.mark.parametrize(
    ("content", "holds"),
    [
        (x(148, 697, 180, 712), "never"),
        (stroke(148, 697, 180, 711), "never"),
        (stroke(148, 711, 180, 697), "never"),
        (b"1 0 0 RG 2 w " + stroke(150, 699, 176, 709), "eve"),
        (hatch(148, 6), "eve"),
        (x(70, 697, 236, 712), "board had never known"),
        (b"148 697 m 180 712 l 148 712 m 180 697 l S\n", "never"),
        (b"q 1 0 0 1 10 0 cm " + x(138, 697, 170, 712) + b"Q ", "never"),
    ],
)
def test_a_word_is_crossed_out(content, holds):
    [text] = struck(page(content))
    assert holds in text
    assert "known" in holds or "known" not in text


def in_pieces(*pieces):
    """The line of words, in as many pieces of text as some programs draw it."""
    drawn, at = b"", 72.0
    for piece in pieces:
        drawn += line(piece.strip(), x=at) if piece.strip() else b""
        at += stringWidth(piece.decode(), "Helvetica", 12)
    return drawn


LETTERS = in_pieces(*[WORDS[at : at + 1] for at in range(len(WORDS))])
HALVES = in_pieces(b"the board had ne", b"ver known of it")


@pytest.mark.parametrize("text", [LETTERS, HALVES])
@pytest.mark.parametrize(
    "content", [stroke(148, 697, 180, 711), x(148, 697, 180, 712), hatch(148, 6)]
)
def test_a_word_in_several_pieces_is_crossed_out(text, content):
    found = "".join(struck(page(content, text))).replace(" ", "")
    assert found in ("never", "neve", "eve")


@pytest.mark.parametrize(
    "points",
    [
        [(100 + 4 * n, 650 + 2 * n + 3 * (n % 2)) for n in range(60)],  # rises through it
        [(100 + 3 * n, 690 + 30 * (n % 2)) for n in range(60)],
    ],
)
def test_a_line_of_a_chart_through_a_label_strikes_nothing(points):
    (left, bottom), *rest = points
    path = b"%g %g m " % (left, bottom) + b"".join(b"%g %g l " % point for point in rest)
    assert struck(page(path + b"S\n", line(b"412 sold", x=200, size=9))) == []


DARK = b"q 0 0 0.3 rg 0 0 600 800 re f Q\n"
PALE = b"q 1 g 150 703.5 30 1 re f Q\n"
WHITE_WORDS = line(WORDS, before=b"1 g")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (DARK + WHITE_WORDS + PALE, ["never"]),
        (line(WORDS) + PALE, []),
        (DARK + b"q 1 g 60 600 400 150 re f Q\n" + line(WORDS) + PALE, []),
        (DARK + WHITE_WORDS + b"q 1 g 60 695 400 1 re f 60 711 400 1 re f Q\n", []),
    ],
)
def test_a_pale_rule_strikes_out_where_it_is_seen(content, found):
    assert struck(one_page(content)) == found


def test_a_paragraph_is_crossed_out():
    crossed = x(70, 694, 262, 752)
    text = " ".join(struck(page(crossed, SPOKEN)))
    assert "first line" in text
    assert "third" in text


@pytest.mark.parametrize(
    "content",
    [
        stroke(20, 600, 400, 790),  # a line of a chart
        stroke(20, 620, 165, 706),  # one that ends at a word
        stroke(165, 704, 300, 790),  # one that leads away from it
        x(40, 698, 56, 712),  # a box that is ticked
        x(60, 500, 560, 780),  # two lines that cross where little is written
        stroke(148, 688, 180, 697),  # below
        stroke(148, 713, 180, 720),  # above
        stroke(150, 697, 154, 712),  # a single slash beside or within one letter
        b"".join(stroke(72 + n, 690, 80 + n, 715) for n in range(0, 250)),  # a drawing
        b"148 697 m 150 760 160 640 180 712 c S\n",  # a curve
        b"148 690 m 140 720 l 190 720 l S\n",  # the side that would close it is not drawn
        hatch(148, 2),
    ],
)
def test_what_is_no_stroke_through_a_word(content):
    assert struck(page(content)) == []


def pixel(colour, mask=None, size=(1, 1), box=(148, 703, 32, 1)):
    """A page with a picture of a pixel that is stretched over a word."""
    pdf_ = Pdf()
    wide, high = size
    entries = b"/ColorSpace/DeviceRGB"
    if mask is not None:
        entries += b"/SMask %d 0 R" % pdf_.image(wide, high, bytes([mask]) * wide * high)
    image = pdf_.image(wide, high, bytes(colour) * wide * high, entries)
    left, bottom, width, height = box
    drawn = b"q %g 0 0 %g %g %g cm /I Do Q " % (width, height, left, bottom)
    pdf_.page(line(WORDS) + drawn, resources=b"/XObject<</I %d 0 R>>" % image)
    return pdf_.data()


@pytest.mark.parametrize("size", [(1, 1), (8, 1)])
def test_a_pixel_is_stretched_to_a_stroke(size):
    assert struck(pixel((0, 0, 0), size=size)) == ["never"]
    assert struck(pixel((200, 0, 0), size=size)) == ["never"]


@pytest.mark.parametrize(
    "data",
    [
        pixel((255, 255, 255)),
        pixel((0, 0, 0), mask=0),  # a spacer that nobody sees
        pixel((0, 0, 0), box=(148, 697, 32, 1)),  # an underline
        pixel((0, 0, 0), size=(20, 2)),
    ],
)
def test_a_picture_that_strikes_nothing(data):
    assert struck(data) == []
