"""Words that somebody struck out with the pen of a viewer, and what else a pen draws."""

from io import BytesIO
from math import cos, pi, sin

import pytest

from evidence_chain.extract import MarkKind, pdf
from pdfs import Pdf, line

WORDS = b"the board had never known of it"
KEYS = {b"Ink": b"/InkList[[%s]]", b"Line": b"/L[%s]", b"PolyLine": b"/Vertices[%s]"}
LEVEL = [(148, 704), (182, 704)]


def struck(data):
    found = pdf.extract(BytesIO(data))
    return [
        found.text[mark.start : mark.end] for mark in found.marks if mark.kind is MarkKind.DELETED
    ]


def drawn(kind, points, before=b"1 w", entries=b""):
    """A page with an annotation of these points, over a line in which "never" is at 153 to 183."""
    made = Pdf()
    ways = [b"m", *[b"l"] * (len(points) - 1)]
    path = b" ".join(b"%g %g %s" % (*point, way) for point, way in zip(points, ways, strict=True))
    state = b"/Resources<</ExtGState<</G<</CA 0.4>>>>>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + state
    shown = made.stream(before + b" " + path + b" S", form)
    across, down = zip(*points, strict=True)
    around = b"%g %g %g %g" % (min(across) - 2, min(down) - 2, max(across) + 2, max(down) + 2)
    its = KEYS[kind] % b" ".join(b"%g %g" % point for point in points)
    annotation = made.add(
        b"<</Type/Annot/Subtype/%s/Rect[%s]%s/C[1 0 0]/F 4%s/AP<</N %d 0 R>>>>"
        % (kind, around, its, entries, shown)
    )
    made.page(line(WORDS), entries=b"/Annots[%d 0 R]" % annotation)
    return made.data()


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        (b"Line", LEVEL),
        (b"Line", [(148, 697), (182, 711)]),
        (b"Line", [(182, 711), (148, 697)]),
        (b"PolyLine", [(148, 704), (165, 704.5), (182, 704)]),
        (b"Ink", [(148, 704), (160, 705.5), (170, 703), (182, 704)]),
        (b"Ink", [(148, 697), (160, 703), (170, 706), (182, 712)]),
        (b"Ink", [(148, 704), (182, 705), (148, 703), (182, 702)]),
        (b"Ink", [(148, 697), (166, 712), (158, 697), (176, 712), (166, 697), (184, 712)]),
    ],
)
def test_a_word_is_struck_out_by_pen(kind, points):
    assert struck(drawn(kind, points)) == ["never"]


def ellipse(x, y, width, height):
    turns = [2 * pi * part / 40 for part in range(41)]
    return [(x + width / 2 * cos(turn), y + height / 2 * sin(turn)) for turn in turns]


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        (b"Ink", ellipse(165, 705, 44, 22)),
        (b"Ink", ellipse(150, 704.5, 180, 18)),
        (b"Ink", [(148, 698), (160, 697), (182, 698.5)]),  # an underline
        (b"Ink", [(58, 704), (62, 698), (72, 714)]),  # a tick before the line
        (b"Line", [(300, 760), (182, 709)]),  # an arrow that points at a word
        (b"PolyLine", [(20, 600), (165, 703), (60, 650)]),
    ],
)
def test_what_else_a_pen_draws_strikes_nothing(kind, points):
    assert struck(drawn(kind, points)) == []


@pytest.mark.parametrize(
    ("before", "entries"), [(b"1 w", b"/CA 0.4"), (b"/G gs 1 w", b""), (b"12 w", b"")]
)
def test_a_marker_strikes_nothing(before, entries):
    assert struck(drawn(b"Ink", LEVEL, before, entries)) == []


def test_a_pen_without_a_stroke_strikes_nothing():
    made = Pdf()
    empty = [b"/Ink", b"/Ink/InkList[[]]", b"/PolyLine/Vertices[]", b"/Line/L[1]"]
    all_ = [made.add(b"<</Type/Annot/Rect[72 700 200 712]/Subtype%s>>" % each) for each in empty]
    refs = b" ".join(b"%d 0 R" % number for number in all_)
    made.page(line(WORDS), entries=b"/Annots[%s]" % refs)
    assert struck(made.data()) == []
