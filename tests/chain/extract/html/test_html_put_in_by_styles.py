"""Words that a style puts in as quotation marks and labels, and styles that are hard to come by."""

import base64

import pytest

from evidence_chain.extract.html import draw
from evidence_chain.extract.stream import TextStream
from evidence_chain.text import Status, match
from html_reading import flags, needs_person


def styled(css, markup):
    return f"<style>{css}</style>{markup}"


SOLD = "The bank has sold the house"
Q = "<p>The bank has <q>sold</q> the house"
I_ = "<p>The bank has <i></i>sold the house"
QUOTES = {
    styled("q{quotes:'never ' ''}", Q): True,
    styled("q{quotes:'' ' not'}", Q): True,
    styled("p{quotes:'never ' ''}", Q): True,
    styled("p{quotes:var(--q);--q:'never ' ''}", Q): True,
    styled("q::before{quotes:'never ' ''}", Q): True,
    styled("q{quotes:'“' '”' 'never ' ''}", Q): True,
    styled("q{quotes:'never ' '';quotes:'odd'}", Q): True,
    styled("i{quotes:'never ' ''}i::before{content:open-quote}", I_): True,
    styled("i::before{quotes:'never ' '';content:open-quote}", I_): True,
    styled("i::after{content:open-quote close-quote;quotes:'' 'never '}", I_): True,
    styled("i::before{content:'never var(--x) '}", I_): True,
    styled("i::before{content:'never env(x) '}", I_): True,
    styled("i::before{content:if(else: 'never ')}", I_): True,
    styled("q{quotes:'never ' ''}", f"<p>{SOLD}"): False,
    styled("q{quotes:'«' '»'}", Q): False,
    styled("q{quotes:none}", Q): False,
    styled("q{quotes:auto}", Q): False,
    styled("q{quotes:'never ' '';quotes:'‹' '›'}", Q): False,
    styled("q::before,q::after{content:''}q{quotes:'' ''}", Q): False,
    styled("i::before{content:close-quote}i{quotes:'' 'never '}", I_): False,
    styled("i::before{content:no-open-quote}", I_): False,
}


@pytest.mark.parametrize("markup", QUOTES)
def test_words_in_the_place_of_quotation_marks(markup):
    assert needs_person(markup, SOLD) == QUOTES[markup]


def test_words_in_the_place_of_a_quotation_mark_are_written_there():
    assert flags(styled("q{quotes:'never ' ''}", Q), "The bank has never sold the house") == {
        "part"
    }
    assert not needs_person(styled("q{quotes:'«' '»'}", Q), "The bank has «sold» the house")


LI = f"<ul><li>{SOLD}</ul>"
ITEM = "<div>The bank has <b>sold the house</b></div>"
WORDY = "@counter-style y{system:cyclic;symbols:Untrue}"
EXTENDED = "@counter-style x{system:extends y}@counter-style z{symbols:'*';fallback:x}"
LABELS = {
    styled("li::marker{content:'No longer: '}", LI): True,
    styled("li::marker{content:open-quote;quotes:'Untrue: ' ''}", LI): True,
    styled("ul{quotes:'Untrue: ' ''}li::marker{content:open-quote}", LI): True,
    styled("li{&::marker{content:'Untrue: '}}", LI): True,
    styled("ul ::marker{content:'No longer: '}", LI): True,
    styled("li::marker{content:'Step ' counter(list-item) ' '}", LI): True,
    styled("li::marker{content:attr(data-n)}", f"<ul><li data-n='Untrue: '>{SOLD}</ul>"): True,
    styled("ul{list-style:'No longer: '}", LI): True,
    styled("ul{list-style:inside 'No longer: '}", LI): True,
    styled("li{list-style-type:'No longer: '}", LI): True,
    styled("li{list-style-type:'不'}", LI): True,
    styled("b{display:list-item;list-style:inside 'never '}", ITEM): True,
    styled("b{display:list-item}b::marker{content:'never '}", ITEM): True,
    styled("b{display:list-item;list-style-type:'0'}", ITEM): True,
    styled("summary::marker{content:'Untrue: '}", f"<details><summary>{SOLD}</details>"): True,
    styled("@counter-style z{system:cyclic;symbols:Untrue}ul{list-style:z}", LI): True,
    styled(f"{EXTENDED}{WORDY}ul{{list-style:z}}", LI): True,
    styled(f"{WORDY}{EXTENDED}ul{{list-style:z}}", LI): True,
    styled(f"{EXTENDED}ul{{list-style:z}}", LI): False,
    styled("i{display:list-item;list-style:inside 'never '}", I_): True,
    styled("li::marker{color:red;content:normal}", LI): False,
    styled("li::marker{content:none}ul{list-style:'No longer: '}", LI): False,
    styled("li::marker{content:counter(list-item) ') '}", LI): False,
    styled("li::marker{content:'→ '}", LI): False,
    styled("ul{list-style:'– '}", LI): False,
    styled("ul{list-style:'o '}", LI): False,
    styled("ul{list-style:'No longer: '}", f"<ol><li>{SOLD}</ol>"): False,
    styled("ul{list-style:'No longer: '}li{display:block}", LI): False,
    styled("@counter-style z{system:cyclic;symbols:'→'}ul{list-style:z}", LI): False,
    styled("@counter-style z{symbols:Untrue}", LI): False,
    styled(".n::marker{content:'Untrue: '}", f"<ul><li class=n>Other.<li>{SOLD}</ul>"): False,
}


