"""Words that are picked in a document: how they match is told, and nothing is recorded."""

import json
import shlex
from urllib.parse import urlencode

import pytest


@pytest.fixture
def document(site):
    chain = site.case.json("resolve", "board-knew")["chain"]
    return next(one["record"]["document"]["id"] for one in chain if one["record"].get("document"))


@pytest.fixture
def text(site, document):
    return site.json(f"/evidence/-/document/{document}.json")["text"]


def pick(site, document, code=200, **query):
    return site.json(f"/evidence/-/pick/{document}?{urlencode(query)}", code)


def test_a_slice_of_the_text_is_told_with_what_overlaps_and_the_command(site, document, text):
    there = text["passages"][0]
    start, end = there["start"], there["end"]
    told = pick(site, document, at=start, end=end, stream=text["blake3"][:16])
    assert told["stands"]
    assert told["fragments"] == [[start, end]]
    assert told["status"] == "verbatim"
    assert told["needs_person"] is False
    assert there["id"] in [one["id"] for one in told["overlaps"]]
    words = shlex.split(told["command"])
    assert words[:2] == ["evidence", "quote"]
    assert words[-2:] == [document[:12], told["text"]]


def test_the_command_records_what_was_picked(invented, serve, document, text):
    site = serve(invented)
    told = pick(site, document, text=text["part"].split(".")[0].split("\n")[-1] + ".")
    words = shlex.split(told["command"])
    recorded = invented.json(*words[1:])
    assert recorded["fragments"] == told["fragments"]
    assert recorded["status"] == told["status"]
    assert recorded["accepted"] is not told["needs_person"]


def test_words_that_differ_are_shown_and_have_no_command(site, document, text):
    there = text["part"][text["passages"][0]["start"] : text["passages"][0]["end"]]
    told = pick(site, document, text=there.replace(" ", " not ", 1))
    assert not told["stands"]
    assert "command" not in told
    assert ">>not<<" in " ".join(told["said"])
    assert "--" not in " ".join(told["said"])
    assert "only as it stands in the file" in " ".join(told["said"])
    nothing = pick(site, document, text="$(rm) zebras graze upon the quay")
    assert nothing["status"] == "missing"
    assert "command" not in nothing


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "Which words?"),
        ({"at": 5, "end": 5}, "no such place"),
        ({"at": 0, "end": 10**9}, "no such place"),
        ({"at": "x", "end": 4}, "has to be a number"),
        ({"text": "x" * 20_001}, "at most 20,000"),
        ({"text": "a", "stream": "ffff"}, "No passage of this document"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(site, document, query, said):
    assert said in pick(site, document, 400, **query)["error"]


def test_a_document_that_was_never_quoted_shows_the_text_drawn_from_it(invented, serve, tmp_path):
    page = tmp_path / "never.html"
    page.write_text("<p>Nobody quoted <del>this</del> from it, it's said.</p>")
    artifact = invented.json("add", "artifact", page)[0]["id"]
    site = serve(invented)
    shown = site.json(f"/evidence/-/document/{artifact}.json")["text"]
    assert "Nobody quoted" in shown["part"]
    assert "no record seals" in site.text(f"/evidence/-/document/{artifact}")
    told = pick(site, artifact, text="Nobody quoted this from it, it's said.")
    assert told["needs_person"]
    assert "deleted" in told["notes"]
    assert shlex.split(told["command"])[-1] == told["text"]


def test_a_command_runs_nothing_else_wherever_it_is_pasted(invented, serve, tmp_path):
    file = tmp_path / "odd.txt"
    odd = ('it\'s `id` and $(id) "here" now', "-x is what they wrote on it", "one\x1b[201~ ends it")
    file.write_text("\n\n".join(odd))
    artifact = invented.json("add", "artifact", file)[0]["id"]
    site = serve(invented)
    quoted, dashed, escaped = (pick(site, artifact, text=one) for one in odd)
    assert shlex.split(quoted["command"])[-1] == odd[0]
    invented.run(*shlex.split(dashed["command"])[1:])
    assert odd[1] in invented.run("list", "quote", "--json").stdout
    assert escaped["command"] is None
    assert "no command to copy" in escaped["said"][-1]
    assert "U+001B" in escaped["shown"]


def test_a_passage_that_stands_there_twice_is_told_with_its_place(invented, serve, tmp_path):
    file = tmp_path / "twice.txt"
    file.write_text("They knew it. Nobody else did.\n\nThey knew it.")
    artifact = invented.json("add", "artifact", file)[0]["id"]
    told = pick(serve(invented), artifact, at=32, end=45)
    assert (told["at"], told["occurrences"]) == (32, 2)
    assert invented.json(*shlex.split(told["command"])[1:])["fragments"] == [[32, 45]]


@pytest.mark.parametrize("more", [0, 1, 2])
def test_words_over_two_lines_match_as_the_command_that_is_offered_does(
    invented, serve, tmp_path, more
):
    """Whether the selection ends with the word, or with the end of the line after it."""
    file = tmp_path / "lines.txt"
    file.write_text("The note lists ten gates\nand was signed on the quay\n\nby the clerk.")
    artifact = invented.json("add", "artifact", file)[0]["id"]
    told = pick(serve(invented), artifact, at=0, end=51 + more)
    words = shlex.split(told["command"])[-1]
    assert words == "The note lists ten gates and was signed on the quay"
    located = invented.run("locate", file, "--text", words, "--json", code=(0, 1))
    assert told["status"] == json.loads(located.stdout)["status"] == "normalised"
