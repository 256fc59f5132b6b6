"""The nearest passage and the difference that is shown."""

import pytest

from evidence_chain.text import Difference, match
from evidence_chain.text.compare.differing.difference import difference
from evidence_chain.text.compare.differing.nearest import MAX_HITS, nearest
from evidence_chain.text.language.words import count_words

STREAM = (
    "The company said in March that it does not sell cameras to the police of Urumqi. "
    "It was asked again in June, and declined to comment on the tender of 2017.\n"
) * 2 + "Nothing more was heard of it until the auditors came."


def test_the_dropped_word_is_shown():
    found = match("that it does sell cameras to the police", STREAM)
    assert found.difference == [
        Difference("same", "that it does", "that it does", "", " ", " "),
        Difference("dropped", "", "not", "negation", "", " "),
        Difference("same", "sell cameras to the police", "sell cameras to the police"),
    ]
    assert STREAM[slice(*found.fragments[0])] == "that it does not sell cameras to the police"


@pytest.mark.parametrize(
    ("quote", "step"),
    [
        ("declined to ever comment on the tender", ("added", "ever", "")),
        ("declined to speak on the tender of 2017", ("changed", "speak", "comment")),
        ("on the tender of 2016", ("changed", "2016", "2017")),
        ("Police of Urumqi", ("changed", "Police", "police")),
        ("the tender of (2017", ("added", "(", "")),
    ],
)
def test_what_differs_is_shown(quote, step):
    found = match(quote, STREAM)
    assert found.status == "altered"
    assert [each[:3] for each in found.difference if each.op != "same"] == [step]


def test_words_at_the_ends_that_changed_belong_to_the_passage():
    found = match("rarely heard of it until the auditors went", STREAM)
    assert STREAM[slice(*found.fragments[0])] == "was heard of it until the auditors came"


def test_a_passage_without_word_spaces():
    found = match("这些摄影机用于监控系统", "据说这些摄像机用于监控系统。")
    assert found.status == "altered"
    assert [each[:3] for each in found.difference if each.op != "same"] == [("changed", "影", "像")]


@pytest.mark.parametrize(
    "quote",
    ["entirely other matters", "the it of in", "police auditors Urumqi tender comment", "x"],
)
def test_what_shares_too_little_in_order_is_missing(quote):
    assert nearest(quote, STREAM) is None
    assert match(quote, STREAM).status == "missing"


def test_a_window_is_found_though_some_words_are_everywhere():
    stream = "the of cameras and it " * (MAX_HITS + 10) + STREAM
    start, end = nearest("it does sell cameras to the police of Urumqi", stream)
    assert stream[start:end] == "it does not sell cameras to the police of Urumqi"


def test_a_quote_of_common_words_alone_still_has_an_answer():
    stream = "the cameras of it and " * (MAX_HITS + 10)
    start, end = nearest("the cameras not of it", stream)
    assert "the cameras of it" in stream[start:end]


def test_letters_that_change_length_in_lower_case_do_no_harm():
    stream = "İ" * 50 + " They sold cameras in İstanbul that year."
    start, end = nearest("They sold forty cameras in İstanbul", stream)
    assert stream[start:end] == "They sold cameras in İstanbul"


def test_the_difference_to_a_cut_word_shows_the_whole_word():
    step = difference("education camp", "a re-\neducation camp", 6, 20)[0]
    assert step[:4] == ("changed", "education", "re-\neducation", "partial-word")


@pytest.mark.parametrize(
    ("text", "number"),
    [("Don’t sell 30,000 cam\u00aderas!", 4), ("这些摄像机 Hikvision", 3), ("… “”", 0)],
)
def test_words_are_counted_in_every_script(text, number):
    assert count_words(text) == number
