"""Claims and passages are approved and rejected on their pages, as `evidence review` does."""

import pytest

CLAIM = "/evidence/-/claim/quay-is-wired"


def test_a_claim_is_approved_by_the_name_that_was_given(recorder):
    size = recorder.site.json(f"{CLAIM}.json")["log"]["size"]
    note = "<b>Read</b> all of it."
    answer = recorder.fill(CLAIM, "review", verdict="approved", note=note)
    assert answer.headers["location"].startswith("/evidence/-/claim/")
    page = recorder.get(answer.headers["location"])
    assert "Looked at by <bdi>Ines Vael</bdi>" in page.text
    assert "&lt;b&gt;Read&lt;/b&gt; all of it." in page.text
    (review,) = recorder.site.case.json("resolve", "quay-is-wired")["claim"]["reviews"]
    assert (review["reviewer"], review["verdict"]) == ("Ines Vael", "approved")
    assert (review["size"], review["note"]) == (size, note)
    record = recorder.site.case.json("show", review["id"])
    assert record["fields"]["recorded_by"] == "Ines Vael"
    recorder.site.case.run("checkpoint")
    recorder.site.case.run("verify")


def test_a_passage_is_rejected(recorder):
    (claim,) = recorder.site.case.json("resolve", "quay-is-wired")["chain"][:1]
    page = f"/evidence/-/record/{claim['record']['id']}"
    recorder.fill(page, "review", verdict="rejected", note="")
    shown = recorder.get(page).text
    assert "Looked at by <bdi>Ines Vael</bdi>" in shown
    assert "rejected" in shown


def test_it_is_of_what_the_page_showed_and_not_of_what_came_after(recorder):
    size = recorder.site.json(f"{CLAIM}.json")["log"]["size"]
    recorder.site.case.run("claim", "later", "Recorded while somebody was looking")
    recorder.fill(CLAIM, "review", verdict="approved", size=size)
    (review,) = recorder.site.case.json("resolve", "quay-is-wired")["claim"]["reviews"]
    assert review["size"] == size


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "choose Approve or Reject"),
        ({"verdict": "proved"}, "choose Approve or Reject"),
        ({"verdict": "approved", "size": "x"}, "Open the page anew"),
        ({"verdict": "approved", "size": "999999"}, "nobody can have looked at"),
        ({"verdict": "approved", "size": "0"}, "was not there yet"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(recorder, changed, said):
    page = recorder.fill(CLAIM, "review", 400, **changed).text
    assert "Nothing was recorded" in page
    assert said in page.replace("&#39;", "'")


def test_what_no_longer_stands_is_not_reviewed(recorder):
    recorder.site.case.run("retract", "quay-is-wired", "--reason", "Wrong quay")
    assert 'action="/evidence/-/review' not in recorder.get(CLAIM).text
