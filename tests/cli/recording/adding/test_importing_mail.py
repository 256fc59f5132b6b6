"""Every kind of evidence is imported by the checks that `evidence add` has."""

import json

import pytest
from test_responding import REPLY, REQUEST


@pytest.fixture
def mail(case):
    case.file("request.eml", REQUEST)
    case.file("reply.eml", REPLY)
    case.file("article.txt", "The firm wrote: We were never told where they stand.")
    return {
        "documents": [
            {"key": "Q", "file": "request.eml"},
            {"key": "A", "file": "reply.eml"},
            {"key": "T", "file": "article.txt"},
        ],
        "originals": [{"key": "O", "title": "The e-mail"}],
    }


def run(case, content, code=0):
    return case.run("import", case.file("case.json", json.dumps(content)), code=code)


def answer(**more):
    text = "We were never told where they stand."
    return {"key": "E", "kind": "response-email", "document": "A", "text": text, **more}


def test_the_headers_are_taken_over_and_the_signatures_looked_for(case, mail):
    run(case, mail | {"evidence": [answer(answers="Q")]})
    (made,) = case.json("list", "response-email")
    assert made["fields"]["sender"] == "Quillmar Press <press@quillmar.example>"
    assert case.json("list", "request-email")


@pytest.mark.parametrize("said", [{"sender": "Somebody"}, {"date": "2020"}, {"subject": "Else"}])
def test_row_70_headers_that_contradict_the_mail_are_refused(case, mail, said):
    assert "The e-mail itself says" in run(case, mail | {"evidence": [answer(**said)]}, 2).stderr


def test_row_70_a_verdict_on_signatures_is_not_taken_from_a_file(case, mail):
    claimed = [{"domain": "quillmar.example", "verdict": "valid"}]
    said = run(case, mail | {"evidence": [answer(dkim=claimed)]}).stderr
    assert "evidence.dkim" in said
    (made,) = case.json("list", "response-email")
    assert not made["fields"]["dkim"]


def test_row_70_a_mail_stands_in_a_mail_unless_a_document_reports_it(case, mail):
    said = run(case, mail | {"evidence": [answer(document="T")]}, 2).stderr
    assert "is text/plain, but a response e-mail stands in message/rfc822" in " ".join(said.split())
    run(case, mail | {"evidence": [answer(document="T", derives_from="O")]})


def silence(**more):
    return {"key": "N", "kind": "no-response", "document": "Q", "until": "2026-03-09", **more}


def test_silence_is_imported(case, mail):
    run(case, mail | {"evidence": [silence()]})
    (made,) = case.json("list", "no-response")
    assert made["fields"]["recipient"] == "press@quillmar.example"


@pytest.mark.parametrize("until", ["soon", "2999-01-01", "2026-02-01"])
def test_row_70_silence_that_can_not_be_is_refused(case, mail, until):
    run(case, mail | {"evidence": [silence(until=until)]}, 2)


def test_a_translation_is_imported(case, mail):
    translation = {
        **{"key": "X", "kind": "translation", "translates": "E", "text": "Nie gesagt."},
        **{"language": "de", "translator": "W. Ito"},
    }
    run(case, mail | {"evidence": [answer(), translation]})
    (made,) = case.json("list", "translation")
    assert {one["relation"] for one in case.json("show", made["id"])["links"]} == {"translates"}
    size = case.json("log")["size"]
    run(case, mail | {"evidence": [answer(), translation]})
    assert case.json("log")["size"] == size
