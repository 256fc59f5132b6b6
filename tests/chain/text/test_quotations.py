"""Where an article quotes, in the languages of newsrooms; and what only looks so."""

import time

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from, text

from evidence_chain.text.quotations import Left, Paragraph, find, indirect

KNEW = "We knew where they would stand"


def quoted(*paragraphs, block=False):
    """What is looked up in an article, each quotation's parts joined."""
    made = [Paragraph(one, number, block) for number, one in enumerate(paragraphs, 1)]
    return [" ".join(one.text(made)) for one in find(made) if one.left is None]


@pytest.mark.parametrize(
    "article",
    [
        f"“{KNEW},” said X.",
        f'"{KNEW}," said X.',
        f"‘{KNEW},’ said X.",
        f"'{KNEW},' said X.",
        f"„{KNEW}“, sagte X.",
        f"»{KNEW}«, sagte X.",
        f"›{KNEW}‹, sagte X.",
        f"‚{KNEW}‘, sagte X.",
        f"« {KNEW} », a dit X.",
        f"«\u00a0{KNEW}\u00a0», a dit X.",
        f"«{KNEW}», dijo X.",
        f"”{KNEW}”, sa X.",
        f"»{KNEW}», sanoi X.",
        f"„{KNEW}”, powiedział X.",
        f"他说：「{KNEW}」",
        f"彼は『{KNEW}』と述べた。",
        f"X：“{KNEW}”",
        f"— {KNEW}, — сказал X.",
        f"—{KNEW} —dijo X.",
        f"– {KNEW} – powiedział X.",
        f"— {KNEW}, dit X.",
    ],
)
def test_one_quotation_in_the_marks_of_each_language(article):
    (found,) = quoted(article)
    assert found.strip(",") == KNEW


@pytest.mark.parametrize(
    "article",
    [
        "The firms' cameras of the '90s can't see; it's the others'.",
        "The firms’ cameras of the ’90s can’t see; ’tis the others’.",
        'He is 6\' 2" tall, the pole 5\'10" and the screen 27" wide.',
        "L’affaire n’est pas close, et c’est tout.",
        "Rock 'n' roll was here in '68.",
        "– Punkt eins",
        "She said that it rained, and that nobody knew.",
    ],
)
def test_what_only_looks_like_marks(article):
    assert quoted(article) == []


def test_possessives_within_single_marks():
    assert quoted("‘The firms’ cameras saw the boys’ faces,’ she said.") == [
        "The firms’ cameras saw the boys’ faces,"
    ]


@pytest.mark.parametrize(
    ("article", "parts"),
    [
        ("“We knew,” said X, “and sold them.”", ["We knew,", "and sold them."]),
        ("„Wir wussten es“, sagte X, „und taten es.“", ["Wir wussten es", "und taten es."]),
        ("— Мы знали, — сказал X, — и продали.", ["Мы знали", "и продали."]),
        ("—Lo sabíamos —dijo X—, y las vendimos.", ["Lo sabíamos", "y las vendimos."]),
    ],
)
def test_one_that_is_interrupted_has_parts(article, parts):
    made = [Paragraph(article, 1)]
    (found,) = find(made)
    assert found.text(made) == parts
    assert "X" in found.after


@pytest.mark.parametrize(
    "article",
    [
        "“We knew that,” said X. “We sold them all.”",
        "It “knew the place” and then “sold them all” anyway.",
        "“We knew that,” said X; later he wrote: “We sold them all.”",
    ],
)
def test_two_stay_two(article):
    assert len(quoted(article)) == 2


def test_one_over_paragraphs_whose_mark_is_repeated():
    assert quoted("“We knew it.", "“We sold them.", "“That is all,” said X.") == [
        "We knew it.\nWe sold them.\nThat is all,"
    ]


def test_one_over_paragraphs_whose_mark_is_not_repeated():
    assert quoted("„Wir wussten es.", "Wir taten es“, sagte X.") == [
        "Wir wussten es.\nWir taten es"
    ]


def test_one_that_nothing_closes_ends_with_its_paragraph():
    made = [Paragraph("“We knew it, said X.", 1), Paragraph("Nothing more here.", 2)]
    (found,) = find(made)
    assert not found.closed
    assert found.text(made) == ["We knew it, said X."]


def test_a_nested_one_is_named_beside_the_one_that_holds_it():
    made = [Paragraph("“They told us ‘we knew it’ twice,” said X.", 1)]
    outer, inner = find(made)
    assert (outer.left, inner.left) == (None, Left.NESTED)
    assert inner.within == outer.start


def test_block_quotes_lose_the_line_that_says_whose_they_are():
    made = [Paragraph("He wrote:", 1), Paragraph(KNEW, 2, True), Paragraph("— Jo Tannen", 3, True)]
    (found,) = find(made)
    assert found.text(made) == [KNEW]
    assert found.after == "— Jo Tannen"


@pytest.mark.parametrize(
    ("article", "left"),
    [
        ("They read “Ten Thousand Eyes”.", Left.TITLE),
        ("Der Bericht „Zehntausend Augen“ kam.", Left.TITLE),
        ("她读了《一万只眼睛》。", Left.TITLE),
        ("The so-called “goods” went.", Left.SCARE),
        ("“…,” said X.", Left.SCARE),
    ],
)
def test_titles_and_words_at_a_distance_are_left_alone(article, left):
    (found,) = find([Paragraph(article, 1)])
    assert found.left is left


def test_a_word_that_somebody_says_is_looked_up():
    assert quoted("“Never,” said X.") == ["Never,"]


def test_indirect_speech_is_found():
    text = "He said that it rained. Sie sagte, dass es regne."
    found = [text[one.start : one.end] for one in indirect([Paragraph(text, 1)])]
    assert found == ["He said that it rained.", "Sie sagte, dass es regne."]


MARKS = "“”„«»‹›‘’‚'\"「」『』《》—–- \n.,aZ5"


@given(lists(text(sampled_from(MARKS), max_size=60), max_size=6))
def test_whatever_is_written_every_span_lies_in_its_paragraph(texts):
    made = [Paragraph(one, number) for number, one in enumerate(texts, 1)]
    for one in find(made):
        for spans in one.parts:
            for paragraph, start, end in spans:
                assert 0 <= start <= end <= len(made[paragraph].text)


@pytest.mark.parametrize("piece", ["'a ", "“a ", '"a b" ', "»a «", "’a", "— a, said "])
def test_marks_without_end_take_no_longer_than_their_length(piece):
    def took(times):
        begun = time.process_time()
        find([Paragraph(piece * times, 1)])
        return time.process_time() - begun

    took(100)
    assert took(8_000) < 30 * took(1_000) + 0.2
