"""Columns whose lines a file draws in turns are read one after the other; tables are left."""

import re
from collections import Counter
from io import BytesIO
from itertools import chain

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from evidence_chain.extract import SIGN_OFF, TextStream, pdf
from evidence_chain.text import Status, match
from pdfs import line, one_page, seen

LEFT = [
    "The supplier shall keep all recordings",
    "for ninety days in the city of Selmport",
    "and then delete them without a copy.",
    "The harbour board is told of each one",
    "in writing by the end of the month.",
]
RIGHT = [
    "The ministry may at any time ask for a",
    "list of files that it names in writing.",
    "It has not asked for a list this year,",
    "and no list was sent to its officers by",
    "the firm that made the cameras for it.",
]
WIDE = ["The supplier shall keep all of them", "for ninety days in all of that city", *LEFT[2:]]
SAME = (Status.VERBATIM, Status.NORMALISED)


def answer(data, passage):
    """Whether a passage stands there, and what a person must look at."""
    found = pdf.extract(BytesIO(data))
    result = match(passage, found.text)
    marks = TextStream(found.text, marks=found.marks).marked(result.fragments)
    return result.status in SAME, {str(mark.kind) for mark in marks if mark.kind in SIGN_OFF}


def in_turns(shift, left=LEFT, right=RIGHT):
    """Both columns, of which the right one stands so many points lower."""
    return [
        piece
        for row, (one, other) in enumerate(zip(left, right, strict=True))
        for piece in (
            line(one.encode(), 60, 600 - 14 * row),
            line(other.encode(), 330, 600 - 14 * row - shift),
        )
    ]


def page(pieces):
    return one_page(b"".join(pieces))


@pytest.mark.parametrize("shift", [1, 3, 6, 9])
@pytest.mark.parametrize("sentence", [LEFT[:3], LEFT[3:], RIGHT[:2], RIGHT[2:]])
def test_a_sentence_of_a_column_is_found(shift, sentence):
    assert answer(page(in_turns(shift)), " ".join(sentence)) == (True, set())


@pytest.mark.parametrize("shift", [0, 1, 3, 6, 9])
@pytest.mark.parametrize("row", range(4))
def test_no_passage_is_read_across(shift, row):
    data = page(in_turns(shift))
    for one, other in ((LEFT[row], RIGHT[row]), (RIGHT[row], LEFT[row + 1])):
        found, marks = answer(data, f"{one} {other}")
        assert not found or "joined" in marks


def side_by_side(shift):
    """Columns so near to one another that the next one begins beside the end of each line."""
    reach = max(stringWidth(text, "Helvetica", 12) for text in LEFT)
    return [
        piece
        for row, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True))
        for piece in (
            line(one.encode(), 60 + reach - stringWidth(one, "Helvetica", 12), 600 - 14 * row),
            line(other.encode(), 66 + reach, 600 - 14 * row - shift),
        )
    ]


@pytest.mark.parametrize("shift", [-7, -5, 5, 7])
@pytest.mark.parametrize("row", range(5))
def test_no_passage_is_read_across_a_narrow_gap(shift, row):
    found, marks = answer(page(side_by_side(shift)), f"{LEFT[row]} {RIGHT[row]}")
    assert not found or "joined" in marks


@pytest.mark.parametrize(("shift", "marks"), [(1, {"joined"}), (4, {"joined"}), (7, set())])
def test_a_row_of_a_table_may_stand_a_little_lower(shift, marks):
    """Whether its columns are prose is open, so that a person looks where one ends."""
    assert answer(page(in_turns(shift)), f"{LEFT[-1]} {RIGHT[0]}") == (True, marks)


@pytest.mark.parametrize("shift", [0, 3, 9])
def test_nothing_is_lost(shift):
    words = Counter(" ".join(chain(LEFT, RIGHT)).split())
    assert Counter(pdf.extract(BytesIO(page(in_turns(shift)))).text.split()) == words


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(line(b"not", 64 + stringWidth(WIDE[1], "Helvetica", 12), 586), id="after"),
        pytest.param(line(b"not", 41, 572), id="before"),
    ],
)
def test_what_is_drawn_later_into_a_column(later):
    found, marks = answer(page([*in_turns(3, WIDE), later]), " ".join(WIDE[:3]))
    assert not found or "joined" in marks


def test_rows_of_a_table_stay_as_they_are():
    """Also those beside columns that are drawn in turns, and whatever stands in their cells."""
    rows = [
        line(text, x, 500 - 14 * row)
        for row, cells in enumerate(
            [
                (b"Cameras at the northern quay", b"forty pieces in all"),
                (b"Microphones at the gate", b"nine hundred and two"),
                (b"Recorders in the tower", b"not delivered so far"),
            ]
        )
        for x, text in zip((60, 330), cells, strict=True)
    ]
    before = pdf.extract(BytesIO(page(rows))).text
    assert pdf.extract(BytesIO(page([*in_turns(3), *rows]))).text.endswith(before)


@pytest.mark.parametrize("down", [-3, 0, 2])
def test_a_number_stays_in_its_row(down):
    """As forms have them, at the far right and a little higher or lower."""
    row = line(b"Subtract line 36 from line 22", 60, 500) + line(b"37", 520, 500 - down)
    found = pdf.extract(BytesIO(page([*in_turns(3), row]))).text
    assert " ".join(found.split()).endswith("Subtract line 36 from line 22 37")


def test_raised_letters_stay_in_their_word():
    place = (
        b"BT /F 12 Tf 60 500 Td (It came 2) Tj /F 8 Tf 6 Ts (nd) Tj 0 Ts /F 12 Tf "
        b"( in the list of firms.) Tj ET\n"
    )
    found = pdf.extract(BytesIO(page([*in_turns(3), place]))).text
    assert re.search(r"It came 2\s*nd\s+in the list of firms", found)


def test_a_page_with_text_that_cannot_be_placed_is_left():
    tilted = line(b"draft", before=b".7 .7 -.7 .7 300 0 cm ")
    text = pdf.extract(BytesIO(page([*in_turns(3), tilted]))).text
    assert text.split("\n")[:2] != LEFT[:2]
    assert "draft" in text


def test_a_line_that_was_moved_is_seen_where_it_stands():
    data = page(in_turns(3))
    start = pdf.extract(BytesIO(data)).text.index(RIGHT[1])
    [region] = seen(data, [start, start + len(RIGHT[1])])
    [[left, top, _, bottom]] = region.boxes
    assert 32900 < left < 33200
    assert 20000 < top < bottom < 22200