@pytest.mark.parametrize("markup", LABELS)
def test_words_before_an_item(markup):
    assert needs_person(markup, SOLD) == LABELS[markup]


@pytest.mark.parametrize("css", ["li::marker{content:'Untrue: '}", "ul{list-style:'Untrue: '}"])
def test_an_item_is_found_with_the_words_before_it(css):
    assert not needs_person(styled(css, LI), f"Untrue: {SOLD}")
    two = f"<ul><li>{SOLD}<ul><li>Not so.</ul></ul>"
    assert needs_person(styled(css, two), f"Untrue: {SOLD}")


def test_a_string_that_counts_is_written_as_a_number_is():
    assert not needs_person(styled("ul{list-style:'7) '}", LI), f"7) {SOLD}")


TOLD = "She was not in the house"
WITH = "<p>She was <b>not</b> in the house"
HIDES = "b{display:none}"
CODED = base64.b64encode(HIDES.encode()).decode()
SHEETS = {
    f"<link rel=stylesheet href='data:text/css,{HIDES}'>": True,
    f"<link rel='StyleSheet' href='DATA:text/css;charset=utf-8;base64,{CODED}'>": True,
    "<link rel=stylesheet href='data:text/css,b%7Bdisplay%3Anone%7D'>": True,
    f"<link rel=stylesheet media=screen href='data:text/css,{HIDES}'>": True,
    f"<link rel=stylesheet href='data:,{HIDES}'>": True,
    f"<style>@import url('data:text/css,{HIDES}');</style>": True,
    f"<style>@import 'data:text/css;base64,{CODED}' screen;</style>": True,
    f"<style>@import 'data:text/css,{HIDES}' layer(x) supports(a:b);</style>": True,
    f"<style>@import \"data:text/css,@import 'data:text/css,{HIDES}';\";</style>": True,
    f"<link rel=stylesheet href='data:text/css,{HIDES}'><style>b{{display:inline}}</style>": False,
    f"<style>@import 'data:text/css,{HIDES}' layer;b{{display:inline}}</style>": False,
    f"<link rel='alternate stylesheet' title=x href='data:text/css,{HIDES}'>": False,
    f"<link rel=stylesheet media=print href='data:text/css,{HIDES}'>": False,
    f"<link rel=stylesheet disabled href='data:text/css,{HIDES}'>": False,
    f"<style>@import 'data:text/css,{HIDES}' print;</style>": False,
    "<link rel=stylesheet href='data:text/css;base64,!'>": False,
    "<link rel=stylesheet href=far.css>": False,
    f"<template><link rel=stylesheet href='data:text/css,{HIDES}'></template>": False,
}


@pytest.mark.parametrize("head", SHEETS)
def test_style_sheets_that_lie_within_the_page(head):
    assert needs_person(head + WITH, TOLD) == SHEETS[head]


