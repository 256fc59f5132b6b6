"""Many records of a claim: narrowed down by the address, folded, and drawn as groups that open."""

import csv
import re
from html import unescape
from urllib.parse import urlencode

import pytest

from cases import make_empty_case

SPEAKERS = ("Ada Lind", "Bo <Marsh>", "港湾局")
UNSEEN = " Ada \u202e  Lind\u200b"
RELATIONS = ("supports", "contradicts", "qualifies")
NUMBER = 30


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Thirty records: each third by one of three, each fifth contradicts, each tenth qualifies."""
    case = make_empty_case(tmp_path_factory.mktemp("many"))
    said = [f"Sentence {number} speaks of the harbour." for number in range(NUMBER)]
    (case.home / "said.txt").write_text("\n".join(said))
    rows = [["file", "text", "speaker", "language", "why", *RELATIONS]]
    for number, text in enumerate(said):
        relation = RELATIONS[2 if number % 10 == 9 else 1 if number % 5 == 4 else 0]
        about = [SPEAKERS[number % 3], "zh" if number % 3 == 2 else "", "So read"]
        bears = ["many" if one == relation else "" for one in RELATIONS]
        rows.append(["said.txt", text, *about, *bears])
    with (case.home / "quotes.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    case.run("claim", "many", "Many speak of it")
    case.run("import", case.home / "quotes.csv")
    link = case.json("resolve", "many")["chain"][0]["id"]
    case.run("retract", link, "--reason", "Misread")
    case.run("checkpoint")
    return case


def numbers(page):
    """The records of which there are cards, in their order on the page."""
    return [int(number) for number in re.findall(r"<mark>Sentence (\d+)", page)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("relation=contradicts", [4, 14, 24]),
        ("who=Bo+%3CMarsh%3E&relation=qualifies", [19]),
        ("language=zh", [2, 5, 8, 11, 14, 17, 20, 23, 26, 29]),
        ("kind=evidence/quote&words=sentence+7", [7]),
        ("words=ada+read", [*range(0, NUMBER, 3)]),
        ("status=ended", []),
        ("status=does-not-count", [0]),
        ("status=counts&relation=supports&who=%E6%B8%AF%E6%B9%BE%E5%B1%80&words=harb*",
         [2, 5, 8, 11, 17, 20, 23, 26]),
        ("who=Nobody", []),
    ],
)  # fmt: skip
def test_what_the_address_asks_for_is_shown_and_the_rest_counted(site, query, found):
    html = site.text(f"/evidence/-/claim/many?{query}")
    assert sorted(numbers(html)) == found
    said = site.page(f"/evidence/-/claim/many?{query}").text
    assert f"{len(found)} of {NUMBER} shown" in said
    assert f"{NUMBER - len(found)} are hidden" in said
    assert ">± contested<" in html, "the claim is as it is, whatever is shown"


def test_each_choice_says_how_many_it_shows(site):
    html = site.text("/evidence/-/claim/many")
    choices = re.findall(r'<option value="([^"]+)">[^<]* \((\d+)\)</option>', html)
    assert len(choices) >= 9
    fields = re.findall(r'<select id="ask-(\w+)"(.*?)</select>', html, re.DOTALL)
    for name, inside in fields:
        for value, count in re.findall(r'<option value="([^"]+)">[^<]* \((\d+)\)', inside):
            shown = site.ask("/evidence/-/claim/many", params={name: unescape(value)}).text
            assert len(numbers(shown)) == int(count)


def test_all_but_the_first_of_each_relation_are_folded(site):
    """What doesn't count comes last; nothing is left out."""
    html = site.text("/evidence/-/claim/many")
    assert sorted(numbers(html)) == [*range(NUMBER)]
    assert html.count('<details class="fold">') == NUMBER - 4 - 3 - 3
    supporting = [number for number in numbers(html) if number % 5 != 4]
    assert supporting[-1] == 0
    unfolded = site.text("/evidence/-/claim/many?unfold=all")
    assert '<details class="fold">' not in unfolded
    assert numbers(unfolded) == numbers(html)
    assert "30 of 30" not in html


def opening(html):
    """Where the boxes of the drawing lead that stand for several records."""
    found = re.findall(r'<a href="([^"#]*open=[^"]*)#drawn" class="node opens', html)
    return [unescape(one) for one in found]


def drawn(html):
    return len(re.findall(r'class="node[^"]* record ', html))


def test_a_group_of_the_drawing_opens_by_its_link(site):
    html = site.text("/evidence/-/claim/many?words=sentence")
    found = opening(html)
    assert found
    assert all("words=sentence" in one for one in found), "what is asked for is kept"
    for one in found:
        opened = site.text(one)
        assert drawn(opened) > drawn(html)
        assert len(opening(opened)) == len(found) - 1
        assert "Draw as one again what was opened" in opened
    names = ".".join(re.findall(r"open=([^& ]*)", " ".join(found)))
    whole = site.text(f"/evidence/-/claim/many?open={names}")
    assert opening(whole) == []
    assert drawn(whole) == NUMBER


def test_few_records_have_no_form_and_no_folds(template, serve):
    html = serve(template).text("/evidence/-/claim/board-knew")
    assert "ask-relation" not in html
    assert 'class="fold"' not in html
    assert "0 of" in serve(template).page("/evidence/-/claim/board-knew?who=x").text


def test_a_choice_finds_as_many_as_it_says_however_the_name_is_written(shown, tmp_path, serve):
    case = shown.copy_to(tmp_path / "case")
    for number in range(2):
        passage = f"Sentence {number} speaks of the harbour."
        words = ("--speaker", UNSEEN, "--supports", "many")
        case.run("quote", case.home / "said.txt", passage, *words)
    site = serve(case)
    page = site.text("/evidence/-/claim/many")
    who = re.search('<select id="ask-who".*?</select>', page, re.DOTALL)
    choices = re.findall(r'<option value="([^"]+)">[^<]* \((\d+)\)</option>', who[0])
    assert len(choices) == len(SPEAKERS) + 1
    for value, count in choices:
        query = urlencode({"who": unescape(value)})
        html = site.text(f"/evidence/-/claim/many?{query}")
        assert f"<b>{count} of {NUMBER + 2} shown" in html
