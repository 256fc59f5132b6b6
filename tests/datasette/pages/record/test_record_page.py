"""A record in words: fields, comparison, signatures, links both ways, its entry."""

import json
from pathlib import Path

import pytest

import evidence_cli
from cases import make_empty_case
from evidence_datasette.words.field_words import needs_person, of_match, of_signature, of_warning

DEMO = Path(evidence_cli.__file__).parent / "demo_case"
ANSWERED = "our engineers signed the table of positions on 5 February 2031, as every bidder had to."


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    """A request, its answer with a signature, and a translation of the answer."""
    case = make_empty_case(tmp_path_factory.mktemp("letters"))
    case.run("add", "artifact", DEMO / "request.eml")
    words = ("--answers", DEMO / "request.eml", "--dkim-key", DEMO / "quillmar.dkim.txt")
    answer = ("add", "response-email", DEMO / "reply.eml", *words, "--text", ANSWERED)
    case.ids["answer"] = case.id(*answer)
    translation = ("--text", "Unsere Ingenieure haben unterschrieben.", "--language", "de")
    of = ("--of", case.ids["answer"], "--translator", "Jo Tannen")
    case.ids["translation"] = case.id("add", "translation", *of, *translation)
    records = case.json("list", "evidence/request-email")
    case.ids["request"] = records[0]["id"]
    return case


def shown(site, id_):
    return site.page(f"/evidence/-/record/{id_}").text


def value(site, id_, name):
    """A field as the page's JSON tells it."""
    values = site.json(f"/evidence/-/record/{id_}.json")["values"]
    return next(one for one in values if one["name"] == name)


def test_every_field_is_told_by_its_label(site):
    text = shown(site, site.case.ids["clause"])
    for words in ("Tender clause", "clause 3.2", "recorded by tester", "text stream"):
        assert words in text
    assert "Nothing was entered for: " in text
    told = site.json(f"/evidence/-/record/{site.case.ids['clause']}.json")["values"]
    assert {one["name"] for one in told} == set(site.case.body("clause"))


def test_what_is_withheld_is_told_and_not_taken_for_empty(invented, serve):
    with invented.connected() as db:
        db.execute("DROP TRIGGER evidence_no_update")
        db.execute("UPDATE evidence SET body = json_remove(body, '$.speaker', '$.recorded_by')")
    site, id_ = serve(invented), invented.ids["never"]
    assert value(site, id_, "speaker")["state"] == "withheld"
    assert value(site, id_, "role")["state"] == "empty"
    assert value(site, id_, "date")["state"] == "disclosed"
    assert "withheld speaker, recorded by" in shown(site, id_)


def test_a_record_that_is_withheld_whole_still_has_its_place(invented, serve):
    with invented.connected() as db:
        db.execute("DROP TRIGGER evidence_no_update")
        db.execute("UPDATE evidence SET body = '{}'")
    site, id_ = serve(invented), invented.ids["never"]
    text = shown(site, id_)
    assert "The passage is withheld." in text
    assert "withheld All of it" in text
    assert f"entry {invented.index('never')}" in text
    assert id_ in text


def test_a_digest_stands_there_in_full_to_be_copied(site):
    page = site.text(f"/evidence/-/record/{site.case.ids['tender']}")
    for name in ("blake3", "sha256"):
        assert f">{site.case.body('tender')[name]}</code>" in page
    assert 'src="/-/evidence/copy.js"' in page


def test_the_comparison_is_told_in_a_sentence(site):
    text = shown(site, site.case.ids["never"])
    assert "verbatim" in text
    assert "The file has these words, character for character." in text
    assert "A person has to look" not in text


def test_a_passage_that_differs_needs_a_person_and_shows_what_the_file_has(invented, serve):
    words = ("--artifact", invented.ids["minutes"], "--as-altered")
    text = "We were told about the recordings."
    id_ = invented.id("add", "quote", *words, "--text", text)
    page = serve(invented).page(f"/evidence/-/record/{id_}")
    assert "≠ altered" in page.text
    assert "A person has to look at it before it is published." in page.text
    assert any("never told about" in words for words in page.marked)


def test_where_it_stands_leads_to_its_place_in_the_document(site):
    ids = site.case.ids
    (link,) = [
        link
        for link in site.page(f"/evidence/-/record/{ids['never']}").links
        if link.endswith(f"#passage-{ids['never']}")
    ]
    assert f'id="passage-{ids["never"]}"' in site.text(link)


def test_a_link_and_a_retraction_tell_both_ends(site):
    text = shown(site, site.case.ids["told-knew"])
    assert "was told in writing supports The harbour board knew" in text
    text = shown(site, site.case.ids["retraction"])
    assert "Retracts" in text
    assert "Repeats the release" in text


def test_what_ended_a_record_is_told_with_its_reason(site):
    text = shown(site, site.case.ids["repeated-listen"])
    assert "retracted in entry" in text
    assert "Repeats the release" in text
    text = shown(site, site.case.ids["deaf"])
    assert "Replaces" in text + shown(site, site.case.ids["repeated"])
    assert "replaced by" in text + shown(site, site.case.ids["repeated"])


