"""Pages that show something else than the order of their text: put in, moved, turned, raised."""

import pytest

from evidence_chain.extract import html
from evidence_chain.text import match
from html_reading import flags, marked, needs_person, visible

PAID = "They paid 12 million in May"
TURNED = {
    "They paid <bdo dir=rtl>12</bdo> million in May": True,
    "They paid <bdo dir=ltr>12</bdo> million in May": False,
    "They paid <bdo>12</bdo> million in May": False,
    "<p dir=rtl>They paid <bdo>12</bdo> million in May": True,
    "They paid <i style='direction:rtl;unicode-bidi:isolate-override'>12</i> million in May": True,
    "They paid <i dir=rtl style='unicode-bidi:bidi-override'>12</i> million in May": True,
    "They paid <i style='unicode-bidi:isolate;direction:rtl'>12</i> million in May": False,
    "<style>i{direction:rtl;unicode-bidi:bidi-override}</style>"
    "They paid <i>12</i> million in May": True,
    "<div dir=rtl>They paid 12 million in May</div>": False,
    "<bdo dir=rtl>They paid <bdi>12</bdi> million in May</bdo>": True,
    "<div dir=rtl><p>They paid <bdo>12</bdo> million in May": True,
    "<div dir=rtl><bdi>They paid <bdo>12</bdo> million in May": False,
    "<div dir=rtl><p dir=ltr>They paid <bdo>12</bdo> million in May": False,
    "They paid <b style='position:relative;left:1ch'>1</b>"
    "<b style='position:relative;left:-1ch'>2</b> million in May": True,
    "They <b style='position:relative;left:2px'>paid</b> 12 million in May": False,
}


@pytest.mark.parametrize("markup", TURNED)
def test_letters_turned_round(markup):
    assert needs_person(markup, PAID) == TURNED[markup]


def test_numbers_change_places_from_right_to_left():
    assert needs_person("<p dir=rtl>7 : 12 in all", "7 : 12 in all")
    assert not needs_person("<p dir=rtl>בין 7 ל 12 אנשים", "בין 7 ל 12 אנשים")


TOLD = "It was told in May"
PUT_IN = {
    "<style>i::before{content:'not '}</style>It was <i></i>told in May": True,
    "<style>i:after{content:'not '}</style>It was <i></i>told in May": True,
    "<style>i::before{content:attr(data-w)}</style>It was <i data-w='not '></i>told in May": True,
    "<style>i::before{content:var(--w);--w:'not '}</style>It was <i></i>told in May": True,
    "<style>i::before{content:counter(n)}</style>It was <i></i>told in May": True,
    "<style>i::before{content:url(not.png)}</style>It was <i></i>told in May": True,
    "<style>@supports (x:y){i::before{content:'not '}}</style>It was <i></i>told in May": True,
    "It was <img src=not.png> told in May": True,
    "It was <img src=not.png alt=''> told in May": True,
    "It was <img src=not.png alt='not'> told in May": True,
    "It was <canvas></canvas> told in May": True,
    "It was <input type=image src=not.png> told in May": True,
    "<style>i::before{content:'not ';display:none}</style>It was <i></i>told in May": True,
    "<style>i::before{content:none}</style>It was <i></i>told in May": False,
    "<style>i::before{content:''}</style>It was <i></i>told in May": False,
    "<style>i::before{content:'\\2192\\20'}</style>It was <i></i>told in May": False,
    "<style>i::after{content:'\\f08e'}</style>It <i>was</i> told in May": False,
    "<style>p::before{content:'7. '}</style><p>It was told in May": False,
    "<img src=a.png>It was told in May<img src=b.png>": False,
    "<p><img src=a.png><p>It was told in May": False,
    "It was <object data=not.svg></object>told in May": True,
    "It was <object data=not.svg hidden></object>told in May": False,
    "It was <i style='width:40px;background:url(not.png)'></i>told in May": True,
    "It was <i style='width:16px;background:url(icon.png)'></i>told in May": False,
    "It was <i style='width:40px;background:url(paper.png)'>told</i> in May": False,
    "It was <img src=dot.gif width=1 height=1>told in May": False,
    "It was <img src=icon.png width=16 height=16> told in May": False,
    "It <svg viewBox='0 0 16 16'><path/></svg>was told in May": False,
}


@pytest.mark.parametrize("markup", PUT_IN)
def test_what_the_page_puts_in(markup):
    assert needs_person(markup, TOLD) == PUT_IN[markup]


