"""Random passages of each type of document are found again, by this version and by others."""

import json
from bisect import bisect, bisect_left
from itertools import accumulate
from random import Random

import pytest
from documents import MADE, paragraphs, passages

import evidence_chain.extract
from cases import make_empty_case
from evidence_chain.extract import Mark, extractors
from evidence_chain.text import fold
from evidence_db.verifying.documents import seen

PASSAGES = 300
ANOTHER = "Drawn by another version of the program.\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A function that makes the signed case of a type of document; its passages are in `ids`."""
    made = {}

    def case_of(name):
        if name not in made:
            made[name] = _import(name, tmp_path_factory.mktemp("roundtrip"))
        return made[name]

    return case_of


def _import(name, home):
    random, case = Random(f"passages of {name}"), make_empty_case(home)
    text = paragraphs(random)
    case.write(name, MADE[name](random, text))
    typed = passages(random, text, PASSAGES)
    evidence = [
        {"key": words, "kind": "quote", "document": "D", "text": words} for words in set(typed)
    ]
    items = {"documents": [{"key": "D", "file": name}], "evidence": evidence}
    answer = case.json("import", case.write("case.json", json.dumps(items)), "--first")
    assert answer["added"]["evidence"] == len(evidence)
    case.ids = {item["key"]: answer["ids"][item["key"]] for item in evidence}
    case.run("checkpoint")
    return case


@pytest.fixture
def redrawn(monkeypatch):
    """A function that makes extractors draw another text, given what each character becomes."""
    draw, see = evidence_chain.extract._draw, seen.regions

    def redraw(change, before=""):
        originals = {}

        def drawn_anew(extractor, file):
            drawn = draw(extractor, file)
            pieces = [before, *map(change, drawn.text)]
            places = list(accumulate(map(len, pieces)))
            marks = [Mark(places[m[0]], places[m[1]], *m[2:]) for m in drawn.marks]
            anew = drawn._replace(text="".join(pieces), marks=marks)
            originals[anew.text] = drawn, places
            return anew

        def seen_anew(path, media_type, stream, slices, **how):
            drawn, places = originals[stream.text]
            first = stream._replace(text=drawn.text, marks=drawn.marks)
            asked = [(bisect(places, start) - 1, bisect_left(places, end)) for start, end in slices]
            return see(path, media_type, first, asked, **how)

        monkeypatch.setattr(evidence_chain.extract, "_draw", drawn_anew)
        monkeypatch.setattr(seen, "regions", seen_anew)

    return redraw


def held(report, check):
    counts = (
        c["count"] for c in report["checks"] if (c["check"], c["outcome"]) == (check, "holds")
    )
    return sum(counts)


@pytest.mark.parametrize("name", MADE)
def test_each_passage_is_found_at_its_place(imported, name):
    case = imported(name)
    report = case.json("verify")
    assert report["outcome"] == "holds"
    for check in ("passage", "match", "extraction"):
        assert held(report, check) == len(case.ids)
    records = {one["id"]: one["fields"] for one in case.json("list", "quote")}
    assert records.keys() == set(case.ids.values())
    for typed, id_ in case.ids.items():
        fields = records[id_]
        assert fields["match"]["status"] in ("verbatim", "normalised")
        assert fold(fields["selector"][0]["exact"]).text == fold(typed).text


SOME = ["plain.txt", "paper.pdf", "letter.docx"]


@pytest.mark.parametrize("name", SOME)
def test_another_version_draws_white_space_otherwise(imported, redrawn, name):
    case = imported(name)
    redrawn(lambda char: {" ": "  ", "\n": " \n"}.get(char, char), ANOTHER)
    report = case.json("verify")
    assert report["outcome"] == "holds"
    assert held(report, "extraction") == len(case.ids)


@pytest.mark.parametrize("name", SOME)
def test_another_version_draws_quotes_and_dashes_otherwise(imported, redrawn, name):
    case = imported(name)
    redrawn(lambda char: {"“": '"', "”": '"', "—": "–", "'": "’"}.get(char, char))
    assert case.json("verify")["outcome"] == "holds"


@pytest.mark.parametrize("name", SOME)
def test_another_version_does_not_draw_one_passage(imported, monkeypatch, name):
    """That one fails, and those that overlap it; all others hold."""
    case = imported(name)
    lost = max(case.ids, key=len)
    place = case.body(case.ids[lost])["selector"][1]
    draw = evidence_chain.extract._draw

    def lossy(extractor, file):
        drawn = draw(extractor, file)
        words = "x" * (place["end"] - place["start"])
        text = drawn.text[: place["start"]] + words + drawn.text[place["end"] :]
        return drawn._replace(text=text)

    monkeypatch.setattr(evidence_chain.extract, "_draw", lossy)
    report = case.json("verify", code=1)
    failed = {c["subject"]: c for c in report["checks"] if c["outcome"] == "failed"}
    assert {check["check"] for check in failed.values()} == {"extraction"}
    assert case.ids[lost] in failed
    assert len(failed) < 20
    assert held(report, "extraction") == len(case.ids) - len(failed)
    assert held(report, "passage") == held(report, "match") == len(case.ids)


@pytest.mark.parametrize("name", ["plain.txt", "reply.eml"])
def test_a_reader_of_that_type_that_is_no_longer_there(imported, monkeypatch, name):
    case = imported(name)
    monkeypatch.setattr(extractors, "known_for", lambda _: {})
    report = case.json("verify", code=3)
    missed = [check for check in report["checks"] if check["outcome"] == "not-checked"]
    assert {check["check"] for check in missed} == {"extraction"}
    assert {check["subject"] for check in missed} == set(case.ids.values())
    assert all("Nothing here draws text" in check["detail"] for check in missed)
    assert held(report, "passage") == held(report, "match") == len(case.ids)
