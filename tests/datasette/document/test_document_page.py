"""A document: its text with every passage marked, a part at a time, never one that was changed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import make_empty_case
from evidence_chain.digest import b3
from evidence_chain.extract import Mark
from evidence_datasette.document import marked_text
from evidence_datasette.document.marked_text import CHARACTERS
from evidence_datasette.document.pieces import Span, pieces
from evidence_datasette.document.texts import NamedStream, Text

HTML = """<!doctype html><title>Report</title><p>The city bought forty cameras for the quay.</p>
<p style="display:none">Nobody was to hear of the microphones in them.</p>"""
LINE = "Camera {:05} was mounted, tested and signed for by the contractor.\n"
LONG = "".join(map(LINE.format, range(2_300)))
ACROSS = LONG[CHARACTERS - 70 : CHARACTERS + 400]
ACROSS = ACROSS[ACROSS.index("Camera") : ACROSS.rindex("\n")]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A page with hidden words, and a long text with passages near its border and its end."""
    case = make_empty_case(tmp_path_factory.mktemp("library"))
    for name, content in {"report.html": HTML, "long.txt": LONG}.items():
        case.ids[name] = case.id("add", "artifact", case.write(name, content))
    for name, file, text in (
        ("bought", "report.html", "The city bought forty cameras"),
        ("cameras", "report.html", "forty cameras for the quay"),
        ("across", "long.txt", ACROSS),
        ("last", "long.txt", LINE.format(2_299).strip()),
    ):
        case.ids[name] = case.id("add", "quote", "--artifact", case.ids[file], "--text", text)
    case.id("claim", "they-listen", "The cameras listen")
    case.run("link", case.ids["bought"], "they-listen", "--supports")
    case.run("link", case.ids["cameras"], "they-listen", "--qualifies")
    return case


@pytest.fixture
def own(library, tmp_path):
    """A copy of it, for one test to do with as it likes."""
    return library.copy_to(tmp_path / "own")


def page_of(site, name, query=""):
    return site.page(f"/evidence/-/document/{site.case.ids[name]}{query}")


def told(site, name, query=""):
    return site.json(f"/evidence/-/document/{site.case.ids[name]}.json{query}")


def change(case, name, sql):
    with case.connected() as db:
        db.execute("DROP TRIGGER IF EXISTS evidence_no_update")
        db.execute(f"UPDATE evidence SET body = {sql} WHERE idx = ?", (case.index(name),))


def test_passages_are_marked_where_they_stand_also_where_they_overlap(library, serve):
    page = page_of(serve(library), "report.html")
    assert page.marked == ["The city bought ", "forty cameras", " for the quay"]
    assert ("mark", "class", "several") in page.attributes


def test_each_mark_leads_to_its_record_and_says_how_it_compares(library, serve):
    page = page_of(serve(library), "report.html")
    for name in ("bought", "cameras"):
        assert ("a", "id", f"passage-{library.ids[name]}") in page.attributes
        assert f"/evidence/-/record/{library.ids[name]}" in page.links
    assert ("a", "title", "quote, verbatim") in page.attributes


def test_an_ended_passage_stays_marked_and_says_so(own, serve):
    own.run("retract", own.ids["bought"], "--reason", "Misread")
    page = page_of(serve(own), "report.html")
    assert page.marked[0] == "The city bought "
    assert ("a", "title", "quote, verbatim, no longer counts") in page.attributes


def test_a_passage_in_two_parts_has_one_anchor(own, serve):
    text = "The city bought … for the quay."
    own.ids["parts"] = own.id("add", "quote", "--artifact", own.ids["report.html"], "--text", text)
    site, anchor = serve(own), f"passage-{own.ids['parts']}"
    page = page_of(site, "report.html")
    assert page.attributes.count(("a", "id", anchor)) == 1
    placed = told(site, "report.html")["text"]["passages"]
    assert [one["first"] for one in placed if one["id"] == own.ids["parts"]] == [True, False]


def test_hidden_text_is_shown_as_such(library, serve):
    site = serve(library)
    page = page_of(site, "report.html")
    assert "[not seen by a reader" in page.text
    assert any(
        "in-hidden" in (v or "") for t, n, v in page.attributes if (t, n) == ("span", "class")
    )
    text = told(site, "report.html")["text"]
    assert text["marks_known"]
    assert [mark["kind"] for mark in text["marks"]] == ["part", "hidden", "hidden"]


