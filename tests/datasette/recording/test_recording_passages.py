"""Passages that were picked on a document's page are recorded, as `evidence quote` does."""

import pytest


@pytest.fixture
def document(recorder):
    chain = recorder.site.case.json("resolve", "quay-is-wired")["chain"]
    return next(one["record"]["document"]["id"] for one in chain if one["record"].get("document"))


@pytest.fixture
def words(recorder, document):
    text = recorder.site.json(f"/evidence/-/document/{document}.json")["text"]["part"]
    return " ".join(text.split()[:6])


def test_a_passage_is_recorded_with_speaker_date_and_claim(recorder, document, words):
    page = f"/evidence/-/document/{document}"
    answer = recorder.fill(
        page,
        "quote",
        text=words,
        at="",
        speaker="The harbour master",
        date="2031-05-17",
        claim="quay-is-wired",
        relation="qualifies",
        why="It says when.",
    )
    id_ = answer.headers["location"].rpartition("/")[2]
    record = recorder.site.case.json("show", id_)
    assert record["fields"]["text"] == words
    assert record["fields"]["speaker"] == "The harbour master"
    assert record["fields"]["recorded_by"] == "Ines Vael"
    chain = recorder.site.case.json("resolve", "quay-is-wired")["chain"]
    (link,) = [one for one in chain if one["record"]["id"] == id_]
    assert (link["relation"], link["note"]) == ("qualifies", "It says when.")
    assert "The harbour master" in recorder.get(answer.headers["location"]).text


def test_words_that_differ_are_refused_without_an_option_of_the_command_line(
    recorder, document, words
):
    fields = {"text": words.replace(" ", " not ", 1)}
    page = recorder.fill(f"/evidence/-/document/{document}", "quote", 400, **fields).text
    assert "Correct the words that were typed" in page
    assert "--as-altered" not in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": ""}, "Which words?"),
        ({"text": "Zebras never graze upon the quay"}, "stand"),
        ({"at": "x"}, "is no number"),
        ({"at": "3"}, "does not begin at 3"),
        ({"claim": "quay-is-wired"}, "Choose one of"),
        ({"claim": "no-such-claim", "relation": "supports"}, "no-such-claim"),
        ({"why": "Because"}, "name the claim, too"),
        ({"date": "yesterday"}, "date"),
    ],
)
def test_what_can_not_be_recorded_is_told_and_nothing_is(recorder, document, words, changed, said):
    before = recorder.site.json("/evidence/-/log.json")["size"]
    fields = {"text": words, **changed}
    page = recorder.fill(f"/evidence/-/document/{document}", "quote", 400, **fields).text
    assert "Nothing was recorded" in page
    assert said in page
    assert recorder.site.json("/evidence/-/log.json")["size"] == before


@pytest.mark.parametrize(
    ("relation", "why", "told"),
    [
        ("contradicts", "", True),
        ("contradicts", "The board was asked.", False),
        ("qualifies", "", False),
    ],
)
def test_that_a_contradiction_wants_a_note_is_told(recorder, document, words, relation, why, told):
    page = f"/evidence/-/document/{document}"
    assert "a contradiction needs it to be published" in recorder.get(page).text
    fields = {"text": words, "at": "", "claim": "quay-is-wired", "relation": relation, "why": why}
    answer = recorder.fill(page, "quote", **fields)
    assert ("no note yet" in recorder.get(answer.headers["location"]).text) == told
