"""The quotes of the surveillance case, each with the verdict that it must get."""

import json

import pytest

from evidence_chain.text import SAME, check_match, check_slices, make_selectors, match

CASES = "cases/surveillance"


@pytest.fixture
def cases(shared):
    return json.loads((shared(CASES) / "quotes.json").read_text())["cases"]


@pytest.fixture
def read(shared):
    return lambda name: (shared(CASES) / "documents" / name).read_bytes().decode()


def trimmed(stream, span):
    start, end = span
    while not stream[start].isalnum():
        start += 1
    while not stream[end - 1].isalnum():
        end -= 1
    return [start, end]


def test_what_stands_there_is_found_at_its_place(cases, read):
    expected = [case for case in cases if case["expected_status"] in SAME]
    assert len(expected) == 23
    for case in expected:
        stream = read(case["source_file"])
        found = match(case["quote_as_typed"], stream)
        places = [[case["expected_start"], case["expected_end"]], *case["also_spans"]]
        assert found.status == case["expected_status"], case["id"]
        assert trimmed(stream, found.fragments[0]) in places, case["id"]
        assert found.accepted == case["expected_accept"], case["id"]
        assert set(case["expected_flags"]) <= set(found.notes), case["id"]
        assert case["expected_occurrences"] in (None, found.occurrences), case["id"]


def test_what_does_not_stand_there_is_never_the_same(cases, read):
    others = [case for case in cases if case["expected_status"] not in SAME]
    assert others
    for case in others:
        found = match(case["quote_as_typed"], read(case["source_file"]))
        assert found.status in ("altered", "missing", "invalid"), case["id"]
        assert not found.accepted, case["id"]
        if case["expected_status"] in ("altered", "missing", "invalid"):
            assert found.status in (case["expected_status"], *case["also_ok"]), case["id"]


def test_every_verdict_is_given_again_from_its_selectors(cases, read):
    for case in cases:
        stream = read(case["source_file"])
        found = match(case["quote_as_typed"], stream)
        selectors = make_selectors(stream, found.fragments)
        check_slices(selectors, stream)
        check_match(case["quote_as_typed"], stream, selectors, found.status)


def test_every_passage_of_the_case_is_found_where_it_is_said_to_stand(shared, read):
    case = json.loads((shared(CASES) / "case.json").read_text())
    files = {document["key"]: document["file"] for document in case["documents"]}
    for evidence in case["evidence"]:
        stream = read(files[evidence["document"]].removeprefix("documents/"))
        span = evidence["start"], evidence["end"]
        found = match(evidence["text"], stream, near=span)
        assert found.status == "verbatim", evidence["key"]
        assert found.fragments == [span]
        assert found.accepted


def test_no_passage_is_the_same_with_a_word_dropped_doubled_or_swapped(shared, read):
    case = json.loads((shared(CASES) / "case.json").read_text())
    files = {document["key"]: document["file"] for document in case["documents"]}
    for evidence in case["evidence"]:
        stream = read(files[evidence["document"]].removeprefix("documents/"))
        words = evidence["text"].split()
        for at in range(1, len(words) - 2):
            one, two = words[at : at + 2]
            changed = [[two], [one, one, two], [two, one], ["not", two]][at % 4]
            mutated = " ".join([*words[:at], *changed, *words[at + 2 :]])
            if one != two and mutated not in stream:
                assert not match(mutated, stream).accepted, mutated