def test_where_hidden_text_was_left_out_a_mark_says_so(own, serve):
    page = (
        '<p>We did <b hidden>not</b>know of <i style="display: none">all</i>it.</p>'
        "<p hidden>Nor of that.</p>"
    )
    own.ids["gap"] = own.id("add", "artifact", own.write("gap.html", f"<!doctype html>{page}"))
    own.id("add", "quote", "--artifact", own.ids["gap"], "--text", "We did know of it.")
    site = serve(own)
    text = told(site, "gap")["text"]
    points = [mark for mark in text["marks"] if mark["start"] == mark["end"]]
    assert [text["part"][: mark["start"]].split()[-1] for mark in points] == ["did", "of", "it."]
    shown = page_of(site, "gap")
    left_out = "[text that no reader sees is left out here: "
    assert shown.text.count(left_out) == 3
    assert f"We did{left_out}hidden attribute] know of{left_out}display: none] it." in shown.text
    assert "".join(shown.marked) == "We did know of it."
    assert ("span", "class", "said-of point") in shown.attributes


def test_without_the_kept_copy_it_says_that_marks_are_not_known(own, serve):
    for kept in (own.root / "streams").rglob("*-*"):
        kept.unlink()
    site = serve(own)
    assert told(site, "report.html")["text"]["marks"] == []
    assert "none of it is marked" in page_of(site, "report.html").text
    assert page_of(site, "report.html").marked


def test_marks_of_a_kept_copy_that_says_something_else_are_not_taken(own, serve):
    (kept,) = (own.root / "streams").rglob(f"{own.body('report.html')['blake3']}*")
    head, text = json.loads(kept.read_bytes().partition(b"\n")[0]), b"Something else"
    head["blake3"] = b3(text).hex()
    kept.write_bytes(json.dumps(head).encode() + b"\n" + text)
    found = told(serve(own), "report.html")["text"]
    assert "forty cameras" in found["part"]
    assert not found["marks_known"]


def test_a_long_text_is_shown_a_part_at_a_time(library, serve):
    site = serve(library)
    shown, at = "", 0
    while at is not None:
        text = told(site, "long.txt", f"?at={at}")["text"]
        assert text["end"] - text["start"] < CHARACTERS + 5_000
        shown = shown[: text["start"]] + text["part"]
        at = text["next"]
    assert shown == LONG


def test_a_part_is_found_by_any_character_in_it(library, serve):
    site = serve(library)
    text = told(site, "long.txt", f"?at={len(LONG) - 5}")["text"]
    assert text["start"] <= len(LONG) - 5 < text["end"] == len(LONG)
    assert [one["id"] for one in text["passages"]] == [library.ids["last"]]
    assert told(site, "long.txt", f"?at={10**12}")["text"]["end"] == len(LONG)
    page = page_of(site, "long.txt", f"?at={CHARACTERS}")
    assert [link for link in page.links if f"at={2 * CHARACTERS}" in link]


def test_a_passage_that_reaches_over_the_border_is_whole_on_both_sides(library, serve):
    site = serve(library)
    for at in (0, CHARACTERS):
        (passage,) = told(site, "long.txt", f"?at={at}")["text"]["passages"]
        assert passage["id"] == library.ids["across"]
    assert page_of(site, "long.txt").marked == [ACROSS]


def test_a_text_that_was_changed_is_not_shown(own, serve):
    kept = own.stream("bought")
    kept.chmod(0o600)
    kept.write_text(kept.read_text().replace("forty", "fifty"))
    page = page_of(serve(own), "report.html")
    assert "No text of it is kept here that is intact" in page.text
    assert "fifty" not in page.text
    assert page.marked == []


def test_passages_of_different_texts_are_told_apart(own, serve):
    stream = "Drawn otherwise: The city bought forty cameras for the quay."
    digest = b3(stream.encode()).hex()
    own.kept(digest).parent.mkdir(exist_ok=True)
    own.kept(digest).write_text(stream)
    change(
        own,
        "cameras",
        f"json_set(body, '$.extracted', '{digest}', '$.selector[1].start', 33, "
        "'$.selector[1].end', 59)",
    )
    site = serve(own)
    assert [one["records"] for one in told(site, "report.html")["texts"]] == [1, 1]
    assert page_of(site, "report.html").marked == ["The city bought forty cameras"]
    page = page_of(site, "report.html", f"?text={digest[:16]}")
    assert page.marked == ["forty cameras for the quay"]
    assert site.ask(f"/evidence/-/document/{own.ids['report.html']}?text=ffff", 404)


def test_a_passage_that_is_not_where_its_record_says_is_told_and_not_marked(own, serve):
    move = "json_set(body, '$.selector[1].start', 2, '$.selector[1].end', 31)"
    change(own, "bought", move)
    page = page_of(serve(own), "report.html")
    assert "but the text has something else there" in page.text
    assert page.marked == ["forty cameras for the quay"]


@pytest.mark.parametrize("selector", ["null", "{}", "[1]", '[{"type": 1}]', '"x"'])
def test_a_selector_that_is_none_marks_nothing(own, serve, selector):
    change(own, "bought", f"json_set(body, '$.selector', json('{selector}'))")
    site = serve(own)
    response = site.ask(f"/evidence/-/document/{own.ids['report.html']}", (200, 500))
    assert "Traceback" not in response.text
    if response.status_code == 200:
        assert page_of(site, "report.html").marked == ["forty cameras for the quay"]


