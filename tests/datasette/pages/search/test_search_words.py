"""Whatever is typed into the search: it is answered, never as markup nor as syntax."""

from string import punctuation

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import characters, lists, one_of, sampled_from, text

from cases import make_empty_case
from evidence_datasette.claims import listing
from evidence_datasette.pages import search

CLAIMS = {
    "han": "海康威视知道Camera装在哪里",
    "mixed": "海康威视 camera 2031",
    "latin": "The CAMERA stands on the quay",
    "wide": "型号ＤＳ－２ＣＤ的摄像机",
    "wide-alone": "ＣＡＭＥＲＡ",
    "accents": "Das Cafe\u0301 an der Straße",
    "arabic": "الكاميرا على الرصيف",
    "hebrew": "הַמַּצְלֵמָה על הרציף",
    "hindi": "कैमरा घाट पर है",
    "thai": "กล้องอยู่ที่ท่าเรือ",
    "korean": "카메라는 부두에 있다",
    "emoji": "They put a \U0001f4f9 there",
    "signs": "Price * 2 - \"NEAR\" (C++) ^ col:x AND 'y'",
    "markup": "<b>bold</b> & <script>alert(1)</script>",
    "bidi": "abc \u202ekcab\u202c quay",
}
HARD = [
    *('"', "'", "*", "-", "^", "(", ")", "NEAR(", "NEAR(a b)", "a OR b", "a AND", "NOT", "AND"),
    *("col:x", "words:camera", '"camera', 'camera"', '""', "camera*", "-camera", "{a b}", "a + b"),
    *("'; DROP TABLE claim; --", "%", "_", "\\", "?1", ":before", "{{ 7*7 }}", "<script>x"),
    *("\0", "\0camera\0", "\ufeff", "\u200b", "\u0301", "\u202e", "\ufffd", "\U0010ffff"),
    *("\U0001f4f9", "\U0001f468\u200d\U0001f469", "\u2764\ufe0f", "\ufdfa" * 60, "\u0345"),
    *("a " * 5_000, "海 " * 5_000, "word" * 10_000, '" ' * 300, "a\u0301" * 400, "((" * 200),
    *(" ".join(f"w{n}" for n in range(2_000)), "ﬁ" * 150, "\n\r\t", "İ", "ŉ", "ß", "ı", "℀"),
]
"""What has been too much for a search somewhere."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A case with claims in many scripts, and a document with all of them."""
    case = make_empty_case(tmp_path_factory.mktemp("tongues"))
    for slug, statement in CLAIMS.items():
        case.ids[slug] = case.id("claim", slug, statement)
    file = case.write("all.txt", "\n".join(CLAIMS.values()))
    case.ids["all"] = case.id("add", "artifact", file)
    return case


def look(site, words, page="search.json", **more):
    return site.ask(f"/evidence/-/{page}", params={"q": words} | more)


def slugs(site, words, **more):
    return {one["fields"]["slug"] for one in look(site, words, **more).json()["records"]}


def marks(site, words):
    """What is marked in the lines that are shown, of claims and of the document."""
    found = look(site, words).json()
    return [
        {piece["text"] for one in found[what] for piece in one["pieces"] if piece["marked"]}
        for what in ("records", "documents")
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("海康威视 camera", {"han", "mixed"}),
        ("CAMERA 海康威视", {"han", "mixed"}),
        ("海康威视，摄像机", set()),
        ("《摄像机》", {"wide"}),
        ("ds-2cd的", {"wide"}),
        ("ＤＳ－２ＣＤ", {"wide"}),
        ("camera", {"mixed", "latin", "wide-alone"}),
        ("ｃａｍｅｒａ", {"han", "mixed", "latin", "wide-alone"}),
        ('"camera"', {"mixed", "latin", "wide-alone"}),
        ("café", {"accents"}),
        ("CAFE", {"accents"}),
        ("الكاميرا", {"arabic"}),
        ("הַמַּצְלֵמָה", {"hebrew"}),
        ("הרציף", {"hebrew"}),
        ("कैमरा", {"hindi"}),
        ("कुमार", set()),
        ("ท่าเรือ", {"thai"}),
        ("카메라", {"korean"}),
        ("\u110f\u1161\u1106\u1166\u1105\u1161", {"korean"}),
        ("\U0001f4f9", {"emoji"}),
        ("*", {"signs"}),
        ("NEAR", {"signs"}),
        ("col:x", {"signs"}),
        ("c++", {"signs"}),
        ("<script>", {"markup"}),
        ("quay", {"latin", "bidi"}),
        ("\u202equay", {"latin", "bidi"}),
        ("quay OR camera", set()),
        ("quay -camera", {"latin"}),
        ("quay*", {"latin", "bidi"}),
        ("qua*", {"latin", "bidi"}),
        ("qua", set()),
    ],
)
def test_words_of_every_script_are_found(site, words, found):
    assert slugs(site, words) == found
    assert {claim["slug"] for claim in look(site, words, "claims.json").json()["claims"]} == found


