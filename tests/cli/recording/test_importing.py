"""Importing a case file: everything or nothing, and all that is wrong at once."""

import hashlib
import json
from collections import Counter

import pytest

from evidence_db.recording import importing

TEXT = "The firm knew. The firm knew. Nobody asked."


@pytest.fixture
def content(case):
    case.file("a.txt", TEXT)
    return {
        "documents": [
            {"key": "D", "file": "a.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
        ],
        "originals": [{"key": "O", "title": "Elsewhere"}],
        "evidence": [
            {
                "key": "E",
                "kind": "quote",
                "document": "D",
                "text": "The firm knew",
                "start": 15,
                "end": 28,
                "derives_from": "O",
            }
        ],
        "claims": [{"key": "C", "slug": "knew", "statement": "The firm knew"}],
        "links": [{"from": "E", "to": "C", "relation": "supports"}],
    }


def run(case, content, code=0):
    return case.run("import", case.file("case.json", json.dumps(content)), code=code)


def nothing_recorded(case):
    return case.json("log")["size"] == 1 and not list(case.home.glob("artifacts/*/*"))


def test_start_and_end_choose_among_several_places(case, content):
    run(case, content)
    (record,) = case.json("list", "quote")
    assert record["fields"]["selector"][1]["start"] == 15
    assert "ambiguous" not in record["fields"]["match"]["notes"]
    assert case.json("resolve", "knew")["origins"] == 1


@pytest.mark.parametrize(
    ("where", "change", "words"),
    [
        ("documents", {"sha256": "0" * 64}, "not the one"),
        ("documents", {"file": "gone.txt"}, "no file"),
        ("documents", {"file": None}, "has no file"),
        ("documents", {"file": "../outside.txt", "sha256": None}, "outside"),
        ("documents", {"file": "/etc/hostname", "sha256": None}, "outside"),
        ("evidence", {"document": "X"}, "'X'"),
        ("evidence", {"document": "O"}, "no document"),
        ("evidence", {"kind": "rumour"}, "rumour"),
        ("evidence", {"speaker": 7}, "type"),
        ("claims", {"slug": "Not A Slug"}, "short name"),
        ("links", {"to": "X"}, "'X'"),
        ("links", {"to": "D"}, "goes from"),
        ("links", {"relation": "proves"}, "proves"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(case, content, where, change, words):
    content[where][0] |= change
    result = run(case, content, code=2)
    assert words in result.stderr
    assert nothing_recorded(case)


def test_rows_are_held_against_their_models(case, content, monkeypatch):
    seen = Counter()
    monkeypatch.setattr(importing, "validate", lambda table, rows: seen.update({table: len(rows)}))
    run(case, content)
    assert seen["entry"] == seen["seal"] == case.json("log")["size"] - 1 == 6
    assert (seen["claim"], seen["evidence"], seen["link"]) == (1, 1, 2)


def test_every_passage_that_is_not_there_is_told(case, content):
    wrong = [{**content["evidence"][0], "key": f"W{n}", "text": f"The firm {n}"} for n in (1, 2)]
    content["evidence"] += wrong
    result = run(case, content, code=1)
    assert "W1" in result.stderr
    assert "W2" in result.stderr
    assert nothing_recorded(case)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"documents": 1}', '{"documents": [1]}'])
def test_a_malformed_file_is_refused(case, text):
    case.run("import", case.file("case.json", text), code=2)


def test_keys_without_a_field_are_told(case, content):
    content["evidence"][0]["colour"] = "blue"
    assert "evidence.colour" in run(case, content).stderr