def test_words_put_in_are_found_as_they_are_read():
    page = "<style>i::before{content:'not '}</style>It was <i></i>told."
    assert flags(page, "It was not told.") == {"part"}


@pytest.mark.parametrize("picture", ["<img src=a.png width=9 height=9>", "<svg><path/></svg>"])
def test_a_small_picture_beside_a_number_may_be_a_part_of_it(picture):
    assert needs_person(f"They paid 1{picture}2 crowns", "They paid 12 crowns")
    assert needs_person(f"They paid {picture}12 crowns", "They paid 12 crowns")


ORDER = "He is guilty. She is not."
REORDERED = {
    "<div style='display:flex;flex-direction:row-reverse'>{}</div>": True,
    "<div style='display:flex;flex-flow:column-reverse'>{}</div>": True,
    "<div style='display:flex;flex-wrap:wrap-reverse'>{}</div>": True,
    "<div style='display:flex'><p style='order:2'>He is guilty.<p>She is not.</div>": True,
    "<div style='display:grid'><p style='grid-row:2'>He is guilty.<p>She is not.</div>": True,
    "<p style='float:right'>He is guilty.</p><p>She is not.</p>": True,
    "<p>He is guilty. <span style='position:absolute;top:0'>She is not.</span>": True,
    "<p>He is guilty. <span style='position:relative;left:-70px'>She is not.</span>": True,
    "<p>He is guilty. <span style='margin-left:-4em'>She is not.</span>": True,
    "<p>He is guilty. <span style='transform:translateX(90px)'>She is not.</span>": True,
    "<table><tfoot><tr><td>He is guilty.<tbody><tr><td>She is not.</table>": True,
    "<table><thead><tr><td>He is guilty.<tbody><tr><td>She is not.</table>": False,
    "<table><caption style='caption-side:bottom'>He is guilty.</caption><td>She is not.": True,
    "<div dir=rtl style='display:flex'>{}</div>": True,
    "<svg><text>He is guilty. <tspan x=3>She is not.</tspan></text></svg>": True,
    "<div style='display:flex'>{}</div>": False,
    "<div style='flex-direction:row-reverse'>{}</div>": False,
    "<p><span style='float:left;font-size:3em'>H</span>e is guilty. She is not.": False,
    "<p>He is guilty. <span style='position:relative;top:-1px'>She is not.</span>": False,
    "<div style='float:left'>{}</div>": False,
}  # fmt: skip


@pytest.mark.parametrize("markup", REORDERED)
def test_what_stands_elsewhere(markup):
    page = markup.replace("{}", "<p>He is guilty.</p><p>She is not.</p>")
    assert needs_person(page, ORDER) == REORDERED[markup]


def test_within_what_stands_elsewhere_all_is_in_order():
    page = (
        "<div style='display:flex;flex-direction:row-reverse'><p>He is guilty.<p>She is not.</div>"
    )
    assert not needs_person(page, "He is guilty.")
    assert not needs_person(page, "She is not.")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<span style='vertical-align:super'>2</span> m", "10² m"),
        ("<style>.u{vertical-align:super}</style>10<b class=u>2</b> m", "10² m"),
        ("10<span style='font-size:60%;vertical-align:text-top'>2</span> m", "10² m"),
        ("10<span style='font-size:60%;position:relative;top:-.4em'>2</span> m", "10² m"),
        ("10<span style='vertical-align:.5em'>2</span> m", "10² m"),
        ("10<span style='font-variant-position:super'>2</span> m", "10² m"),
        ("CO<span style='vertical-align:sub'>2</span>", "CO₂"),
        ("<math><msup><mn>10</mn><mn>2</mn></msup></math> m", "10² m"),
        ("<math><msub><mi>x</mi><mn>2</mn></msub></math>", "x₂"),
        ("<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>", "x₁²"),
        ("5<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> m", "5½ m"),
        ("5<math><mfrac><mn>7</mn><mn>12</mn></mfrac></math> m", "5\u20097⁄12 m"),
        ("<svg><text>10<tspan baseline-shift=super>2</tspan></text></svg>", "10²"),
        ("<math><mroot><mn>2</mn><mn>3</mn></mroot></math>", "2³"),
        ("10<small style='vertical-align:text-top'>2</small> m", "10² m"),
        ("10<b style='display:inline-block;transform:translateY(-.5em)'>2</b> m", "10² m"),
        ("10<b style='display:inline-block;translate:0 .5em'>2</b> m", "10₂ m"),
        ("10<span style='font-feature-settings:\"sups\" 1'>2</span> m", "10² m"),
        ("10<span style='font-feature-settings:\"tnum\"'>2</span> m", "102 m"),
        ("<math><mn>10</mn><msqrt><mn>2</mn></msqrt></math> m", "10√2 m"),
        ("<math><mmultiscripts><mn>10</mn><none/><mn>2</mn></mmultiscripts></math> m", "10² m"),
        ("10<span style='vertical-align:middle'>2</span> m", "102 m"),
        ("<td style='vertical-align:top'>102", "102"),
        ("10<span style='vertical-align:-1px'>2</span> m", "102 m"),
    ],
)
def test_what_is_raised_by_style_or_in_formulas(markup, text):
    assert visible(markup) == text