@pytest.mark.parametrize(
    "words", ["海康威视 camera", "café", "ｃａｍｅｒａ", "ท่าเรือ", "카메라", "*"]
)
def test_what_was_looked_for_is_marked_in_claims_and_documents(site, words):
    in_claims, in_documents = marks(site, words)
    assert in_documents
    assert in_documents <= in_claims


@pytest.mark.parametrize("words", HARD)
def test_whatever_is_looked_for_is_answered(site, words):
    for page in ("search", "search.json", "claims", "claims.json"):
        answer = look(site, words, page)
        assert page.endswith(".json") or "<script>x" not in answer.text
    assert look(site, words).json()["documents"] is not None


SYNTAX = [*punctuation, *" \0*", "NEAR", "AND", "OR", "NOT", "words:", "海", "\u0301", "\u202e"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    one_of(
        text(characters(codec="utf-8"), max_size=60),
        lists(sampled_from(SYNTAX), max_size=12).map("".join),
    )
)
def test_any_text_can_be_looked_for(site, words):
    for page in ("search.json", "claims.json"):
        answer = look(site, words, page).json()
        assert isinstance(answer["words"], str)
    assert look(site, words, "search").status_code == 200


@given(text(characters(codec="utf-8"), max_size=60))
def test_any_text_is_a_query_of_the_index(words):
    wanted = listing.terms(words)
    query = listing.matching(wanted)
    outside = "".join(query.replace('"*', '"').split('"')[::2])  # beginnings of words have a star
    assert set(outside) <= set("( OR) AND"), query


def test_bytes_that_are_no_text_are_answered(site):
    for query in ("%ED%A0%80", "%FF%FE", "%00", "%"):
        site.text(f"/evidence/-/search?q={query}")


def test_of_very_long_words_the_beginning_is_looked_for_and_that_is_said(site):
    words = "camera " + "quay " * 100
    page = look(site, words, "search").text
    assert "Only the beginning of that was looked for." in page
    assert "Only the beginning" not in look(site, "camera", "search").text
    assert slugs(site, words) == {"latin"}


def test_nothing_to_look_for_is_said(site):
    for words in ("\u200b", "\u0301", "\u202e\u202c"):
        page = look(site, words, "search").text
        assert "There is nothing in that to look for." in page
        assert "Claims and passages" not in page


def test_what_is_found_is_shown_and_never_run(site):
    page = look(site, "<script>", "search").text
    assert "<script>" not in page
    assert "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;" in page
    page = look(site, "kcab", "search").text
    assert "\u202e" not in page
    assert "U+202E" in page


def test_lines_have_a_direction_of_their_own(site):
    page = site.page("/evidence/-/search?q=%D8%A7%D9%84%D9%83%D8%A7%D9%85%D9%8A%D8%B1%D8%A7")
    assert ("p", "dir", "auto") in page.attributes
    assert ("blockquote", "dir", "auto") in page.attributes
    assert ("input", "dir", "auto") in page.attributes


def test_records_are_looked_through_one_by_one_and_it_is_said_how_far(site, monkeypatch):
    monkeypatch.setattr(search, "STRETCH", 6)
    found, older, pages = [], None, 0
    while pages == 0 or older is not None:
        more = {} if older is None else {"older": older}
        page = look(site, "海康威视", **more).json()
        shown = " ".join(look(site, "海康威视", "search", **more).text.split())
        found += [one["fields"]["slug"] for one in page["records"]]
        older, pages = page["older"], pages + 1
        if older is not None:
            assert f"back to entry {older} were looked through." in shown
            assert f"Look through claims and passages before entry {older}" in shown
    assert "All earlier claims and passages were looked through, newest first." in shown
    assert found == ["mixed", "han"]
    assert pages == -(-(len(CLAIMS) + 1) // 6)


def test_going_on_leaves_nothing_out_where_many_fit(site, monkeypatch):
    monkeypatch.setattr(search, "LIMIT", 1)
    first = look(site, "摄像机 OR").json()
    assert first["records"] == []
    first = look(site, "海康威视").json()
    second = look(site, "海康威视", older=first["older"]).json()
    both = [one["fields"]["slug"] for page in (first, second) for one in page["records"]]
    assert both == ["mixed", "han"]
    assert second["older"] is None