def test_a_withheld_file_withholds_its_text(own, serve):
    with own.connected() as db:
        db.execute("DROP TRIGGER artifact_no_update")
        db.execute("UPDATE artifact SET body = json_remove(body, '$.blake3', '$.sha256')")
    page = page_of(serve(own), "report.html")
    assert "The file is withheld, and its text with it." in page.text
    assert "for the quay." not in page.text
    assert "microphones in them" not in page.text


def test_what_it_is_claimed_to_support_is_told(library, serve):
    (claim,) = told(serve(library), "report.html")["claims"]
    assert (claim["slug"], claim["relations"]) == ("they-listen", ["supports", "qualifies"])
    page = page_of(serve(library), "report.html")
    assert "supports, qualifies The cameras listen" in page.text


def test_a_retracted_link_claims_nothing(own, serve):
    for link in own.json("show", own.ids["bought"])["links"]:
        own.run("retract", link["id"], "--reason", "No")
    (claim,) = told(serve(own), "report.html")["claims"]
    assert claim["relations"] == ["qualifies"]


def test_what_a_document_derives_from_is_told_both_ways(own, serve):
    original = own.id("add", "original", "--title", "The first report")
    file = own.write("copy.txt", "The city bought cameras.")
    copy = own.id("add", "artifact", file, "--derives-from", original)
    site = serve(own)
    assert "Derives from The first report" in site.page(f"/evidence/-/document/{copy}").text
    found = site.page(f"/evidence/-/record/{original}").text
    assert "What derives from it copy.txt" in found


def test_a_plain_text_without_passages_is_its_own_text(own, serve):
    id_ = own.id("add", "artifact", own.write("plain.txt", "Line\u202eenil and \x1b[31mred."))
    text = serve(own).text(f"/evidence/-/document/{id_}")
    assert "the file is its own text" in text
    assert "none of it is marked" not in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "U+202E" in text
    assert "U+001B" in text


def test_another_file_without_passages_shows_no_text(own, serve):
    file = own.write("other.html", "<p>Something else.")
    id_ = own.id("add", "artifact", file, "--no-text")
    page = serve(own).page(f"/evidence/-/document/{id_}")
    assert "since no passage of it was recorded" in page.text


def test_only_so_many_passages_are_listed_at_once(library, serve, monkeypatch):
    monkeypatch.setattr("evidence_datasette.pages.documents.document.PASSAGES", 1)
    site = serve(library)
    first = told(site, "report.html")
    assert [one["id"] for one in first["passages"]] == [library.ids["bought"]]
    second = told(site, "report.html", f"?after={first['passages_after']}")
    assert [one["id"] for one in second["passages"]] == [library.ids["cameras"]]
    assert second["passages_after"] is None
    assert len(first["text"]["passages"]) == 2


marks = st.builds(
    lambda start, length: Mark(start, start + length, "hidden", f"left out here: {start}"),
    st.integers(0, 60),
    st.sampled_from([0, 0, 1, 7]),
)


@given(st.integers(1, 60), st.integers(0, 59), st.lists(marks))
def test_every_mark_in_a_part_begins_once_and_one_without_length_where_it_stands(length, at, drawn):
    within = [mark for mark in drawn if mark.end <= length]
    text = Text("x" * length, within)
    part = marked_text.stretch(
        NobodyQuoted(), 0, NamedStream("0" * 64, 0, None), text, min(at, length - 1)
    )
    pieces_, found = part["pieces"], part["marks"]
    assert "".join(text.text[one["start"] : one["end"]] for one in pieces_) == text.text
    assert sorted(n for one in pieces_ for n in one["new_marks"]) == list(range(len(within)))
    for one in pieces_:
        assert all(found[n]["start"] == one["start"] for n in one["new_marks"])
        assert set(one["marks"]) == {
            n for n, mark in enumerate(found) if mark["start"] <= one["start"] < mark["end"]
        }


class NobodyQuoted:
    """A reader of a case in which no passage was recorded."""

    def __init__(self):
        self.connection = self

    def execute(self, *query):
        return self

    def fetchall(self):
        return []


@given(
    st.integers(0, 20),
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("abcdef"))),
)
def test_pieces_are_all_of_a_stretch_and_lie_in_the_right_spans(start, length, drawn):
    end, spans = start + length, [Span(*one) for one in drawn]
    cut = pieces(start, end, spans)
    assert [one.start for one in cut] == [start, *(one.end for one in cut[:-1])]
    assert cut[-1].end == end
    for at in range(start, end):
        (piece,) = [one for one in cut if one.start <= at < one.end]
        assert set(piece.inside) == {s.name for s in spans if s.start <= at < s.end}
    begun = [name for one in cut for name in one.begins]
    assert sorted(begun) == sorted({name for one in cut for name in one.inside})