def test_a_shadow_tree_is_shown_in_place_of_what_is_in_its_host():
    page = (
        "<div><template shadowrootmode={}><style>i{{display:none}}</style><p>Shown first. "
        "<slot name=a>unused</slot><i>never</i></p></template>"
        "light<b slot=a>slotted</b></div><i>x</i>"
    )
    for mode in ("open", "closed"):
        text, _ = html.draw(page.format(mode))
        assert text == "Shown first. slotted\nx\nnever\nlight"
        assert flags(page.format(mode), "light") == {"hidden"}
        assert flags(page.format(mode), "slotted") == set()
    assert visible("a<template><p>x</p><style>b{display:none}</style></template><b>c</b>") == "ac"


def test_rules_for_a_host_count():
    page = (
        "<div><template shadowrootmode=open><style>:host{display:none}</style>x</template></div>y"
    )
    assert visible(page) == "y"


def test_quotation_marks_that_browsers_put_in():
    page = "<p>She said <q>we <q>knew</q> it</q> and left."
    assert visible(page) == "She said “we ‘knew’ it” and left."
    for quote in (visible(page), "She said we knew it and left."):
        assert not needs_person(page, quote)
    hidden = "<p>She said <q>we</q> <span hidden>never</span> knew."
    assert needs_person(hidden, "She said we knew.")


@pytest.mark.parametrize(
    ("markup", "items"),
    [
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=4><li>a<li value=9>b<li>c</ol>", "4. a\n9. b\n10. c"),
        ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
        ("<ol type=a><li>a<li>b</ol>", "a. a\nb. b"),
        ("<ol type=I><li>a<li>b<li>c<li>d</ol>", "I. a\nII. b\nIII. c\nIV. d"),
        ("<ol style='list-style:lower-roman'><li>a</ol>", "i. a"),
        (
            "<style>ol{list-style-type:upper-latin}</style><ol><li>a<ol><li>b</ol></ol>",
            "A. a\nA. b",
        ),
        ("<ul style='list-style:decimal'><li>a<li hidden>x<li>c</ul>", None),
        ("<ol style='list-style:none'><li>a</ol>", None),
        ("<ul><li>a</ul>", None),
    ],
)
def test_numbers_that_browsers_put_before_items(markup, items):
    text, _ = html.draw(markup)
    forms = marked(markup, "part")
    assert "1" not in visible(markup)
    assert ([held.replace("\x1d", "") for held, _ in forms] == [items]) if items else not forms
    assert items is None or text.replace("\x1d", "").endswith(items)


def test_an_item_counts_once_though_its_list_is_given_with_its_numbers():
    text, _ = html.draw("<ol><li>The minister did not take it.</li><li>Nobody did.</li></ol>")
    for quote in ("The minister did not take it.", "1. The minister did not take it.", "did not"):
        found = match(quote, text)
        assert (found.status, found.occurrences, found.notes) == ("verbatim", 1, [])


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("uppercase", "THE FIRM KNEW"),
        ("lowercase", "the firm knew"),
        ("capitalize", "The Firm Knew"),
    ],
)
def test_capitals_by_style(style, shown):
    page = f"<p style='text-transform:{style}'>The <b>firm</b> knew</p>"
    assert visible(page) == shown
    assert not needs_person(page, shown)
    assert not needs_person(page, "The firm knew")
    assert (
        visible("<p style='text-transform:uppercase'><b style='text-transform:none'>a</b>") == "a"
    )
