"""Importing a case file: everything or nothing, and all that is wrong at once."""

import hashlib
import json
import re
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


def test_everything_that_is_wrong_is_told_at_once(case, content):
    content["documents"].append({"key": "G", "file": "gone.txt"})
    content["evidence"].append({**content["evidence"][0], "key": "R", "kind": "rumour"})
    content["evidence"].append({**content["evidence"][0], "key": "G1", "document": "G"})
    content["claims"].append({"key": "S", "slug": "Not A Slug", "statement": "x"})
    content["links"].append({"from": "E", "to": "nowhere-at-all", "relation": "supports"})
    said = run(case, content, code=2).stderr
    assert "4 things in the file are wrong" in said
    for words in ("gone.txt", "rumour", "short name", "nowhere-at-all"):
        assert words in said
    assert nothing_recorded(case)


def test_a_key_that_stands_twice_is_refused(case, content):
    content["originals"].append({"key": "E", "title": "Another"})
    assert "Two items of the case file have the key 'E'" in run(case, content, code=2).stderr


@pytest.mark.parametrize("where", ["documents", "originals", "evidence", "claims", "links"])
def test_a_key_of_any_list_that_is_not_kept_is_told(case, content, where):
    content[where][0]["colour"] = "blue"
    content["expected"] = {}
    said = run(case, content).stderr
    assert f"{where}.colour" in said
    assert "expected" in said


def test_what_only_the_program_fills_in_is_not_taken_from_a_file(case, content):
    content["evidence"][0] |= {"match": {"status": "verbatim", "notes": []}, "marks": []}
    assert "evidence.match" in run(case, content).stderr


def test_what_a_file_says_otherwise_of_a_record_is_told(case, content):
    run(case, content)
    content["documents"][0]["title"] = "A title"
    content["documents"][0]["media_type"] = "text/html"
    content["links"][0]["note"] = "Why"
    said = " ".join(run(case, content).stderr.split())
    assert "D: title is 'A title' here, and None in the case" in said
    assert "D: media_type is 'text/html' here, and 'text/plain' in the case" in said
    assert "E supports C: note is 'Why' here, and None in the case" in said


def test_a_place_is_not_chosen_unless_that_is_asked_for(case, content):
    for name in ("start", "end"):
        del content["evidence"][0][name]
    said = run(case, content, code=2).stderr
    assert "stands 2 times in a.txt, at 0, 15" in " ".join(said.split())
    assert nothing_recorded(case)
    told = case.run("import", case.file("case.json", json.dumps(content)), "--first")
    assert "E stands there repeatedly, at 0, 15; the first place was taken" in told.stderr


def test_a_start_alone_says_which_place_is_meant(case, content):
    del content["evidence"][0]["end"]
    run(case, content)
    (record,) = case.json("list", "quote")
    assert record["fields"]["selector"][1]["start"] == 15


MISSHAPEN = {
    "key": ("documents", ["D"], "documents: key is no text"),
    "file": ("documents", "a\0b", "which no file can have"),
    "document": ("evidence", {"D": 1}, "evidence: document is no text"),
    "start": ("evidence", "14", "evidence: start is no number of a character"),
    "end": ("evidence", -1, "evidence: end is no number of a character"),
    "text": ("evidence", "No\ud800body", "half a character"),
    "title": ("originals", 10**30, "has no title"),
}


@pytest.mark.parametrize("key", MISSHAPEN)
def test_values_of_another_shape_are_told_and_nothing_is_recorded(case, content, key):
    where, value, told = MISSHAPEN[key]
    content[where][0][key] = value
    assert told in " ".join(run(case, content, code=2).stderr.split())
    assert nothing_recorded(case)


def test_an_object_with_a_key_twice_is_refused(case, content):
    text = json.dumps(content).replace('"slug"', '"statement": "Another", "slug"', 1)
    said = case.run("import", case.file("case.json", text), code=2).stderr
    assert "one object has the key 'statement' 2 times" in " ".join(said.split())


def test_a_passage_that_needs_a_person_is_told(case, content):
    case.file("b.txt", "Nobody asked. They did not know that.")
    content["documents"].append({"key": "B", "file": "b.txt"})
    own = {"key": "N", "kind": "quote", "document": "B", "text": "know that"}
    content["evidence"].append(own)
    assert "A person must look at N" in run(case, content).stderr


def test_a_dry_run_records_nothing(case, content):
    file = case.file("case.json", json.dumps(content))
    answer = case.json("import", file, "--dry-run")
    assert answer["added"]["evidence"] == 1
    assert nothing_recorded(case)
    assert "Nothing was recorded" in case.out("import", file, "--dry-run")
    assert not case.run("import", file, "--dry-run", "--quiet").stdout


def test_what_the_case_holds_already_may_be_named(case, content):
    run(case, content)
    (document,) = case.json("list", "artifact")
    more = {
        "evidence": [
            {"key": "N", "kind": "quote", "document": document["id"], "text": "Nobody asked"}
        ],
        "links": [{"from": "N", "to": "knew", "relation": "qualifies"}],
    }
    run(case, more)
    assert case.json("resolve", "knew")["qualifies"] == 1


def test_that_a_contradiction_wants_a_note_is_told(case, content):
    (link,) = content["links"]
    link["relation"] = "contradicts"
    file = case.file("case.json", json.dumps(content))
    told = case.run("import", file, "--dry-run").stderr
    assert "E contradicts C: the gate will ask for a note" in told
    assert "Give it a note in the file." in told
    case.run("import", file)
    again = case.run("import", file)
    unlink, relink = re.findall("`evidence (.*?)`", again.stderr)
    case.run(*unlink.split())
    case.run(*relink.split())
    assert case.json("import", file)["wants_note"] == []


@pytest.mark.parametrize(
    ("note", "policy", "told"),
    [
        ("Asked on Monday", "", []),
        (None, "contradictions_noted = false", []),
        (None, "contradictions_noted = 7", []),  # which the gate tells
        (None, "", ["E contradicts C"]),
    ],
)
def test_a_note_or_the_policy_answers_that(case, content, note, policy, told):
    content["links"][0] |= {"relation": "contradicts", "note": note}
    (case.home / "policy.toml").write_text(policy)
    file = case.file("case.json", json.dumps(content))
    assert case.json("import", file)["wants_note"] == told
