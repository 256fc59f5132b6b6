"""A sentence runs on over headers and footers, wherever in the file they are drawn."""

from io import BytesIO

import pytest

from evidence_chain.extract import pdf
from evidence_chain.text import Status, match
from pdfs import Pdf, line, lines

BODY = lines(*(b"Line %d of the report says this and that." % n for n in range(30)))
READ = "The commission finds that the firm did not pay the builders."
HALVES = (b"The commission finds that the firm", b"did not pay the builders.")


def status(halves, drawn_first=b"", drawn_last=b""):
    """How the sentence is found on two pages, of which the first ends in its first half."""
    made = Pdf()
    for number, half in enumerate(halves, 1):
        y = 745 if number > 1 else 100
        first, last = (one.replace(b"#", b"%d" % number) for one in (drawn_first, drawn_last))
        made.page(first + (line(half, y=y) + BODY if number > 1 else BODY + line(half, y=y)) + last)
    return match(READ, pdf.extract(BytesIO(made.data())).text).status


HEADER, SECOND = line(b"Report of the commission", y=780, size=9), line(b"12 March", y=768, size=9)
FOOTER = line(b"Page #", y=40, size=9)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (HEADER, FOOTER),
        (b"", HEADER + FOOTER),
        (b"", FOOTER + HEADER),
        (FOOTER + HEADER, b""),
        (b"", FOOTER + HEADER + SECOND),
        (b"", line(b"# / 2", 280, 40, 9) + HEADER),
        (b"", line(b"Confidential", y=40, size=9) + line(b"#/2", y=28, size=9) + HEADER),
    ],
)
def test_headers_and_footers_that_are_drawn_before_and_after_the_text(first, last):
    assert status(HALVES, first, last) == Status.NORMALISED


def test_a_word_that_is_broken_before_a_footer():
    halves = (b"The commission finds that the firm did not pay the buil-", b"ders.")
    assert status(halves, b"", line(b"#", 280, 40, 9)) == Status.NORMALISED


def test_the_row_of_a_table_at_the_end_of_pages_is_none():
    assert status(HALVES, b"", line(b"#  24", y=40, size=9)) == Status.ALTERED
