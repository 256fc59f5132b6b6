"""A page is read as it is seen: what stands in a line, what follows it, and what is raised."""

from io import BytesIO

import pytest

from evidence_chain.extract import SIGN_OFF, MarkKind, TextStream, pdf
from evidence_chain.text import Status, match
from pdfs import Pdf, line, lines, one_page

BODY = lines(
    b"The board of Selmport met in spring and read the report of the auditor.",
    b"It took note of the tender and asked for the table of positions.",
    b"The minutes were sent to all members on the fourth of May.",
)


def drawn(data):
    return pdf.extract(BytesIO(data))


def answer(data, passage):
    """The status of a passage, and what a person must look at."""
    found = drawn(data)
    result = match(passage, found.text)
    stream = TextStream(found.text, marks=found.marks)
    kinds = {str(mark.kind) for mark in stream.marked(result.fragments) if mark.kind in SIGN_OFF}
    return result.status, kinds


SAME = (Status.VERBATIM, Status.NORMALISED)
BEFORE = b"The mayor has "
AFTER = b"agreed to the contract."


@pytest.mark.parametrize(
    ("drawn_first", "later", "passage"),
    [
        pytest.param(
            line(BEFORE, y=500) + line(AFTER, x=178, y=500),
            line(b"not", x=156, y=500),
            "The mayor has agreed to the contract.",
            id="a word",
        ),
        pytest.param(
            line(b"It cost ", y=500) + line(b"400 crowns in all.", x=125, y=500),
            line(b"9", x=117.5, y=500),
            "It cost 400 crowns in all.",
            id="a digit",
        ),
        pytest.param(
            line(b"The mayor has", y=500) + line(b"agreed to it.", y=484),
            line(b"never", x=149, y=500),
            "The mayor has agreed to it.",
            id="a word at the end of a line",
        ),
        pytest.param(
            b"BT /F 12 Tf 72 500 Td [(The mayor has)-2400(agreed to it.)] TJ ET\n",
            line(b"not", x=154, y=500),
            "The mayor has agreed to it.",
            id="a word in a gap of one text",
        ),
        pytest.param(
            line(b"The mayor has", y=500) + line(b"agreed to it.", y=468),
            line(b"never, not even once,", y=484),
            "The mayor has agreed to it.",
            id="a line between two",
        ),
    ],
)
def test_what_is_drawn_later_into_a_sentence(drawn_first, later, passage):
    other = line(b"The next paragraph says nothing about it at all.", y=420)
    for content in (BODY + drawn_first + other + later, drawn_first + BODY + later):
        status, kinds = answer(one_page(content), passage)
        assert status not in SAME or MarkKind.JOINED in kinds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((72, 500, 12), (72, 120, 12)),
        ((72, 500, 12), (72, 420, 8)),
        ((72, 500, 12), (330, 690, 12)),
        ((72, 120, 12), (72, 500, 12)),
        ((72, 500, 12), (420, 500, 12)),
    ],
)
def test_texts_that_stand_far_apart(one, other):
    halves = b"The mayor is", b"guilty of poor taste in hats."
    content = BODY + b"".join(
        line(text, x, y, size) for text, (x, y, size) in zip(halves, (one, other), strict=True)
    )
    status, kinds = answer(one_page(content), "The mayor is guilty of poor taste in hats.")
    assert status not in SAME or MarkKind.JOINED in kinds
    assert answer(one_page(content), "guilty of poor taste in hats.")[1] == set()


LEFT = [b"The supplier shall keep all", b"recordings for ninety days", b"and then delete them."]
RIGHT = [
    b"The ministry may at any time",
    b"ask for a copy of each file",
    b"that it names in writing.",
]


def test_rows_are_not_read_across_columns():
    by_rows = b"".join(
        line(left, 72, 500 - 16 * row) + line(right, 250, 500 - 16 * row)
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
    )
    across = "The supplier shall keep all The ministry may at any time"
    assert answer(one_page(by_rows), across)[1] == {MarkKind.JOINED}


def test_columns_one_after_the_other_are_read_on():
    columns = b"".join(
        line(text, x, 500 - 16 * row)
        for x, side in ((72, LEFT), (250, RIGHT))
        for row, text in enumerate(side)
    )
    read = "and then delete them. The ministry may at any time ask for a copy of each file"
    assert answer(one_page(columns), read) == (Status.NORMALISED, set())
    first = " ".join(text.decode() for text in LEFT)
    assert answer(one_page(columns), first) == (Status.NORMALISED, set())


