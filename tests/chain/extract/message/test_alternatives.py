"""Versions of one text in an e-mail: the one that is shown counts, others where they agree."""

import pytest

from evidence_chain.extract import SIGN_OFF
from mails import HEAD, HEADERS, marked, multipart, part


def versions(text, page, *, kinds=("text/plain", "text/html")):
    kinds = [f"{kind}; charset=utf-8" for kind in kinds]
    parts = [part(kind, body.encode()) for kind, body in zip(kinds, (text, page), strict=True)]
    return HEAD + multipart("alternative", *parts)


def needs_a_person(drawn, words):
    """Whether each place where it stands is marked so."""
    at = drawn.text.index(words)
    over = [m for m in drawn.marks if m.start < at + len(words) and at < m.end]
    return any(m.kind in SIGN_OFF for m in over)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("We *knew*, see\r\nthere <https://x.example/a>.", "<p>We <b>knew</b>, see <a>there</a>."),
        ("* Ten cameras\n- at doors\n", "<ul><li>Ten cameras<li>at doors</ul>"),
        ('He said "no" - and left.\n-----\nEnd', "<p>He said “no” – and left.<hr><p>End"),
        ("[image: logo]\nFine...", "<img src=x alt=logo><p>Fine…"),
        (
            "A long line of words that was\nbroken on the way",
            "<p>A long line of words that was broken on the way",
        ),
        ("价格是\n五百万", "<p>价格是五百万"),
        ("| a | b |\n", "<table><tr><td>a<td>b</table>"),
        ("_Under_ and /slanted/", "<p><u>Under</u> and <i>slanted</i>"),
    ],
)
def test_those_that_say_the_same_are_one(draw, text, page):
    for drawn in (
        draw(versions(text, page)),
        draw(versions(page, text, kinds=("text/html", "text/plain"))),
    ):
        assert drawn.options["same_alternatives"] == 1
        assert not marked(drawn, "hidden") or "logo" in text
        assert marked(drawn, "part")[0] == ("headers", HEADERS)
        assert drawn.text.count("words") < 2


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("worth $5 million", "worth €5 million"),
        ("worth 5 million", "worth €5 million"),
        ("a share of 15 %", "a share of 1.5 %"),
        ("a share of 15", "a share of 15 %"),
        ("a change of 5 degrees", "a change of -5 degrees"),
        ("from 10 15 cameras", "from 10–15 cameras"),
        ("in 1 500 houses", "in 1500 houses"),
        ("we are now here", "we are nowhere"),
        ("Is that so?", "Is that so."),
        ("- 5 million", "5 million"),
    ],
)
def test_of_those_that_differ_by_a_sign_the_shown_one_counts(draw, plain, shown):
    drawn = draw(versions(f"It is {plain}", f"<p>It is {shown}"))
    assert not needs_a_person(drawn, f"It is {shown}")
    hidden = drawn.text.rindex(f"It is {plain}")
    assert needs_a_person(drawn, drawn.text[hidden:])
    assert "same_alternatives" not in drawn.options


def test_what_is_struck_in_the_shown_one_is_struck(draw):
    drawn = draw(versions("We do not sell.", "<p>We <s>do not</s> sell."))
    assert drawn.text.count("sell") == 1
    assert marked(drawn, "deleted")


def test_what_either_quotes_is_quoted(draw):
    asked = "You asked.\nWe sold them."
    page = "<blockquote>You asked.<br>We sold them.</blockquote><p>No."
    drawn = draw(versions(f"{asked}\nNo.", page))
    assert [words for _, words in marked(drawn, "quoted")] == [asked]
    drawn = draw(
        versions(
            "> You asked…\n> We sold them.\n\nNo.", "<div>You asked...<br>We sold them.</div><p>No."
        )
    )
    assert marked(drawn, "quoted") == [
        ("in the alternative: lines with >", "You asked...\nWe sold them.")
    ]


def test_where_programs_differ_over_which_is_shown_both_need_a_person(draw):
    drawn = draw(versions("<p>Worth €5.", "Worth $5.", kinds=("text/html", "text/plain")))
    assert needs_a_person(drawn, "Worth €5.")
    assert needs_a_person(drawn, "Worth $5.")


def test_what_is_hidden_in_a_version_is_not_lost(draw):
    drawn = draw(versions("We knew.", "<p>We knew.<p style='display:none'>not "))
    assert drawn.text.endswith("\n\nWe knew.\nnot\n")
    assert ("display: none", "not") in marked(drawn, "hidden")


@pytest.mark.parametrize("html", ["<html><body></body></html>", "<img src='cid:x'>"])
def test_beside_a_shown_version_without_words_the_other_needs_a_person(draw, html):
    assert needs_a_person(draw(versions("We knew.", html)), "We knew.")
