"""The picture of a passage stops at its column, and never cuts the passage."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from evidence_chain.extract import TextStream, pdf
from evidence_chain.extract.pages.columns import column
from pdfs import line, one_page

WIDTH = 600
OWN = b"The harbour was never lit at night"
NEXT = b"Prices of coal went up once more in"


def page(*columns, top=700):
    """Columns of text, each with its left edge and its lines."""
    content = b"".join(
        line(text, x=x, y=top - 14 * number, size=10)
        for x, texts in columns
        for number, text in enumerate(texts)
        if text
    )
    return one_page(content)


def found(data, passage, shown="column"):
    drawn = pdf.extract(BytesIO(data))
    start = drawn.text.index(passage)
    pages = TextStream(drawn.text, {}, drawn.marks).pages
    [region] = pdf.regions(BytesIO(data), [[start, start + len(passage)]], pages, shown).regions
    return region, Image.open(BytesIO(region.picture)).width / (150 / 72)


TWO = page((60, [OWN] * 2 + [b"It was Bo who said so in the open"] + [OWN] * 5), (330, [NEXT] * 8))


@pytest.mark.parametrize(
    ("data", "passage", "most"),
    [
        (TWO, "It was Bo who said so", 330),
        (TWO, "Prices of coal", WIDTH - 200),
        (page((60, [OWN] * 8), (330, [NEXT] * 8)), "harbour was never lit", 330),
    ],
)
def test_a_column_is_shown_without_its_neighbour(data, passage, most):
    region, width = found(data, passage)
    assert 100 < width < most
    whole, full = found(data, passage, shown="page")
    assert full == pytest.approx(WIDTH, abs=1)
    assert whole.boxes == region.boxes


@pytest.mark.parametrize(
    ("data", "passage"),
    [
        (page((60, [OWN] * 8)), "harbour"),
        (page((60, [b"3.%d" % n for n in range(8)]), (110, [OWN] * 8)), "harbour"),
        (page((60, [OWN] * 8), (330, [b"4,711", b"12", b"9"] * 2)), "harbour"),
        (page((60, [OWN] * 8), (330, [b"", b"", NEXT])), "harbour"),
        (page((60, [OWN + b" and so said all who saw it and " + NEXT] * 8)), "never lit"),
    ],
    ids=["one column", "numbers of clauses", "a table", "a caption", "wide lines"],
)
def test_what_is_no_column_is_not_cut(data, passage):
    assert found(data, passage)[1] == pytest.approx(WIDTH, abs=1)


def boxes():
    def box(left, top, width, height):
        return [left, top, left + width, top + height]

    side = st.integers(0, 600)
    return st.builds(box, side, side, st.integers(1, 300), st.integers(1, 20))


@given(st.lists(boxes(), min_size=1, max_size=4), st.lists(boxes(), max_size=40))
def test_the_passage_is_never_cut(passage, others):
    top, bottom = min(box[1] for box in passage) - 18, max(box[3] for box in passage) + 18
    left, right = column(passage, [*passage, *others], (top, bottom), 900)
    assert left <= min(box[0] for box in passage)
    assert right >= max(box[2] for box in passage)
    shown = [box for box in others if box[1] < bottom and box[3] > top]
    for box in shown:
        cut = box[0] < left < box[2] or box[0] < right < box[2]
        assert not cut, "no line is shown in half"