def test_a_line_of_several_texts_is_one():
    content = line(b"The mayor has ", y=500) + line(b"now", 155, 500) + line(b" agreed.", 177, 500)
    assert answer(one_page(content), "The mayor has now agreed.") == (Status.VERBATIM, set())


def raised(rise, size=7, text=b"2", before=b"It rose to 10"):
    return (
        b"BT /F 12 Tf 72 500 Td (%s) Tj /F %d Tf %d Ts (%s) Tj 0 Ts /F 12 Tf "
        b"( million crowns.) Tj ET" % (before, size, rise, text)
    )


class TestRaisedDigits:
    @pytest.mark.parametrize(("rise", "size"), [(5, 7), (5, 12), (-3, 7), (0, 7), (4, 6)])
    def test_they_are_not_part_of_the_number(self, rise, size):
        status, _ = answer(one_page(raised(rise, size)), "It rose to 102 million crowns.")
        assert status == Status.ALTERED

    def test_the_power_of_a_number_may_be_below_nothing(self):
        data = one_page(raised(5, text=b"-6"))
        assert answer(data, "It rose to 10-6 million crowns.")[0] == Status.ALTERED
        said = "It rose to 10\N{SUPERSCRIPT MINUS}\N{SUPERSCRIPT SIX} million crowns."
        assert answer(data, said) == (Status.VERBATIM, set())

    def test_as_they_are_seen(self):
        said = "It rose to 10\N{SUPERSCRIPT TWO} million crowns."
        assert answer(one_page(raised(5)), said) == (Status.NORMALISED, set())

    def test_a_note_after_a_year_is_no_decimal(self):
        data = one_page(raised(5, text=b"3", before=b"They met in 2010."))
        assert answer(data, "They met in 2010.3 million crowns.")[0] == Status.ALTERED

    def test_a_note_after_a_word_stays(self):
        data = one_page(raised(5, text=b"3", before=b"They denied it."))
        assert "denied it.3" in drawn(data).text


class TestStruckOut:
    WORDS = "The mayor may sell the recordings."

    @pytest.mark.parametrize(
        ("over", "struck"),
        [
            (b"0.8 w 70 504 m 300 504 l S", True),
            (b"70 503 230 1.2 re f", True),
            (b"70 502 230 5 re f", True),
            (b"70 502 230 5 re B", True),
            (b"5 w 70 504 m 300 504 l S", True),
            (b"70 503 230 1 re 70 300 200 1 re f", True),
            (line(b"-" * 60, y=500), True),
            (line(b"x" * 32, y=500), True),
            (line(b"The board may keep all recordings.", y=500), True),
            (line(b"The mayor may sell the recordings.", x=72.4, y=500), False),
            (line(b"Another line of the text.", y=514), False),
            (line(b"x" * 32, y=500, before=b"3 Tr "), False),
            (line(b"_" * 40, y=505.5), True),
            (b"70 498 230 1 re 70 300 200 1 re f", False),
            (line(b"_" * 40, y=500), False),
            (b"0.8 w 70 498 m 300 498 l S", False),
            (b"0.8 w 70 511 m 300 511 l S", False),
            (b"1 g 70 503 230 1.2 re f", False),
        ],
    )
    def test_by_a_line(self, over, struck):
        data = one_page(BODY + line(self.WORDS.encode(), y=500) + over)
        assert (MarkKind.DELETED in answer(data, self.WORDS)[1]) is struck

    def test_among_more_texts_than_a_line_has(self):
        tiny = b"".join(
            line(b"x", x=72 + 9 * column, y=680 + row, size=4)
            for row in range(0, 20, 2)
            for column in range(50)
        )
        data = one_page(tiny + line(self.WORDS.encode()) + b"72 704 m 400 704 l S\n")
        assert MarkKind.DELETED in answer(data, self.WORDS)[1]
        assert answer(data, "It took note of the tender")[1] == set()

    def test_only_some_words(self):
        data = one_page(line(self.WORDS.encode(), y=500) + b"0.8 w 170 504 m 300 504 l S")
        assert answer(data, "The mayor may")[1] == set()
        assert answer(data, "the recordings")[1] == {MarkKind.DELETED}

    def test_upright(self):
        turned = b"q 0 1 -1 0 0 0 cm BT /F 12 Tf 72 -500 Td (%s) Tj ET Q " % self.WORDS.encode()
        data = one_page(turned + b"496 70 1 240 re f")
        assert answer(data, self.WORDS)[1] == {MarkKind.DELETED}

    def test_by_an_annotation(self):
        made = Pdf()
        note = made.add(
            b"<</Type/Annot/Subtype/StrikeOut/T(Jo)/F 4/Rect[70 495 300 515]"
            b"/QuadPoints[70 512 300 512 70 497 300 497]>>"
        )
        made.page(BODY + line(self.WORDS.encode(), y=500), b"/Annots[%d 0 R]" % note)
        assert answer(made.data(), self.WORDS)[1] == {MarkKind.DELETED}
        details = [mark.detail for mark in drawn(made.data()).marks if mark.kind == "deleted"]
        assert details == ["struck out by Jo"]