STYLES = {
    "display:attr(data-d type(<custom-ident>))": True,
    "display:if(style(--z): inline; else: none)": True,
    "display:--hide()": True,
    "display:var(--d);--d:--hide()": True,
    "visibility:attr(data-d type(<custom-ident>), hidden)": True,
    "font-size:attr(data-o px)": True,
    "font-size:calc(attr(data-o px) * 2)": True,
    "font:attr(data-o px) serif": True,
    "font-size:calc(1px * sibling-count())": True,
    "opacity:sin(0)": True,
    "opacity:env(unknown, 0)": True,
    "color:if(else: #fff)": True,
    "display:future(none)": True,
    f"display:var(--long);--long:{'block ' * 900}": True,
    "visibility:future(1)": True,
    "color:future(white)": True,
    "zoom:expression(this.x = 1)": False,
    "opacity:alpha(opacity=50)": False,
    "position:inherit();left:--far()": True,
    "-webkit-text-stroke:8px white": True,
    "-webkit-text-stroke:1px navy": False,
    "hyphenate-character:' not '": True,
    "text-overflow:' not'": True,
    "display:inline-grid;grid-template-columns:0;overflow:hidden": True,
    "padding:env(safe-area-inset-top) env(safe-area-inset-left, 20px)": False,
    "height:calc(100vh - env(safe-area-inset-bottom))": False,
    "opacity:env(unknown, 1)": False,
    "opacity:env(unknown)": False,
    "font-size:calc(1rem * pow(1.2, 2))": False,
    "font-size:clamp(1rem, 1rem + 1vw, 2rem)": False,
    "content:attr(data-d)": False,
    "hyphenate-character:'-'": False,
    "text-overflow:'…'": False,
    "display:inline-grid;grid-template-columns:1fr;overflow:hidden": False,
    "color:color-mix(in srgb, white, white)": True,
    "color:color-mix(in srgb, white 99%, black)": True,
    "color:color-mix(in srgb, red 0%, transparent)": True,
    "color:color-mix(in oklab, black 2%, transparent)": True,
    "color:color-mix(in srgb, black, color-mix(in srgb, white, white) 100%)": True,
    "color:color-mix(in srgb, white, black)": False,
    "color:color-mix(in srgb, 30% white, black)": False,
    "color:color-mix(in srgb, white 20%, black 30%)": False,
    "color:color-mix(in oklab, black 80%, transparent)": False,
    "color:color-mix(in oklab, navy, navy)": False,
    "background:color-mix(in srgb, yellow 20%, white)": False,
}


@pytest.mark.parametrize("style", STYLES)
def test_values_that_are_put_in_or_mixed(style):
    markup = f'<p>She was <b style="{style}">not</b> in the house'
    assert needs_person(markup, TOLD) == STYLES[style]


SAID = "The cameras see faces."
BESIDE = {
    "before a quotation": "q::before { content: open-quote 'never ' }",
    "instead of quotation marks": "q { quotes: 'never ' ' at all' }",
    "after it": "q::after { content: ' Not.' close-quote }",
    "by an attribute": "q::before { content: attr(title) ' ' }",
}


@pytest.mark.parametrize("style", BESIDE.values(), ids=BESIDE)
def test_words_that_are_put_in_beside_a_passage(style):
    """A passage that leaves them out needs a person, and one that has them does not."""
    page = f"<style>{style}</style><p>It says: <q title='It is false that'>{SAID}</q></p>"
    text, marks = draw(page)
    stream = TextStream(text, {}, marks)
    alone = match(SAID, text)
    assert alone.status == Status.VERBATIM
    assert "words-beside" in {mark.kind for mark in stream.marked(alone.fragments)}
    line = text.partition("\n")[0]
    assert "words-beside" not in {one.kind for one in stream.marked(match(line, text).fragments)}


@pytest.mark.parametrize(
    "style",
    [
        "p::before { content: '→ ' }",
        "p::before { counter-increment: x; content: counter(x) '. ' }",
        "p::after { content: ' 1' }",
        "div::before { content: 'Menu' }",
    ],
)
def test_signs_numbers_and_other_lines_are_no_words_beside(style):
    text, marks = draw(f"<style>{style}</style><div><p>One.</p></div><p>{SAID}</p>")
    found = TextStream(text, {}, marks).marked(match(SAID, text).fragments)
    assert "words-beside" not in {mark.kind for mark in found}