def test_links_are_told_both_ways(site):
    assert "Supports" in shown(site, site.case.ids["twice"])
    assert "Derives from" in shown(site, site.case.ids["twice"])
    claim = shown(site, site.case.ids["board-knew"])
    for words in ("Supported by", "Contradicted by", "They were taught to", "Under oath"):
        assert words in claim
    assert "What derives from it" in shown(site, site.case.ids["letter"])


def test_of_very_many_links_the_first_are_shown(site, monkeypatch):
    monkeypatch.setattr("evidence_datasette.document.record.LINKS", 2)
    id_ = site.case.ids["microphones-listen"]
    told = site.json(f"/evidence/-/record/{id_}.json")
    assert len(told["links"]) == 2
    assert told["more_links"] is True
    assert "There are more" in shown(site, id_)


def test_answers_and_translations_are_told_both_ways(letters, serve):
    site, ids = serve(letters), letters.ids
    answer = shown(site, ids["answer"])
    for words in ("Answers", "Translated as", "Unsere Ingenieure haben", "translator: Jo Tannen"):
        assert words in answer
    assert "Answered by" in shown(site, ids["request"])
    assert "Is a translation of" in shown(site, ids["translation"])
    assert ANSWERED in shown(site, ids["translation"])


def test_a_signature_is_told_in_a_sentence_with_its_key(letters, serve):
    text = shown(serve(letters), letters.ids["answer"])
    assert "✓ quillmar.example: valid" in text
    assert "file quillmar.dkim.txt" in text
    assert "v=DKIM1; k=rsa; p=MII" in text
    assert "rests on where it came from" in text


def test_a_signature_that_is_not_valid_is_not_told_as_one():
    said = of_signature({"domain": "a.example", "verdict": "refused", "reason": "body-length"})
    assert said["verdict"] == "refused"
    assert "refused" in said["said"]
    assert "only the beginning of the body" in said["said"]
    unknown = of_signature({"domain": "a.example", "warnings": ["unsigned-headers"]})
    assert "valid" not in unknown["said"]


def test_the_entry_stands_there_to_the_byte_with_its_place(site):
    ids, index = site.case.ids, site.case.index("never")
    told = site.json(f"/evidence/-/record/{ids['never']}.json")
    assert json.loads(told["entry"])["kind"] == "evidence/quote"
    assert f"/evidence/-/log/{index}" in site.page(f"/evidence/-/record/{ids['never']}").links
    assert told["checkpoint"] > index


def test_an_entry_that_no_checkpoint_covers_says_so(invented, serve):
    id_ = invented.id("claim", "later", "Something later")
    assert "no signed checkpoint covers it yet" in shown(serve(invented), id_)


def test_notes_are_sentences_and_grave_ones_need_a_person():
    body = {"match": {"status": "verbatim", "notes": ["negation-before", "from-the-future"]}}
    assert len(of_match(body, kind="evidence/quote", compared=True)) == 3
    assert needs_person(body, [])
    assert not needs_person({"match": {"status": "verbatim", "notes": ["outer-quotes"]}}, [])
    assert needs_person({"match": {"status": "missing", "notes": []}}, [])
    assert of_match({}, kind="evidence/quote", compared=True) == []


def test_who_looked_at_a_passage_is_told(invented, serve):
    words = ("add", "quote", "--artifact", invented.ids["minutes"], "--text", "Nobody objected.")
    id_ = invented.id(*words)
    invented.run("link", id_, "board-knew", "--supports")
    site = serve(invented)
    pages = (f"/evidence/-/record/{id_}", "/evidence/-/claim/board-knew", "/evidence/-/claims")
    for page in pages:
        assert "person" in site.page(page).text
    invented.run("review", id_, "--approve", "--as", "Ida Brandt", "--note", "<b>Seen</b>")
    for page in pages[:2]:
        text = site.page(page).text
        assert "Looked at by Ida Brandt" in text
        assert "approved – <b>Seen</b>." in text
        assert "A person has to look at" not in text
    assert "person" not in site.page(pages[2]).text
    invented.run("amend", id_, "--role", "clerk", "--reason", "Asked")
    for page in pages[:2]:
        assert "stale, since a" in site.page(page).text
        assert "A person has to look at" in site.page(page).text


def test_a_review_has_a_page(invented, serve):
    id_ = invented.id("review", "board-knew", "--reject", "--note", "Which board?")
    text = serve(invented).page(f"/evidence/-/record/{id_}").text
    assert "Rejected The harbour board knew of the recordings" in " ".join(text.split())
    assert "Which board?" in text


def test_warnings_about_a_file_are_sentences(invented, serve):
    file = invented.write("report.pdf", "<!doctype html><title>No</title><p>No PDF at all.</p>")
    id_ = invented.id("add", "artifact", file)
    assert "Its name is that of another type" in shown(serve(invented), id_)
    assert of_warning("something: else") == "something: else"


def test_through_whose_hands_a_file_went_is_told(invented, serve):
    words = ("--to", "<i>Mira</i> Quist", "--what", "The paper, to be dated")
    event = invented.id("handover", invented.ids["minutes"], *words)
    site = serve(invented)
    for name in ("minutes", "twice"):
        text = site.page(f"/evidence/-/record/{invented.ids[name]}").text
        assert "transferred by tester – to <i>Mira</i> Quist: The paper, to be dated" in text
    assert "What it is about" in site.page(f"/evidence/-/record/{event}").text
    assert "tester transferred 1 file" in " ".join(site.page("/evidence/-/log").text.split())