class TestRunningLines:
    HALVES = b"The commission finds that the firm did", b"not pay the builders in spring."
    READ = "The commission finds that the firm did not pay the builders in spring."

    def pages(self, head=b"Report of the commission", foot=b"Page %d", size=9, y=770):
        made = Pdf()
        for number, half in enumerate(self.HALVES, 1):
            body = line(half, y=740) if number > 1 else BODY + line(half, y=680)
            top = line(head, y=y, size=size) if head else b""
            made.page(top + body + (line(foot % number, 280, 30, 9) if foot else b""))
        return made.data()

    def test_a_sentence_runs_on_over_them(self):
        assert answer(self.pages(), self.READ) == (Status.NORMALISED, set())
        joints = [mark for mark in drawn(self.pages()).marks if "page break" in mark.detail]
        assert len(joints) == 1

    def test_they_are_kept(self):
        found = drawn(self.pages())
        parts = [
            found.text[m.start : m.end] for m in found.marks if m.detail in ("header", "footer")
        ]
        assert parts == ["Report of the commission", "Page 1", "Report of the commission", "Page 2"]

    def test_what_stands_once_is_none(self):
        assert answer(self.pages(head=b"", foot=b"%d"), self.READ)[0] == Status.NORMALISED
        made = Pdf()
        for half, other in zip(self.HALVES, (b"No", b"Yes"), strict=True):
            made.page(line(half, y=740) + line(other, 280, 30, 9))
        assert answer(made.data(), self.READ)[0] not in SAME

    def test_a_line_as_near_as_the_next_one_is_text(self):
        data = self.pages(head=b"It was denied.", foot=b"", size=12, y=755)
        assert answer(data, self.READ)[0] not in SAME

    def test_a_header_that_is_not_seen_says_so(self):
        made = Pdf()
        for half in self.HALVES:
            made.page(b"1 g " + line(b"Report", y=770, size=9) + b"0 g " + line(half, y=740))
        assert answer(made.data(), "Report")[1] == {MarkKind.HIDDEN}


def noted(mark, note, rise=5, size=7, before=b""):
    """A line that begins with a mark which stands higher than the rest."""
    return b"BT /F 12 Tf 72 200 Td (%s) Tj /F %d Tf %d Ts (%s) Tj 0 Ts /F 12 Tf (%s) Tj ET\n" % (
        before,
        size,
        rise,
        mark,
        note,
    )


class TestNoteMarks:
    NOTE = "We do not compare the sheets of both years."

    @pytest.mark.parametrize("mark", [b"2", b"13", b"104"])
    def test_a_note_is_found_without_its_mark(self, mark):
        data = one_page(BODY + noted(mark, self.NOTE.encode()))
        assert answer(data, self.NOTE) == (Status.VERBATIM, set())

    @pytest.mark.parametrize(
        "content",
        [
            noted(b"2", b"million crowns were paid."),
            noted(b"2", b"million crowns were paid.", before=b"In all "),
            noted(b"2", b" million crowns were paid.", before=b"In all "),
        ],
    )
    def test_a_mark_is_no_number(self, content):
        for passage in ("2 million crowns were paid.", "In all 2 million crowns were paid."):
            assert answer(one_page(BODY + content), passage)[0] not in SAME

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (noted(b"13", b"C was found."), "13C was found."),
            (noted(b"2", b"nd of May", rise=0, size=12), "2nd of May"),
            (noted(b"2", b"nd of May", rise=-3), "2nd of May"),
            (noted(b"2", b"nd of May", before=b"Page"), "Page2nd of May"),
        ],
    )
    def test_what_is_no_mark(self, content, said):
        assert said in drawn(one_page(BODY + content)).text
